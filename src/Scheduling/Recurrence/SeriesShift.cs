using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>How the wall times of a series change when all its occurrences move alike.</summary>
/// <param name="Days">By so many days, back if negative.</param>
/// <param name="Seconds">And to so much later by the clock, earlier if negative; less than a day.</param>
/// <remarks>Default value: nothing moves. Equality: by both parts.</remarks>
public readonly record struct SeriesShift(int Days, long Seconds)
{
    // Every month has a day of this number.
    private const int LastCommonDay = 28;
    private const int Week = 7;

    /// <summary>The shift that takes one wall time to another.</summary>
    public static SeriesShift Between(LocalDateTime from, LocalDateTime to) =>
        new(Period.DaysBetween(from.Date, to.Date), (to.TimeOfDay.NanosecondOfDay - from.TimeOfDay.NanosecondOfDay) / NodaConstants.NanosecondsPerSecond);

    /// <summary>Where a wall time comes to.</summary>
    public LocalDateTime Of(LocalDateTime wall) => wall.PlusDays(Days).PlusSeconds(Seconds);

    /// <summary>The rule of the shifted series: it gives the shifted wall times of the old one.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">What its series begins with.</param>
    /// <param name="zone">The series' zone, in which an UNTIL in UTC is understood.</param>
    /// <param name="newZone">The zone after the shift.</param>
    /// <returns>Null if no rule does that by days and times moved alike: then it has to be said anew.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public RecurrenceRule? Of(RecurrenceRule rule, LocalDateTime start, DateTimeZone zone, DateTimeZone newZone)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(newZone);
        if (Seconds != 0 && (NamesTimes(rule) || rule.Frequency < Frequency.Daily && NamesDays(rule)) || Days != 0 && !CanMoveDays(rule, start))
            return null;
        var days = Days;
        return rule with
        {
            ByDay = [.. rule.ByDay.Select(d => d with { Day = Later(d.Day, days) })],
            Until = rule.Until is { } until ? Of(until, zone, newZone) : null,
        };
    }

    private static bool NamesTimes(RecurrenceRule rule) => rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0;

    private static bool NamesDays(RecurrenceRule rule) => rule.ByDay.Count > 0 || NamesDates(rule);

    private static bool NamesDates(RecurrenceRule rule) => rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count + rule.ByMonth.Count > 0;

    private bool CanMoveDays(RecurrenceRule rule, LocalDateTime start)
    {
        if (NamesDates(rule) || rule.BySetPosition.Count > 0 || rule.ByDay.Any(d => d.Number != 0))
            return false;
        var to = Of(start);
        if (rule.Frequency >= Frequency.Monthly)
            return rule.ByDay.Count == 0 && start.Day <= LastCommonDay && to.Day <= LastCommonDay && start.Month == to.Month && start.Year == to.Year;
        // Of every second week: all its days have to stay in one week.
        var days = Days;
        return rule.Frequency != Frequency.Weekly || rule.Interval == 1
            || rule.ByDay.Select(d => d.Day).Append(start.DayOfWeek)
                .Select(d => (int)Math.Floor((((int)d - (int)rule.WeekStart + Week) % Week + days) / (double)Week)).Distinct().Count() == 1;
    }

    private Until Of(Until until, DateTimeZone zone, DateTimeZone newZone) => until.Form == UntilForm.Utc
        ? Until.Of(LocalTimes.ToInstant(Of(until.At.InUtc().WithZone(zone).LocalDateTime), newZone, LocalTimes.Rfc5545))
        : until with { At = until.Form == UntilForm.Date ? until.At.PlusDays(Days) : Of(until.At) };

    private static IsoDayOfWeek Later(IsoDayOfWeek day, int days) => (IsoDayOfWeek)((((int)day - 1 + days) % Week + Week) % Week + 1);
}
