using Convene.Scheduling.Time;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Availability;

/// A day of somebody's in hours, as system 3 has it, on the clocks of their zone.
/// <param name="Id">Of the blocked hours; null if none were ever set for that day.</param>
/// <param name="Blocked">Hours, from 0 to 23, that the person has blocked.</param>
/// <param name="Available">Hours that no rule of theirs takes.</param>
/// <param name="Booked">Of those, the ones in which something is booked.</param>
public sealed record HoursOfDay(
    long? Id, long UserId, string Username, string Email, DateTimeZone Zone, LocalDate Date,
    IReadOnlyList<int> Blocked, IReadOnlyList<int> Available, IReadOnlyList<int> Booked, Instant? CreatedAt, Instant? UpdatedAt)
{
    internal static async Task<HoursOfDay> Read(Tx tx, PeopleRows.Person person, LocalDate date)
    {
        var zone = Schedules.Zone(person.Timezone);
        var day = Day(date, zone);
        var rule = await AvailabilityRows.OnDate(tx, person.Id, AvailabilityRows.Blocked, date);
        var schedule = (await Schedules.Of(tx, [(person.Id, person.Timezone)], day))[person.Id].OpenAllDayUnlessSet();
        var entries = TimeRanges.Of((await BusyTimes.Entries(tx, [person.Id], day, viewer: 0)).Select(b => b.Busy.Range));
        var (open, taken) = (schedule.OpenHours(day), TimeRanges.Of(schedule.Blocks(day).Select(b => b.Range)));
        int[] available = [.. Hours(date, zone).Where(h => open.Covers(h.Range) && !taken.Overlaps(h.Range)).Select(h => h.Hour)];
        return new HoursOfDay(
            rule?.Id, person.Id, await AccountRows.ById(tx, person.Id) is { Username: { } name } ? name : person.Email ?? "", person.Email ?? "", zone, date,
            [.. BlockedBy(rule)],
            available,
            [.. Hours(date, zone).Where(h => available.Contains(h.Hour) && entries.Overlaps(h.Range)).Select(h => h.Hour)],
            rule?.CreatedAt, rule?.UpdatedAt);
    }

    /// The hours of a date; one that a clock change skips is not there.
    internal static IEnumerable<(int Hour, TimeRange Range)> Hours(LocalDate date, DateTimeZone zone)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var from = LocalTimes.ToInstant(date.AtMidnight().PlusHours(hour), zone, LocalTimes.Rfc5545);
            var to = LocalTimes.ToInstant(date.AtMidnight().PlusHours(hour + 1), zone, LocalTimes.Rfc5545);
            if (from < to)
                yield return (hour, new TimeRange(from, to));
        }
    }

    internal static TimeRange Day(LocalDate date, DateTimeZone zone) => new(
        LocalTimes.ToInstant(date.AtMidnight(), zone, LocalTimes.Rfc5545), LocalTimes.ToInstant(date.PlusDays(1).AtMidnight(), zone, LocalTimes.Rfc5545));

    private static IEnumerable<int> BlockedBy(AvailabilityRows.Rule? rule)
    {
        var ranges = Schedules.Ranges(rule?.Ranges);
        return Enumerable.Range(0, 24).Where(h => ranges.Any(r => Minutes(r.Start) < (h + 1) * 60 && h * 60 < (r.End <= r.Start ? 24 * 60 : Minutes(r.End))));
    }

    private static int Minutes(LocalTime time) => (time.Hour * 60) + time.Minute;
}
