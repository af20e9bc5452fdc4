using Convene.Scheduling.Time;
using Convene.Scheduling.Recurrence;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Recurrence;

/// How the times of a series change when one of its occurrences is moved with the others: by whole days, and to another time of day and zone.
internal sealed record Shift(int Days, LocalTime Time, DateTimeZone Zone, Duration Length)
{
    public LocalDateTime Of(LocalDateTime wall) => wall.Date.PlusDays(Days) + Time;

    /// The rule for the shifted series; null if it names days that can't be shifted by themselves.
    public RecurrenceRule? Of(RecurrenceRule rule, LocalDateTime start, DateTimeZone zone)
    {
        if (rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0 && Time != start.TimeOfDay)
            return null;
        var days = rule.ByDay;
        if (Days % 7 != 0 && days.Count > 0)
        {
            if (days.Any(d => d.Number != 0) || rule.BySetPosition.Count > 0)
                return null;
            days = [.. days.Select(d => d with { Day = Later(d.Day) })];
        }

        if (Days != 0 && rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count + rule.ByMonth.Count > 0)
            return null;
        return rule with { ByDay = days, Until = rule.Until is { } until ? Of(until, zone) : null };
    }

    private Until Of(Until until, DateTimeZone zone)
    {
        if (until.Form != UntilForm.Utc)
            return until with { At = until.At.PlusDays(Days) };
        // The last occurrence moves with the others: so does the end.
        var last = until.At.InUtc().WithZone(zone).LocalDateTime;
        var moved = last.PlusDays(Days);
        return Until.Of(LocalTimes.ToInstant(Time > moved.TimeOfDay ? moved.Date + Time : moved, Zone, LocalTimes.Rfc5545));
    }

    private IsoDayOfWeek Later(IsoDayOfWeek day) => (IsoDayOfWeek)((((int)day - 1 + Days) % 7 + 7) % 7 + 1);
}
