namespace Convene.ICalendar;

/// <summary>Numbers of a fixed width.</summary>
internal static class Digits
{
    /// <summary>Reads so many digits, at most nine, from a place; false where there are fewer.</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, int at, int count, out int number)
    {
        number = 0;
        if (text.Length < at + count)
            return false;
        foreach (var c in text.Slice(at, count))
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = 10 * number + (c - '0');
        }
        return true;
    }
}
