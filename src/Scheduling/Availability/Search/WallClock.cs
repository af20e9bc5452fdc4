using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Availability.Search;

// Wall times of a zone to instants, both in ticks since their epoch, by the reading of RFC 5545 (LocalTimes.Rfc5545): doubled, the first; skipped, with the
// offset before the gap. It remembers the stretch of wall time between two clock changes that it was last asked for, and costs a subtraction there.
internal struct WallClock(DateTimeZone zone)
{
    // No clock is further from UTC.
    private const long Furthest = 18 * NodaConstants.TicksPerHour;

    private long from = long.MaxValue;
    private long until = long.MinValue;
    private long offset;

    public long ToTicks(long wall) => wall >= from && wall < until ? wall - offset : Resolve(wall);

    private long Resolve(long wall)
    {
        // Clocks that show this time do so after this instant: the first interval that ends later by its own clocks is the one.
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeTicks(wall - Furthest));
        var before = interval;
        while (interval.HasEnd && wall >= interval.End.ToUnixTimeTicks() + interval.WallOffset.Ticks)
        {
            before = interval;
            interval = zone.GetZoneInterval(interval.End);
        }

        Remember(interval);
        var skipped = interval.HasStart && wall < interval.Start.ToUnixTimeTicks() + interval.WallOffset.Ticks;
        return wall - (skipped ? before : interval).WallOffset.Ticks;
    }

    private void Remember(ZoneInterval interval)
    {
        offset = interval.WallOffset.Ticks;
        // By then the clocks before it have shown everything that they ever did, and its own show nothing that was skipped.
        from = interval.HasStart ? interval.Start.ToUnixTimeTicks() + Furthest : long.MinValue;
        until = interval.HasEnd ? interval.End.ToUnixTimeTicks() + offset : long.MaxValue;
    }
}
