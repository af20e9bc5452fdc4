using System.Runtime.CompilerServices;
using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Recurrence.Walk;

// The clock changes of a zone, in seconds since 0001-01-01T00:00 (UTC for instants). By RFC 5545 §3.3.5 a wall time is read with the offset before a change up to
// the later of the two wall times that the change happens at, and with the offset after it from there on: one step, for gaps and folds alike.
internal sealed class ZoneClock
{
    // All changes that tz data list one by one are before; after it the rules of the zone repeat with the calendar, every 400 years.
    private const int RepeatsFrom = 2200;
    private const long Cycle = (long)Days.PerCycle * Days.SecondsPerDay;

    // No change shifts clocks by more than a day.
    public const long Furthest = 26 * 3600;

    private static readonly ConditionalWeakTable<DateTimeZone, ZoneClock> Known = [];
    private static readonly long Repeats = (long)Days.OfYear(RepeatsFrom) * Days.SecondsPerDay;

    // Change i: happens at an instant, steps at a wall time, from offset i to offset i + 1.
    private readonly long[] instants;
    private readonly long[] steps;
    private readonly int[] offsets;

    private ZoneClock(DateTimeZone zone)
    {
        var (at, step, offset) = (new List<long>(), new List<long>(), new List<int>());
        var until = Instant.FromUtc(RepeatsFrom + Days.YearsPerCycle + 1, 1, 1, 0, 0);
        foreach (var interval in zone.GetZoneIntervals(Instant.FromUtc(1, 1, 2, 0, 0), until))
        {
            if (interval.HasStart && offset.Count > 0)
            {
                if (offset[^1] == interval.WallOffset.Seconds)
                    continue;
                at.Add(interval.Start.ToUnixTimeSeconds() + Days.UnixEpoch);
                step.Add(at[^1] + Math.Max(offset[^1], interval.WallOffset.Seconds));
            }

            offset.Add(interval.WallOffset.Seconds);
        }

        (instants, steps, offsets) = ([.. at], [.. step], [.. offset]);
        Zone = zone;
    }

    public DateTimeZone Zone { get; }

    public static ZoneClock Of(DateTimeZone zone) => Known.GetValue(zone, static z => new ZoneClock(z));

    // The stretch between two steps that a wall time is in, and what comes with the next change.
    public Stretch At(long wall)
    {
        var shift = wall < Repeats + Cycle ? 0 : (wall - Repeats) / Cycle * Cycle;
        var index = steps.AsSpan().BinarySearch(wall - shift);
        return Number(index < 0 ? ~index : index + 1, shift);
    }

    public int OffsetAt(long instant)
    {
        var shift = instant < Repeats + Cycle ? 0 : (instant - Repeats) / Cycle * Cycle;
        var index = instants.AsSpan().BinarySearch(instant - shift);
        return offsets[index < 0 ? ~index : index + 1];
    }

    // The instant of a wall time; by the policy if clocks skip or double it.
    public long InstantOf(long wall, ZoneLocalMappingResolver policy)
    {
        var stretch = At(wall);
        return wall < stretch.Odd ? wall - stretch.Offset : Odd(wall, stretch, policy);
    }

    // The same for a wall time known to be skipped or doubled, in the stretch before the change.
    public long Odd(long wall, Stretch stretch, ZoneLocalMappingResolver policy) => ReferenceEquals(policy, LocalTimes.Rfc5545)
        ? wall - stretch.Offset
        : LocalTimes.ToInstant(Days.Wall(wall), Zone, policy).ToUnixTimeSeconds() + Days.UnixEpoch;

    // The wall times that may mean an instant or a later one begin here, whatever the policy; and those that may mean an earlier one end here.
    public (long Earliest, long Latest) Around(long instant)
    {
        var shift = instant < Repeats + Cycle ? 0 : (instant - Repeats) / Cycle * Cycle;
        var first = Index(instant - shift - Furthest);
        var last = Index(instant - shift + Furthest);
        var (least, most) = (offsets[first], offsets[first]);
        for (var i = first + 1; i <= last; i++)
            (least, most) = (Math.Min(least, offsets[i]), Math.Max(most, offsets[i]));
        return (instant + least, instant + most);

        int Index(long at)
        {
            var index = instants.AsSpan().BinarySearch(at);
            return index < 0 ? ~index : index + 1;
        }
    }

    private Stretch Number(int index, long shift)
    {
        var start = index == 0 ? long.MinValue : steps[index - 1] + shift;
        if (index == steps.Length)
            return new Stretch(start, long.MaxValue, long.MaxValue, offsets[index], 0);
        var change = offsets[index + 1] - offsets[index];
        var end = steps[index] + shift;
        return new Stretch(start, end, end - Math.Abs(change), offsets[index], change);
    }

    // Wall times from start (in) to end (out) have this offset; from odd on they are skipped (change > 0) or doubled (change < 0).
    public readonly record struct Stretch(long Start, long End, long Odd, int Offset, int Change);
}
