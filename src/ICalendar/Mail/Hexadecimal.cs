namespace Convene.ICalendar;

/// <summary>Two hexadecimal digits as an octet.</summary>
internal static class Hexadecimal
{
    internal static bool TryRead(byte high, byte low, out byte octet)
    {
        octet = 0;
        if (!char.IsAsciiHexDigit((char)high) || !char.IsAsciiHexDigit((char)low))
            return false;
        octet = (byte)(Digit(high) << 4 | Digit(low));
        return true;
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
