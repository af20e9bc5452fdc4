using NodaTime;

namespace Convene.ICalendar;

/// <summary>
/// A change of offset that comes once a year, at one wall time on one weekday in one week of the year, as RRULEs (RFC 5545 §3.3.10).
/// Every rule of tzdb for the time to come has this form: "the last Sunday of March" is a Sunday from the 25th to the 31st.
/// </summary>
internal sealed class YearlyRule
{
    private const int WeekSpan = 6;
    private static readonly Duration LongestYear = Duration.FromDays(366);
    private static readonly LocalDate CommonYear = new(2001, 1, 1);
    private static readonly string[] Weekdays = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private readonly List<Observance> _latestFirst = [];

    // Days of a common year, the first and the last on which the change was seen to fall.
    private int _first = int.MaxValue;
    private int _last = int.MinValue;

    /// <summary>The two rules by which the observances alternate at the end of the list, as far back as they hold.</summary>
    /// <param name="observances">All observances through <paramref name="until"/>, in order.</param>
    /// <param name="until">Where the list ends. A zone that has not changed for the year before (Africa/Windhoek since 2017) has no rules,
    /// however regular it was.</param>
    /// <returns>The index of the first observance that the rules yield, and the rules in that order; the list's count and no rules where
    /// the end is not regular, or too short to know.</returns>
    internal static (int Start, YearlyRule[] Rules) AtTheEndOf(List<Observance> observances, Instant until)
    {
        YearlyRule[] rules = [new(), new()];
        var start = observances.Count;
        while (start > 0 && rules[(start - 1) % 2].TryPrepend(observances[start - 1]))
            start--;
        return Array.TrueForAll(rules, rule => rule._last - rule._first == WeekSpan) && until - observances[^1].Interval.Start < LongestYear
            ? (start, [rules[start % 2], rules[(start + 1) % 2]])
            : (observances.Count, []);
    }

    /// <summary>The rule as one sub-component, or as two where its week reaches into the next month.</summary>
    internal IEnumerable<CalendarComponent> Components()
    {
        var first = CommonYear.PlusDays(_first - 1);
        var last = CommonYear.PlusDays(_last - 1);
        var weekday = Weekdays[(int)_latestFirst[0].Onset.DayOfWeek];
        if (first.Month == last.Month)
            return [_latestFirst[^1].ToComponent($"FREQ=YEARLY;BYMONTH={first.Month};{InMonth(first, weekday)}")];

        // Africa/Cairo: midnight after the last Thursday of October is a Friday from 26 October to 1 November.
        return
        [
            Part(first.Month, Enumerable.Range(first.Day, WeekSpan + 1 - last.Day), weekday),
            Part(last.Month, Enumerable.Range(1, last.Day), weekday),
        ];
    }

    private static string InMonth(LocalDate first, string weekday) =>
        first.Day % 7 == 1 ? $"BYDAY={first.Day / 7 + 1}{weekday}"
        : first.Day + WeekSpan == CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month) ? $"BYDAY=-1{weekday}"
        : OnDays(Enumerable.Range(first.Day, WeekSpan + 1), weekday);

    private static string OnDays(IEnumerable<int> days, string weekday) => $"BYMONTHDAY={string.Join(',', days)};BYDAY={weekday}";

    private CalendarComponent Part(int month, IEnumerable<int> days, string weekday) =>
        _latestFirst.FindLast(observance => observance.Onset.Month == month)!
            .ToComponent($"FREQ=YEARLY;BYMONTH={month};{OnDays(days, weekday)}");

    private bool TryPrepend(Observance observance)
    {
        var onset = observance.Onset;
        var isLeapDay = onset is { Month: 2, Day: 29 };
        if (!observance.Interval.HasStart || isLeapDay || _latestFirst.Count > 0 && !ComesAYearBefore(observance, _latestFirst[^1]))
            return false;

        var day = new LocalDate(CommonYear.Year, onset.Month, onset.Day).DayOfYear;
        var (first, last) = (Math.Min(_first, day), Math.Max(_last, day));
        if (last - first > WeekSpan)
            return false;

        (_first, _last) = (first, last);
        _latestFirst.Add(observance);
        return true;
    }

    private static bool ComesAYearBefore(Observance earlier, Observance later) =>
        earlier.Onset.Year == later.Onset.Year - 1
        && earlier.Onset.DayOfWeek == later.Onset.DayOfWeek
        && earlier.Onset.TimeOfDay == later.Onset.TimeOfDay
        && earlier.OffsetFrom == later.OffsetFrom
        && earlier.Interval.WallOffset == later.Interval.WallOffset
        && earlier.Interval.Name == later.Interval.Name
        && earlier.IsDaylight == later.IsDaylight;
}
