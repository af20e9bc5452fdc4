using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>A rule as the fields of a form give it: what people fill in, and what can be shown to them again. Days and months are those of the series' start.</summary>
/// <remarks>Equality: by the fields; the days of the week in order.</remarks>
public sealed record RuleForm
{
    /// <summary>Daily to yearly.</summary>
    public required Frequency Frequency { get; init; }

    /// <summary>Every how many of them; at least 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>Weekly forms: the days; none means the day of the start.</summary>
    public IReadOnlyList<IsoDayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Monthly and yearly forms: on what.</summary>
    public MonthlyMode Mode { get; init; }

    /// <summary>For <see cref="MonthlyMode.Weekday"/>: the 1st to 4th, or -1 for the last; null as the start is (the fifth counts as the last).</summary>
    public int? Week { get; init; }

    /// <summary>The last date; null for no such end.</summary>
    public LocalDate? Until { get; init; }

    /// <summary>How many occurrences; null for no such end.</summary>
    public int? Count { get; init; }

    /// <summary>The rule that a form gives in a series.</summary>
    /// <param name="start">What the series begins with.</param>
    /// <param name="zone">Its zone; null if it is floating.</param>
    /// <param name="isDates">Whether it has dates.</param>
    /// <exception cref="InvalidOperationException">The frequency is below days, both ends are given, a number is out of range, or there are days of the week in a form that is not weekly.</exception>
    public RecurrenceRule ToRule(LocalDateTime start, DateTimeZone? zone, bool isDates = false)
    {
        if (Frequency < Frequency.Daily)
            throw new InvalidOperationException("A form repeats daily, weekly, monthly or yearly.");
        if (Until is not null && Count is not null)
            throw new InvalidOperationException("A form has one end: a date or a number.");
        if (Weekdays.Count > 0 && Frequency != Frequency.Weekly)
            throw new InvalidOperationException("Days of the week are a weekly form's.");
        if (Week is not (null or -1 or (>= 1 and <= 4)))
            throw new InvalidOperationException("The week is 1 to 4, or -1 for the last.");
        var byMonth = Frequency >= Frequency.Monthly;
        var rule = new RecurrenceRule(Frequency)
        {
            Interval = Interval,
            Count = Count,
            Until = Until is { } last ? End(last, zone, isDates) : null,
            ByDay = Frequency == Frequency.Weekly ? [.. Weekdays.Select(d => new WeekdayNumber(d))]
                : byMonth && Mode == MonthlyMode.Weekday ? [new WeekdayNumber(start.DayOfWeek, Week ?? WeekOf(start.Day))] : [],
            ByMonthDay = byMonth && Mode == MonthlyMode.LastDay ? [-1] : [],
            ByMonth = Frequency == Frequency.Yearly && Mode != MonthlyMode.DayOfMonth ? [start.Month] : [],
        };
        return rule;
    }

    /// <summary>The form that gives a rule, if some form does.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">What its series begins with.</param>
    /// <param name="zone">Its zone; null if it is floating.</param>
    /// <param name="isDates">Whether it has dates.</param>
    /// <param name="form">The form, if there is one.</param>
    /// <returns>Whether there is one: other rules can only be shown in words.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public static bool TryFrom(RecurrenceRule rule, LocalDateTime start, DateTimeZone? zone, bool isDates, [NotNullWhen(true)] out RuleForm? form)
    {
        ArgumentNullException.ThrowIfNull(rule);
        form = null;
        if (rule.Frequency < Frequency.Daily || rule.Count is not null && rule.Until is not null)
            return false;
        var weekday = rule.Frequency >= Frequency.Monthly && rule.ByDay is [{ Number: not 0 }];
        var guess = new RuleForm
        {
            Frequency = rule.Frequency,
            Interval = rule.Interval,
            Weekdays = rule.Frequency == Frequency.Weekly ? [.. rule.ByDay.Select(d => d.Day)] : [],
            Mode = weekday ? MonthlyMode.Weekday : rule.ByMonthDay is [-1] ? MonthlyMode.LastDay : MonthlyMode.DayOfMonth,
            Week = weekday && rule.ByDay[0].Number is -1 or (>= 1 and <= 4) ? rule.ByDay[0].Number : null,
            Count = rule.Count,
            Until = rule.Until is { } until ? until.In(zone).Date : null,
        };
        // Whatever else the rule says, the form would lose. Ends may differ within the day: the form means all of it.
        if (guess.ToRule(start, zone, isDates) with { Until = rule.Until, WeekStart = rule.WeekStart } != rule || (rule.WeekStart != IsoDayOfWeek.Monday && rule.Frequency == Frequency.Weekly && rule.Interval > 1))
            return false;
        form = guess;
        return true;
    }

    /// <summary>Whether both say the same.</summary>
    public bool Equals(RuleForm? other) => other is not null
        && (Frequency, Interval, Mode, Week, Until, Count) == (other.Frequency, other.Interval, other.Mode, other.Week, other.Until, other.Count)
        && Weekdays.Order().SequenceEqual(other.Weekdays.Order());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frequency, Interval, Mode, Week, Until, Count, Weekdays.Count);

    private static int WeekOf(int day) => day > 28 ? -1 : ((day - 1) / 7) + 1;

    // To the end of the day, in the form that the series wants (RFC 5545 §3.3.10).
    private static Until End(LocalDate last, DateTimeZone? zone, bool isDates)
    {
        if (isDates)
            return Recurrence.Until.Of(last);
        var evening = last.At(new LocalTime(23, 59, 59));
        return zone is null ? new Until(evening, UntilForm.Wall) : Recurrence.Until.Of(Time.LocalTimes.ToInstant(evening, zone, Time.LocalTimes.Rfc5545));
    }
}
