using System.Numerics;
using NodaTime;

namespace Convene.Scheduling.Recurrence.Walk;

// A rule made ready for a series that begins at a wall time: what the rule leaves open is taken from that start (RFC 5545 §3.3.10), lists become masks,
// and times of a day become one sorted list. Immutable.
internal sealed class RulePlan
{
    public RulePlan(RecurrenceRule rule, long start, bool isDates)
    {
        Start = start;
        StartDay = (int)(start / Days.SecondsPerDay);
        Frequency = rule.Frequency;
        Interval = rule.Interval;
        Count = rule.Count ?? long.MaxValue;
        WeekStart = (int)rule.WeekStart - 1;
        Skip = rule.Frequency >= Frequency.Monthly ? rule.Skip : Skip.Omit;
        var (_, month, day) = Days.Date(StartDay);

        MonthMask = Mask(rule.ByMonth);
        NamesMonths = MonthMask != 0;
        MonthDays = Mask([.. rule.ByMonthDay.Where(d => d > 0)]);
        MonthDaysFromEnd = Mask([.. rule.ByMonthDay.Where(d => d < 0).Select(d => -d)]);
        YearDays = [.. rule.ByYearDay];
        WeekNumbers = [.. rule.ByWeekNumber];
        Weekdays = (int)Mask([.. rule.ByDay.Where(d => d.Number == 0).Select(d => (int)d.Day - 1)]);
        Numbered = [.. rule.ByDay.Where(d => d.Number != 0)];
        var anyDay = rule.ByDay.Count > 0;

        // What the rule leaves open.
        if (Frequency == Frequency.Weekly && !anyDay)
            Weekdays = 1 << (StartDay % 7);
        if (Frequency == Frequency.Yearly && WeekNumbers.Length > 0 && !anyDay && rule.ByMonthDay.Count == 0 && YearDays.Length == 0)
            Weekdays = 1 << (StartDay % 7);
        if ((Frequency == Frequency.Monthly && !anyDay && rule.ByMonthDay.Count == 0)
            || (Frequency == Frequency.Yearly && !anyDay && rule.ByMonthDay.Count == 0 && YearDays.Length == 0 && WeekNumbers.Length == 0))
            MonthDays = 1u << day;
        // Days of a month are of the start's month, unless the rule finds its days in the year by other means.
        if (Frequency == Frequency.Yearly && MonthMask == 0 && HasMonthDays && YearDays.Length == 0 && WeekNumbers.Length == 0)
            MonthMask = 1u << month;
        // A week's days, every week: days of a daily rule with nothing else to heed. Weeks hold the same number each, so that they can be counted.
        if (Frequency == Frequency.Daily && Interval == 1 && Weekdays != 0 && MonthMask == 0 && !HasMonthDays)
            (Frequency, FoldedDays) = (Frequency.Weekly, true);

        UnitSeconds = Frequency switch { Frequency.Secondly => 1, Frequency.Minutely => 60, Frequency.Hourly => 3600, _ => Days.SecondsPerDay };
        // Times of a rule of dates are ignored (RFC 5545 §3.3.10).
        Hours = isDates ? 0 : Mask(rule.ByHour);
        Minutes = isDates ? 0 : Mask(rule.ByMinute);
        Seconds = isDates ? 0 : Mask([.. rule.BySecond.Select(s => Math.Min(s, 59))]);
        var times = Times();
        var positions = (int[])[.. rule.BySetPosition];
        if (positions.Length > 0 && (FoldedDays || Frequency <= Frequency.Daily))
        {
            // Periods with the same times each: the positions pick from those.
            times = [.. positions.Select(p => p > 0 ? p - 1 : times.Length + p).Where(p => p >= 0 && p < times.Length).Distinct().Order().Select(p => times[p])];
            positions = [];
        }

        TimesInUnit = times;
        FromStart = [.. positions.Where(p => p > 0)];
        FromEnd = [.. positions.Where(p => p < 0)];
        firstPeriod = PeriodOf(start);
        PeriodsPerCycle = Frequency switch
        {
            Frequency.Yearly => Days.YearsPerCycle,
            Frequency.Monthly => Days.YearsPerCycle * 12,
            Frequency.Weekly => Days.PerCycle / 7,
            Frequency.Daily => Days.PerCycle,
            _ => Interval <= Days.SecondsPerDay / UnitSeconds ? Days.PerCycle : int.MaxValue,
        };
        WholeDays = isDates && Frequency < Frequency.Daily;
        PerPeriod = WholeDays ? -1 : Constant.PerPeriod(this);
        NeverInDay = Frequency < Frequency.Daily && Constant.NeverInDay(this);
    }

    private readonly long firstPeriod;

    public Frequency Frequency { get; }

    // Whether a daily rule is walked by weeks.
    public bool FoldedDays { get; }

    public int Interval { get; }

    public long Count { get; }

    public long Start { get; }

    public int StartDay { get; }

    public int WeekStart { get; }

    public Skip Skip { get; }

    // Bits by number; 0 if every one will do.
    public ulong MonthMask { get; }

    // Days of the week with a number are counted in these months; else in the period.
    public bool NamesMonths { get; }

    public ulong MonthDays { get; }

    public ulong MonthDaysFromEnd { get; }

    public bool HasMonthDays => (MonthDays | MonthDaysFromEnd) != 0;

    public int[] YearDays { get; }

    public int[] WeekNumbers { get; }

    // Bit 0 is Monday.
    public int Weekdays { get; }

    public WeekdayNumber[] Numbered { get; }

    // Dates by the hour or less: every date that has some, once.
    public bool WholeDays { get; }

    // Two periods may come to the same occurrence.
    public bool PeriodsOverlap => Skip != Skip.Omit || WholeDays;

    public ulong Hours { get; }

    public ulong Minutes { get; }

    public ulong Seconds { get; }

    // The length of what times are counted in: a second, minute or hour as the frequency, else a day.
    public int UnitSeconds { get; }

    // Seconds from the start of a unit; sorted.
    public int[] TimesInUnit { get; }

    // BYSETPOS, where it picks from days: sorted, each at most one of both.
    public int[] FromStart { get; }

    public int[] FromEnd { get; }

    public bool PicksPositions => FromStart.Length + FromEnd.Length > 0;

    public bool HasDayFilter => MonthMask != 0 || HasMonthDays || YearDays.Length > 0 || Weekdays != 0;

    // After so many periods in a row without one there never is another: by then the calendar has been through all it has.
    public int PeriodsPerCycle { get; }

    // How many occurrences every whole period has; -1 if that differs.
    public long PerPeriod { get; }

    // No period that INTERVAL lets through is at an hour, minute and second that the rule wants.
    public bool NeverInDay { get; }

    public bool MonthFits(int month) => MonthMask == 0 || (MonthMask & (1UL << month)) != 0;

    // Whether a day passes what limits days (daily and shorter frequencies).
    public bool DayFits(int day)
    {
        if (Weekdays != 0 && (Weekdays & (1 << (day % 7))) == 0)
            return false;
        if (MonthMask == 0 && !HasMonthDays && YearDays.Length == 0)
            return true;
        var (year, month, inMonth) = Days.Date(day);
        if (!MonthFits(month))
            return false;
        if (HasMonthDays && (MonthDays & (1UL << inMonth)) == 0 && (MonthDaysFromEnd & (1UL << (Days.InMonth(year, month) - inMonth + 1))) == 0)
            return false;
        if (YearDays.Length == 0)
            return true;
        var inYear = day - Days.OfYear(year) + 1;
        return YearDays.AsSpan().BinarySearch(inYear) >= 0 || YearDays.AsSpan().BinarySearch(inYear - Days.InYear(year) - 1) >= 0;
    }

    // The first day from this one on that may pass: the next month that fits is jumped to.
    public int NextDay(int day)
    {
        if (MonthMask == 0)
            return day;
        var (year, month, _) = Days.Date(day);
        if (MonthFits(month))
            return day;
        do
        {
            month++;
            if (month > 12)
                (year, month) = (year + 1, 1);
        }
        while (!MonthFits(month));
        return Days.Of(year, month, 1);
    }

    // The period that a wall time is in, on the grid of INTERVAL or not; see RuleCursor.
    public long PeriodOf(long at)
    {
        var day = (int)(at / Days.SecondsPerDay);
        switch (Frequency)
        {
            case Frequency.Yearly:
                return WeekNumbers.Length > 0 ? Days.WeekYear(day, WeekStart) : Days.Year(day);
            case Frequency.Monthly:
                var (year, month, _) = Days.Date(day);
                return (year * 12L) + month - 1;
            case Frequency.Weekly:
                return day - ((day - WeekStart + 7) % 7);
            case Frequency.Daily:
                return day;
            default:
                return at / UnitSeconds;
        }
    }

    // The first period from this one on that INTERVAL lets through; of days and what is shorter.
    public long OnGrid(long period)
    {
        var past = (period - firstPeriod) % Interval;
        return past == 0 ? period : period + Interval - past;
    }

    // The first hour, minute or second of a day from this one on that BYHOUR, BYMINUTE and BYSECOND let through; beyond the day if there is none.
    public int NextInDay(int unit)
    {
        var second = unit * UnitSeconds;
        var hour = Next(Hours, second / 3600, 24);
        if (hour != second / 3600)
            second = hour * 3600;
        if (hour == 24 || UnitSeconds == 3600)
            return second / UnitSeconds;
        var minute = Next(Minutes, second / 60 % 60, 60);
        if (minute != second / 60 % 60)
            second = (hour * 3600) + (minute * 60);
        if (minute == 60 || UnitSeconds == 60)
            return second / UnitSeconds;
        return second - (second % 60) + Next(Seconds, second % 60, 60);
    }

    // A limit skipped to is only where to look again: the hour after the last minute may not fit.
    private static int Next(ulong mask, int value, int end)
    {
        if (mask == 0)
            return value;
        var later = mask & (ulong.MaxValue << value);
        return later == 0 ? end : BitOperations.TrailingZeroCount(later);
    }

    private int[] Times()
    {
        var ofDay = (int)(Start % Days.SecondsPerDay);
        // Values that limit have been checked when times are added up; only those that expand give times.
        var hours = Frequency >= Frequency.Daily ? Values(Hours, ofDay / 3600) : [0];
        var minutes = Frequency >= Frequency.Hourly ? Values(Minutes, ofDay / 60 % 60) : [0];
        var seconds = Frequency >= Frequency.Minutely ? Values(Seconds, ofDay % 60) : [0];
        return [.. from hour in hours from minute in minutes from second in seconds select (hour * 3600) + (minute * 60) + second];
    }

    private static int[] Values(ulong mask, int otherwise) => mask == 0 ? [otherwise] : [.. Enumerable.Range(0, 64).Where(i => (mask & (1UL << i)) != 0)];

    private static ulong Mask(IReadOnlyList<int> values)
    {
        var mask = 0UL;
        foreach (var value in values)
            mask |= 1UL << value;
        return mask;
    }
}
