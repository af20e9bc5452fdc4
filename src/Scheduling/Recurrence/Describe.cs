using System.Globalization;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>Rules in words, in English: <c>Every weekday at 09:00 until 1 March 2027</c>.</summary>
public static class Describe
{
    private static readonly int[] Workdays = [1, 2, 3, 4, 5];

    /// <summary>A series in a sentence without a full stop: each rule, then how many single times are added or left out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="series"/> is null.</exception>
    public static string Of(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var start = series.Start;
        var text = series.Rules.Count == 0
            ? Sentence($"once on {Date(start.Date)}{(series.IsDates ? "" : $" at {Time(start.TimeOfDay)}")}")
            : string.Join("; and ", series.Rules.Select((rule, i) => i == 0 ? Of(rule, start, series.IsDates, series.Zone) : Clause(rule, start, series.IsDates, series.Zone)));
        var added = series.Added.Count;
        if (added > 0)
            text += added == 1 ? ", and one more time" : $", and {added} more times";
        foreach (var rule in series.ExceptionRules)
            text += ", but not " + Clause(rule, start, series.IsDates, series.Zone);
        var dropped = series.Dropped.Count + series.DroppedDates.Count + series.Changes.Count(c => c.Start is null);
        if (dropped > 0)
            text += $", except {Times(dropped)}";
        return text;
    }

    /// <summary>A rule in a sentence without a full stop.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">What its series begins with: it gives the day and time that the rule leaves open.</param>
    /// <param name="isDates">Whether its series has dates: then no times are told.</param>
    /// <param name="zone">The zone that an end in UTC is told in; UTC if null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public static string Of(RecurrenceRule rule, LocalDateTime start, bool isDates = false, DateTimeZone? zone = null) => Sentence(Clause(rule, start, isDates, zone));

    private static string Clause(RecurrenceRule rule, LocalDateTime start, bool isDates, DateTimeZone? zone)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var text = rule.BySetPosition.Count > 0 ? $"{Positions(rule)} of: {Days(rule, start)}" : Days(rule, start);
        if (!isDates)
            text += Clock(rule, start);
        if (rule.Skip != Skip.Omit && rule.Frequency >= Frequency.Monthly)
            text += rule.Skip == Skip.Backward ? " (or the last day before, where there is no such day)" : " (or the first day after, where there is no such day)";
        if (rule.Count is { } count)
            text += count == 1 ? ", once" : $", {count} times";
        if (rule.Until is { } until)
            text += " until " + End(rule, until, start, zone);
        return text;
    }

    private static string Days(RecurrenceRule rule, LocalDateTime start)
    {
        var weekdays = rule.ByDay.Count > 0 && rule.ByDay.All(d => d.Number == 0);
        var isWorkweek = weekdays && rule.ByDay.Select(d => (int)d.Day).SequenceEqual(Workdays);
        var months = rule.ByMonth.Count > 0 ? $" in {Join(rule.ByMonth.Select(Month))}" : "";
        switch (rule.Frequency)
        {
            case Frequency.Daily:
                if (isWorkweek && rule is { Interval: 1, ByMonthDay.Count: 0 })
                    return "every weekday" + months;
                return Every(rule, "day") + Limits(rule) + months;
            case Frequency.Weekly:
                if (isWorkweek && rule.Interval == 1)
                    return "every weekday" + months;
                if (weekdays && rule.ByDay.Count == 7 && rule.Interval == 1)
                    return "every day" + months;
                return $"{Every(rule, "week")} on {(weekdays ? Weekdays(rule) : start.DayOfWeek.ToString())}{months}";
            case Frequency.Monthly:
                return $"{Every(rule, "month")} on {InMonth(rule, start)}{months}";
            case Frequency.Yearly:
                return $"{Every(rule, "year")} {InYear(rule, start)}";
            default:
                return Every(rule, rule.Frequency switch { Frequency.Hourly => "hour", Frequency.Minutely => "minute", _ => "second" }) + Limits(rule) + months;
        }
    }

    private static string InMonth(RecurrenceRule rule, LocalDateTime start) => (rule.ByMonthDay.Count, rule.ByDay.Count) switch
    {
        (0, 0) => MonthDays([start.Day]),
        (0, _) => Weekdays(rule),
        (_, 0) => MonthDays(rule.ByMonthDay),
        _ => $"{MonthDays(rule.ByMonthDay)} if it is {Weekdays(rule, "a ")}",
    };

    private static string InYear(RecurrenceRule rule, LocalDateTime start)
    {
        var inMonths = rule.ByMonth.Count > 0 ? $" in {Join(rule.ByMonth.Select(Month))}" : "";
        var parts = new List<string>();
        if (rule.ByWeekNumber.Count > 0)
            parts.Add($"in {(rule.ByWeekNumber.Count == 1 ? "week" : "weeks")} {Join(FromStart(rule.ByWeekNumber).Select(n => n > 0 ? $"{n}" : $"{Ordinal(n)}"))}");
        if (rule.ByYearDay.Count > 0)
            parts.Add($"on the {Join(FromStart(rule.ByYearDay).Select(Ordinal))} day of the year");
        if (rule.ByMonthDay.Count > 0)
        {
            var alone = rule is { ByMonth.Count: 0, ByWeekNumber.Count: 0, ByYearDay.Count: 0 };
            parts.Add($"on {MonthDays(rule.ByMonthDay)}{(alone ? $" of {Month(start.Month)}" : rule.ByMonth.Count > 0 ? $" of {Join(rule.ByMonth.Select(Month))}" : "")}");
            inMonths = "";
        }

        if (rule.ByDay.Count > 0)
            parts.Add(rule.ByMonthDay.Count + rule.ByYearDay.Count > 0
                ? $"if it is {Weekdays(rule, "a ")}"
                : $"on {Weekdays(rule)}{(rule.ByMonth.Count == 0 && rule.ByDay.Any(d => d.Number != 0) ? " of the year" : "")}");
        else if (rule.ByWeekNumber.Count > 0 && rule.ByMonthDay.Count + rule.ByYearDay.Count == 0)
            parts.Add($"on {start.DayOfWeek}");
        if (parts.Count == 0)
            return rule.ByMonth.Count == 0 ? $"on {start.Day} {Month(start.Month)}" : $"on {Join(rule.ByMonth.Select(m => $"{start.Day} {Month(m)}"))}";
        return string.Join(" ", parts) + inMonths;
    }

    private static string Limits(RecurrenceRule rule)
    {
        var text = "";
        if (rule.ByYearDay.Count > 0)
            text += $" on the {Join(FromStart(rule.ByYearDay).Select(Ordinal))} day of the year";
        if (rule.ByMonthDay.Count > 0)
            text += $" on {MonthDays(rule.ByMonthDay)} of the month";
        if (rule.ByDay.Count > 0)
            text += rule.ByMonthDay.Count + rule.ByYearDay.Count > 0 ? $" if it is {Weekdays(rule, "a ")}" : $" on {Weekdays(rule)}";
        return text;
    }

    // Times of day where they are few; else each part by itself.
    private static string Clock(RecurrenceRule rule, LocalDateTime start)
    {
        if (rule.Frequency >= Frequency.Daily)
        {
            var (hours, minutes, seconds) = (Or(rule.ByHour, start.Hour), Or(rule.ByMinute, start.Minute), Or(rule.BySecond, start.Second));
            if ((long)hours.Count * minutes.Count * seconds.Count <= 6)
                return " at " + Join(from h in hours from m in minutes from s in seconds select Time(new LocalTime(h, m, Math.Min(s, 59))));
            return $" in {Part(hours, "hour")}, {Part(minutes, "minute")}{(seconds is [0] ? "" : ", " + Part(seconds, "second"))}";
        }

        var limits = new List<string>();
        if (rule.ByHour.Count > 0)
            limits.Add(Part(rule.ByHour, "hour"));
        if (rule.ByMinute.Count > 0 || rule.Frequency == Frequency.Hourly)
            limits.Add(Part(Or(rule.ByMinute, start.Minute), "minute"));
        var second = rule.BySecond.Count > 0 ? rule.BySecond : rule.Frequency > Frequency.Secondly && start.Second != 0 ? [start.Second] : [];
        if (second.Count > 0)
            limits.Add(Part(second, "second"));
        return limits is [] or ["minute 0"] ? "" : " at " + string.Join(", ", limits);
    }

    private static IReadOnlyList<int> Or(IReadOnlyList<int> given, int otherwise) => given.Count > 0 ? given : [otherwise];

    private static string Part(IReadOnlyList<int> values, string name) => $"{name}{(values.Count == 1 ? "" : "s")} {Join(values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}";

    private static string Every(RecurrenceRule rule, string unit) => rule.Interval switch
    {
        1 => $"every {unit}",
        2 => $"every other {unit}",
        var many => $"every {many} {unit}s",
    };

    private static string Weekdays(RecurrenceRule rule, string before = "") =>
        Join(rule.ByDay.OrderBy(d => d.Number == 0 ? 0 : d.Number > 0 ? d.Number : 100 + d.Number).ThenBy(d => d.Day).Select(d => d.Number == 0 ? $"{before}{d.Day}" : $"the {Ordinal(d.Number)} {d.Day}"));

    private static string MonthDays(IReadOnlyList<int> days) => $"the {Join(FromStart(days).Select(d => d > 0 ? Ordinal(d) : $"{Ordinal(d)} day"))}";

    private static string Positions(RecurrenceRule rule) =>
        $"the {Join(FromStart(rule.BySetPosition).Select(Ordinal))}";

    // 1st, 2nd, …; last, 2nd to last, ….
    private static string Ordinal(int number) => number switch
    {
        -1 => "last",
        < 0 => $"{Ordinal(-number)} to last",
        _ => number + (number % 100 is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }),
    };

    private static string End(RecurrenceRule rule, Until until, LocalDateTime start, DateTimeZone? zone)
    {
        var wall = until.In(zone);
        // The time only where it cuts into the last day.
        var latest = new LocalTime(Or(rule.ByHour, start.Hour)[^1], Or(rule.ByMinute, start.Minute)[^1], Math.Min(59, Or(rule.BySecond, start.Second)[^1]));
        if (until.Form == UntilForm.Date || (rule.Frequency >= Frequency.Daily && wall.TimeOfDay >= latest))
            return Date(wall.Date);
        return $"{Date(wall.Date)}, {Time(wall.TimeOfDay)}{(until.Form == UntilForm.Utc && zone is null ? " UTC" : "")}";
    }

    // The last ones behind the first ones.
    private static IEnumerable<int> FromStart(IEnumerable<int> numbers) => numbers.OrderBy(n => n > 0 ? n : 1_000 + n);

    private static string Times(int count) => count == 1 ? "one time" : $"{count} times";

    private static string Month(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static string Date(LocalDate date) => $"{date.Day} {Month(date.Month)} {date.Year}";

    private static string Time(LocalTime time) => time.Second == 0 ? $"{time.Hour:00}:{time.Minute:00}" : $"{time.Hour:00}:{time.Minute:00}:{time.Second:00}";

    private static string Join(IEnumerable<string> items)
    {
        var list = items.ToList();
        // Hostile lists have hundreds of items; a sentence has not.
        if (list.Count > 12)
            return $"{string.Join(", ", list.Take(10))} and {list.Count - 10} more";
        return list.Count == 1 ? list[0] : $"{string.Join(", ", list.Take(list.Count - 1))} and {list[^1]}";
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
