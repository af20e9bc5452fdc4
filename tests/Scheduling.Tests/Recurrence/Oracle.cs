using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

/// What a rule gives, found the slow way: every second, minute, hour or day from the start on is asked whether it fits, as RFC 5545 §3.3.10 words each part.
internal sealed class Oracle(RecurrenceRule rule, LocalDateTime start)
{
    private readonly int weekStart = (int)rule.WeekStart;

    /// All from the start to a time (in).
    public List<LocalDateTime> Until(LocalDateTime last)
    {
        var found = new List<LocalDateTime>();
        // Whole periods, since BYSETPOS counts from their start.
        foreach (var period in Candidates(last).GroupBy(Period))
        {
            if (!OnGrid(period.Key))
                continue;
            var all = period.Order().ToList();
            var picked = rule.BySetPosition.Count == 0 ? all : [.. rule.BySetPosition.Select(p => p > 0 ? p - 1 : all.Count + p).Where(p => p >= 0 && p < all.Count).Distinct().Order().Select(p => all[p])];
            found.AddRange(picked.Where(t => t >= start));
        }

        return [.. found.Take(rule.Count ?? int.MaxValue).Where(t => t <= last && (rule.Until is not { } until || t <= until.At))];
    }

    private IEnumerable<LocalDateTime> Candidates(LocalDateTime last)
    {
        var (from, until) = rule.Frequency < Frequency.Weekly ? (start.Date, last.Date) : (new LocalDate(start.Year, 1, 1).PlusDays(-10), last.Date.PlusDays(380));
        for (var date = from; date <= until; date = date.PlusDays(1))
            if (DayFits(date))
                foreach (var time in Times())
                    yield return date + time;
    }

    private IEnumerable<LocalTime> Times()
    {
        foreach (var hour in Values(rule.ByHour, 24, rule.Frequency < Frequency.Daily, start.Hour))
            foreach (var minute in Values(rule.ByMinute, 60, rule.Frequency < Frequency.Hourly, start.Minute))
                foreach (var second in Values([.. rule.BySecond.Select(s => Math.Min(s, 59)).Distinct()], 60, rule.Frequency < Frequency.Minutely, start.Second))
                    yield return new LocalTime(hour, minute, second);
    }

    private static IEnumerable<int> Values(IReadOnlyList<int> given, int count, bool all, int otherwise) => given.Count > 0 ? given : all ? Enumerable.Range(0, count) : [otherwise];

    private bool DayFits(LocalDate date)
    {
        var yearly = rule.Frequency == Frequency.Yearly;
        var open = rule.ByDay.Count == 0 && rule.ByMonthDay.Count == 0;
        var openYear = yearly && rule.ByYearDay.Count == 0 && rule.ByWeekNumber.Count == 0;
        var month = rule.ByMonth.Count > 0 ? rule.ByMonth : openYear && (rule.ByMonthDay.Count > 0 || rule.ByDay.Count == 0) ? [start.Month] : [];
        if (month.Count > 0 && !month.Contains(date.Month))
            return false;
        if (rule.ByWeekNumber.Count > 0 && !rule.ByWeekNumber.Any(n => n == Week(date).Number || n == Week(date).Number - Week(date).Count - 1))
            return false;
        var length = date.Calendar.GetDaysInYear(date.Year);
        if (rule.ByYearDay.Count > 0 && !rule.ByYearDay.Any(n => n == date.DayOfYear || n == date.DayOfYear - length - 1))
            return false;
        var inMonth = date.Calendar.GetDaysInMonth(date.Year, date.Month);
        if (rule.ByMonthDay.Count > 0 && !rule.ByMonthDay.Any(n => n == date.Day || n == date.Day - inMonth - 1))
            return false;
        if (open && (rule.Frequency == Frequency.Monthly || openYear) && date.Day != start.Day)
            return false;
        if (open && (rule.Frequency == Frequency.Weekly || (rule.ByWeekNumber.Count > 0 && rule.ByYearDay.Count == 0)) && date.DayOfWeek != start.DayOfWeek)
            return false;
        return rule.ByDay.Count == 0 || rule.ByDay.Any(d => d.Day == date.DayOfWeek && NumberFits(d.Number, date, inMonth, length));
    }

    private bool NumberFits(int number, LocalDate date, int inMonth, int inYear)
    {
        if (number == 0)
            return true;
        var (day, length) = rule.Frequency == Frequency.Monthly || rule.ByMonth.Count > 0 ? (date.Day, inMonth) : (date.DayOfYear, inYear);
        return number > 0 ? ((day - 1) / 7) + 1 == number : -(((length - day) / 7) + 1) == number;
    }

    private (int Year, int Number, int Count) Week(LocalDate date)
    {
        // The year of a week is that of its fourth day.
        var fourth = WeekOf(date).PlusDays(3);
        LocalDate First(int year) => WeekOf(new LocalDate(year, 1, 4));
        return (fourth.Year, (DaysBetween(First(fourth.Year), WeekOf(date)) / 7) + 1, DaysBetween(First(fourth.Year), First(fourth.Year + 1)) / 7);
    }

    private static int DaysBetween(LocalDate from, LocalDate to) => NodaTime.Period.DaysBetween(from, to);

    private LocalDate WeekOf(LocalDate date) => date.PlusDays(-(((int)date.DayOfWeek - weekStart + 7) % 7));

    private long Period(LocalDateTime t)
    {
        long days = DaysBetween(new LocalDate(1, 1, 1), t.Date);
        return rule.Frequency switch
        {
            Frequency.Yearly => rule.ByWeekNumber.Count > 0 ? Week(t.Date).Year : t.Year,
            Frequency.Monthly => (t.Year * 12L) + t.Month,
            Frequency.Weekly => DaysBetween(new LocalDate(1, 1, 1), WeekOf(t.Date)),
            Frequency.Daily => days,
            Frequency.Hourly => (days * 24) + t.Hour,
            Frequency.Minutely => (days * 1440) + (t.Hour * 60) + t.Minute,
            _ => (days * 86400) + (t.Hour * 3600) + (t.Minute * 60) + t.Second,
        };
    }

    private bool OnGrid(long period)
    {
        var step = rule.Frequency == Frequency.Weekly ? rule.Interval * 7L : rule.Interval;
        return period >= Period(start) && (period - Period(start)) % step == 0;
    }
}
