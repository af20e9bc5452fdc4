using NodaTime;

namespace Convene.ICalendar;

/// <summary>A DATE or DATE-TIME as it was written: wall time and where its clock hangs (RFC 5545 §3.3.4, §3.3.5).</summary>
/// <remarks>
/// From 0001-01-02 to before 9999-12-31, so that it is an instant in every zone. The default value is no time of a calendar: a date in year
/// one. Equal when wall time, form and TZID are, by ordinal comparison; two forms of one instant are not equal.
/// </remarks>
/// <param name="Local">The wall time, to the second; midnight for a date.</param>
/// <param name="Form">Date, floating, UTC or zoned.</param>
/// <param name="Tzid">The TZID as it was written, for <see cref="CalendarZones"/>; null but for <see cref="TimeForm.Zoned"/>.</param>
public readonly record struct CalendarTime(LocalDateTime Local, TimeForm Form, string? Tzid = null)
{
    private static readonly LocalDateTime First = new(1, 1, 2, 0, 0), End = new(9999, 12, 31, 0, 0);

    /// <summary>Whether this is a whole day.</summary>
    public bool IsDate => Form == TimeForm.Date;

    /// <summary>Reads a value: <c>20250602</c>, <c>20250602T090000</c> or <c>20250602T070000Z</c>.</summary>
    /// <param name="value">The value. Missing seconds, ISO 8601's hyphens and colons, and white space around are forgiven; a leap second is
    /// the second before.</param>
    /// <param name="tzid">The property's TZID; null or empty for none. It means nothing for a date and a time in UTC (§3.2.19).</param>
    /// <param name="time">The time; the default value when there is none.</param>
    /// <returns>Whether the value is a time in range.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, string? tzid, out CalendarTime time)
    {
        time = default;
        value = value.Trim();
        if (!TryDate(ref value, out var date))
            return false;
        if (value.IsEmpty)
            return TryMake(date.AtMidnight(), TimeForm.Date, null, out time);
        if (value[0] is not ('T' or 't') || !TryTimeOfDay(value[1..], out var timeOfDay, out var rest))
            return false;
        var local = date + timeOfDay;
        if (rest is "Z" or "z")
            return TryMake(local, TimeForm.Utc, null, out time);
        return rest.IsEmpty && (string.IsNullOrEmpty(tzid)
            ? TryMake(local, TimeForm.Floating, null, out time)
            : TryMake(local, TimeForm.Zoned, tzid, out time));
    }

    /// <summary>The time so much later; null where that is out of range. Days are days of the wall clock (RFC 5545 §3.3.6).</summary>
    /// <param name="length">May be negative. The hours are added to the wall time too, as if the clocks did not change in between; who
    /// knows the zone adds <see cref="CalendarDuration.Time"/> to the instant instead.</param>
    public CalendarTime? Plus(CalendarDuration length)
    {
        var seconds = length.Days * 86_400L + (long)length.Time.TotalSeconds;
        if (seconds > Seconds(Local, End) || seconds < -Seconds(First, Local))
            return null;
        var local = Local.PlusSeconds(seconds);
        return TryMake(local, Form, Tzid, out var time) ? time : null;
    }

    /// <summary>The time as it is written, without its TZID.</summary>
    public override string ToString() => Form switch
    {
        TimeForm.Date => ValueText.Local(Local)[..8],
        TimeForm.Utc => ValueText.Local(Local) + "Z",
        _ => ValueText.Local(Local),
    };

    private static long Seconds(LocalDateTime from, LocalDateTime to) =>
        Period.DaysBetween(from.Date, to.Date) * 86_400L + (to.TimeOfDay.NanosecondOfDay - from.TimeOfDay.NanosecondOfDay) / 1_000_000_000;

    private static bool TryMake(LocalDateTime local, TimeForm form, string? tzid, out CalendarTime time)
    {
        var isInRange = local >= First && local < End;
        time = isInRange ? new CalendarTime(local, form, tzid) : default;
        return isInRange;
    }

    private static bool TryDate(ref ReadOnlySpan<char> value, out LocalDate date)
    {
        date = default;
        var hyphens = value.Length >= 10 && value[4] == '-' && value[7] == '-' ? 1 : 0;
        if (!Digits.TryRead(value, 0, 4, out var year) || !Digits.TryRead(value, 4 + hyphens, 2, out var month)
            || !Digits.TryRead(value, 6 + 2 * hyphens, 2, out var day))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return false;
        date = new LocalDate(year, month, day);
        value = value[(8 + 2 * hyphens)..];
        return true;
    }

    private static bool TryTimeOfDay(ReadOnlySpan<char> value, out LocalTime time, out ReadOnlySpan<char> rest)
    {
        time = default;
        rest = default;
        var colon = value.Length > 2 && value[2] == ':' ? 1 : 0;
        if (!Digits.TryRead(value, 0, 2, out var hour) || !Digits.TryRead(value, 2 + colon, 2, out var minute))
            return false;
        rest = value[(4 + colon)..];
        var second = 0;
        if (rest.Length >= 2 + colon && Digits.TryRead(rest, colon, 2, out second))
            rest = rest[(2 + colon)..];
        if (hour > 23 || minute > 59 || second > 60)
            return false;
        time = new LocalTime(hour, minute, Math.Min(second, 59));
        return true;
    }
}
