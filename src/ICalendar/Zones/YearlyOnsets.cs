using NodaTime;

namespace Convene.ICalendar;

/// <summary>The onsets of a rule in a VTIMEZONE: once or more a year, in months, on weekdays or days of the month.</summary>
/// <remarks>
/// This is all that the rules of clocks need, and all that is understood: what else FREQ and the BY parts can say gives no onsets.
/// </remarks>
internal static class YearlyOnsets
{
    private const int FirstYear = 1900, LastYear = 2100, MostOnsets = 1_000;
    private static readonly string[] Weekdays = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>The onsets from 1900 to 2100; empty where the rule is not understood.</summary>
    /// <param name="rule">The RRULE.</param>
    /// <param name="start">DTSTART.</param>
    /// <param name="offset">TZOFFSETFROM, in which DTSTART is; UNTIL is in UTC.</param>
    internal static List<LocalDateTime> Of(string rule, LocalDateTime start, Offset offset)
    {
        var onsets = new List<LocalDateTime>();
        if (Parse(rule, start, offset) is not { } parts)
            return onsets;

        var count = 0;
        for (var year = FirstOf(start.Year, parts.Interval); year <= LastYear; year += parts.Interval)
        {
            foreach (var date in Dates(year, parts))
            {
                var onset = date + new LocalTime(parts.Time.Hour, parts.Time.Minute, parts.Time.Second);
                if (onset < start)
                    continue;
                if (onset > parts.Until || count++ >= parts.Count || onsets.Count == MostOnsets)
                    return onsets;
                onsets.Add(onset);
            }
        }
        return onsets;
    }

    private static int FirstOf(int year, int interval) =>
        year >= FirstYear ? year : year + (FirstYear - year + interval - 1) / interval * interval;

    private static IEnumerable<LocalDate> Dates(int year, Parts parts)
    {
        foreach (var month in parts.Months)
        {
            var length = CalendarSystem.Iso.GetDaysInMonth(year, month);
            for (var day = 1; day <= length; day++)
            {
                var (fromStart, fromEnd) = (day, length + 1 - day);
                if (parts.MonthDays.Count > 0 && !parts.MonthDays.Contains(fromStart) && !parts.MonthDays.Contains(-fromEnd))
                    continue;
                var date = new LocalDate(year, month, day);
                if (parts.Days.Count == 0 || parts.Days.Exists(d => d.Weekday == date.DayOfWeek
                    && (d.Nth == 0 || d.Nth == (fromStart + 6) / 7 || d.Nth == -((fromEnd + 6) / 7))))
                    yield return date;
            }
        }
    }

    private static Parts? Parse(string rule, LocalDateTime start, Offset offset)
    {
        var parts = new Parts { Time = (start.Hour, start.Minute, start.Second) };
        var isYearly = false;
        foreach (var part in rule.ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                return null;
            var value = part[(equals + 1)..];
            var isUnderstood = part[..equals] switch
            {
                "FREQ" => isYearly = value == "YEARLY",
                "INTERVAL" => parts.SetInterval(value),
                "COUNT" => parts.SetCount(value),
                "UNTIL" => parts.SetUntil(value, offset),
                "BYMONTH" => Numbers(value, 1, 12, parts.Months),
                "BYMONTHDAY" => Numbers(value, -31, 31, parts.MonthDays),
                "BYDAY" => parts.SetDays(value),
                "BYHOUR" => parts.SetTime(value, 23, (time, hour) => time with { Hour = hour }),
                "BYMINUTE" => parts.SetTime(value, 59, (time, minute) => time with { Minute = minute }),
                "BYSECOND" => parts.SetTime(value, 59, (time, second) => time with { Second = second }),
                "WKST" => true,
                _ => false,
            };
            if (!isUnderstood)
                return null;
        }
        // Weekdays of the whole year are not of clocks, nor is counting from a time before there were any.
        if (!isYearly || parts.Count is not null && start.Year < FirstYear || parts.Months.Count == 0 && parts.Days.Count + parts.MonthDays.Count > 0)
            return null;
        if (parts.Months.Count == 0)
            parts.Months.Add(start.Month);
        if (parts.Days.Count == 0 && parts.MonthDays.Count == 0)
            parts.MonthDays.Add(start.Day);
        parts.Months.Sort();
        return parts;
    }

    private static bool Numbers(string value, int least, int most, List<int> into)
    {
        foreach (var text in value.Split(','))
        {
            if (!int.TryParse(text, out var number) || number < least || number > most || number == 0)
                return false;
            if (!into.Contains(number))
                into.Add(number);
        }
        return true;
    }

    private sealed class Parts
    {
        internal int Interval { get; private set; } = 1;

        internal int? Count { get; private set; }

        // Lotus Notes repeats the time of DTSTART in BYHOUR and BYMINUTE.
        internal (int Hour, int Minute, int Second) Time { get; set; }

        internal LocalDateTime Until { get; private set; } = new(LastYear, 12, 31, 23, 59, 59);

        internal List<int> Months { get; } = [];

        internal List<int> MonthDays { get; } = [];

        internal List<(int Nth, IsoDayOfWeek Weekday)> Days { get; } = [];

        internal bool SetInterval(string value)
        {
            if (!int.TryParse(value, out var interval) || interval is < 1 or > 1000)
                return false;
            Interval = interval;
            return true;
        }

        internal bool SetCount(string value)
        {
            if (!int.TryParse(value, out var count) || count < 1)
                return false;
            Count = count;
            return true;
        }

        internal bool SetUntil(string value, Offset offset)
        {
            if (!CalendarTime.TryParse(value, null, out var until))
                return false;
            Until = until.Form switch
            {
                TimeForm.Utc => until.Local.PlusSeconds(offset.Seconds),
                TimeForm.Date => until.Local.PlusHours(24),
                _ => until.Local,
            };
            return true;
        }

        internal bool SetTime(
            string value, int most, Func<(int Hour, int Minute, int Second), int, (int Hour, int Minute, int Second)> change)
        {
            if (!int.TryParse(value, out var number) || number < 0 || number > most)
                return false;
            Time = change(Time, number);
            return true;
        }

        internal bool SetDays(string value)
        {
            foreach (var text in value.Split(','))
            {
                var day = text.Trim();
                var weekday = day.Length < 2 ? -1 : Array.IndexOf(Weekdays, day[^2..]);
                var nth = 0;
                if (weekday < 1 || day.Length > 2 && (!int.TryParse(day[..^2], out nth) || nth is 0 or < -5 or > 5))
                    return false;
                Days.Add((nth, (IsoDayOfWeek)weekday));
            }
            return Days.Count <= 60;
        }
    }
}
