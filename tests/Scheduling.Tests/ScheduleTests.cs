using Convene.Scheduling.Availability;
using Convene.Scheduling.Tests.Slots;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests;

/// Hours are worked out by subtraction between two clock changes; around them it must come to what LocalTimes says of every wall time.
public sealed class ScheduleTests
{
    [Fact]
    public void Around_every_odd_clock_change_each_wall_time_is_read_as_rfc_5545_says_in_whatever_order_they_come()
    {
        foreach (var (id, near) in Worlds.Odd)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var times = Enumerable.Range(0, 96).Select(q => LocalTime.Midnight.PlusMinutes(15 * q)).ToArray();
            // A late end comes before an early beginning, and the other way round.
            foreach (var hours in (DailyHours[][])[[.. times.Select(t => new DailyHours(t, t.PlusMinutes(31)))], [.. times.Select(t => new DailyHours(t, t.PlusHours(20)))], [.. times.Select(t => new DailyHours(t, t.PlusSeconds(-1)))]])
            {
                var window = new TimeRange(near - Duration.FromDays(2), near + Duration.FromDays(2));
                var schedule = new Schedule(zone, hours.SelectMany(Schedule.Week));
                var expected =
                    from around in Enumerable.Range(-6, 13)
                    let day = near.InUtc().Date.PlusDays(around)
                    from h in hours
                    let start = LocalTimes.ToInstant(day + h.Start, zone, LocalTimes.Rfc5545)
                    let end = LocalTimes.ToInstant((h.End <= h.Start ? day.PlusDays(1) : day) + h.End, zone, LocalTimes.Rfc5545)
                    where start < end && start <= window.End && window.Start <= end
                    orderby start, end
                    select new TimeRange(start, end);
                schedule.Stretches(window).OrderBy(r => r.Start).ThenBy(r => r.End).ShouldBe(expected, id);
            }
        }
    }

    [Fact]
    public void A_schedule_opens_on_what_its_dates_say_and_closes_on_an_empty_one()
    {
        var schedule = new Schedule(
            DateTimeZone.Utc, Schedule.Week(new DailyHours(new LocalTime(9, 0), new LocalTime(17, 0))),
            new Dictionary<LocalDate, IReadOnlyList<DailyHours>> { [new(2030, 3, 5)] = [], [new(2030, 3, 6)] = [new(new LocalTime(7, 0), new LocalTime(8, 0))] });
        var week = new TimeRange(Instant.FromUtc(2030, 3, 4, 12, 0), Instant.FromUtc(2030, 3, 7, 9, 0));
        schedule.OpenHours(week).Ranges.Select(r => $"{r.Start.InUtc():dd'T'HH}-{r.End.InUtc():HH}").ShouldBe(["04T09-17", "06T07-08", "07T09-17"]);
    }
}
