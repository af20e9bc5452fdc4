using NodaTime;

namespace Convene.ICalendar;

/// <summary>The UTC-OFFSET value type (RFC 5545 §3.3.14).</summary>
internal static class UtcOffset
{
    /// <summary>Reads <c>+0100</c>, <c>-0500</c>, <c>-045602</c>; a missing sign and a colon are forgiven.</summary>
    internal static bool TryParse(ReadOnlySpan<char> value, out Offset offset)
    {
        offset = default;
        value = value.Trim();
        var sign = value is ['-', ..] ? -1 : 1;
        if (value is ['+' or '-', ..])
            value = value[1..];
        var colon = value.Length > 2 && value[2] == ':' ? 1 : 0;
        if (!Digits.TryRead(value, 0, 2, out var hours) || !Digits.TryRead(value, 2 + colon, 2, out var minutes))
            return false;
        var seconds = 0;
        if (value.Length != 4 + colon && (value.Length != 6 + 2 * colon || !Digits.TryRead(value, 4 + 2 * colon, 2, out seconds)))
            return false;
        // NodaTime's offsets reach 18 hours; no clock on earth is further from UTC than 16 hours.
        if (hours > 17 || minutes > 59 || seconds > 59)
            return false;
        offset = Offset.FromSeconds(sign * (3600 * hours + 60 * minutes + seconds));
        return true;
    }
}
