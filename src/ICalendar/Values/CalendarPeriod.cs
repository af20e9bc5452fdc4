namespace Convene.ICalendar;

/// <summary>A PERIOD: a start and an end or a length (RFC 5545 §3.3.9); or only a start, as most RDATEs have.</summary>
/// <remarks>Half-open: the end is not in it. The default value is none. Equal when all parts are.</remarks>
/// <param name="Start">The start, in it.</param>
/// <param name="End">The end, not in it; null where a length is given, or neither.</param>
/// <param name="Length">The length, not negative; null where an end is given, or neither.</param>
public readonly record struct CalendarPeriod(CalendarTime Start, CalendarTime? End = null, CalendarDuration? Length = null)
{
    /// <summary>Reads a value: <c>19970101T180000Z/19970102T070000Z</c>, <c>19970101T180000Z/PT5H30M</c>, or a time alone.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tzid">The property's TZID; null or empty for none.</param>
    /// <param name="period">The period; the default value when the value is none.</param>
    /// <returns>Whether the value is a period that does not end before it starts.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, string? tzid, out CalendarPeriod period)
    {
        period = default;
        var slash = value.IndexOf('/');
        if (!CalendarTime.TryParse(slash < 0 ? value : value[..slash], tzid, out var start))
            return false;
        if (slash < 0)
        {
            period = new CalendarPeriod(start);
            return true;
        }

        var rest = value[(slash + 1)..];
        if (CalendarDuration.TryParse(rest, out var length))
        {
            period = new CalendarPeriod(start, null, length);
            return length.Days >= 0 && length.Time >= NodaTime.Duration.Zero;
        }
        if (!CalendarTime.TryParse(rest, tzid, out var end))
            return false;
        period = new CalendarPeriod(start, end);
        return start.Form != end.Form || start.Local <= end.Local;
    }
}
