using NodaTime.TimeZones;

namespace Convene.Scheduling.Recurrence.Walk;

// The occurrences of one rule as instants, in order, from an instant on. Between clock changes an instant is the wall time less the offset. Around a change, wall
// times that are skipped or doubled go through the policy; they may change places with others, so they are sorted together. Two wall times that come to the same
// instant stay two occurrences: a rule gives wall times (RFC 5545 §3.3.10), and each can be changed or called off by itself.
internal struct ZonedCursor
{
    private readonly ZoneClock? clock;
    private readonly ZoneLocalMappingResolver policy;
    private readonly long from;
    private readonly long end;

    private RuleCursor walls;
    private ZoneClock.Stretch stretch;
    private bool ahead;
    private bool more;

    // Those around a clock change, sorted by instant; what is left of them.
    private (long Instant, long Wall)[]? odd;
    private int oddAt;
    private int oddCount;

    // From an instant (in) to an instant (out), in seconds since 0001-01-01T00:00Z; wall times if there is no clock.
    public ZonedCursor(RulePlan plan, RuleEnd ends, ZoneClock? clock, ZoneLocalMappingResolver policy, long from, long end, int budget)
    {
        this.clock = clock;
        this.policy = policy;
        this.from = from;
        this.end = Math.Min(end, ends.Instant);
        // An empty stretch: the first time looks for its own.
        stretch = new ZoneClock.Stretch(long.MaxValue, long.MinValue, long.MinValue, 0, 0);
        if (clock is null)
        {
            walls = new RuleCursor(plan, from, Math.Min(this.end - 1, ends.Wall), budget);
            return;
        }

        // NodaTime's instants end with the year 9999 in UTC.
        this.end = Math.Min(this.end, Days.End);
        walls = new RuleCursor(plan, clock.Around(from).Earliest, Math.Min(clock.Around(this.end).Latest, ends.Wall), budget);
    }

    public long Instant { get; private set; }

    public long Wall { get; private set; }

    public readonly bool Exhausted => walls.Exhausted;

    public bool MoveNext()
    {
        if (clock is null)
        {
            if (!walls.MoveNext())
                return false;
            Instant = Wall = walls.Current;
            return true;
        }

        while (true)
        {
            if (oddAt < oddCount)
                (Instant, Wall) = odd![oddAt++];
            else
            {
                if (!Pull())
                    return false;
                var wall = walls.Current;
                if (wall < stretch.Start || wall >= stretch.End)
                    stretch = clock.At(wall);
                if (wall >= stretch.Odd)
                {
                    Gather();
                    continue;
                }

                Wall = wall;
                Instant = wall - stretch.Offset;
            }

            if (Instant >= end)
                return false;
            if (Instant >= from)
                return true;
        }
    }

    private bool Pull()
    {
        if (!ahead)
            return walls.MoveNext();
        ahead = false;
        return more;
    }

    // All that may change places because of one clock change: what is skipped or doubled, and as much after it.
    private void Gather()
    {
        var (reach, width) = (stretch.End, Math.Abs(stretch.Change));
        var after = clock!.At(stretch.End);
        (oddAt, oddCount) = (0, 0);
        odd ??= new (long, long)[8];
        do
        {
            var wall = walls.Current;
            if (oddCount == odd.Length)
                Array.Resize(ref odd, oddCount * 2);
            odd[oddCount++] = (wall >= reach ? wall - after.Offset : clock.Odd(wall, stretch, policy), wall);
            more = walls.MoveNext();
        }
        while (more && walls.Current < Math.Min(reach + width, after.Odd));
        ahead = true;
        Array.Sort(odd, 0, oddCount);
    }
}

// Where UNTIL ends a rule: no wall time after this one, and no instant from this one on.
internal readonly record struct RuleEnd(long Wall, long Instant)
{
    public static readonly RuleEnd None = new(long.MaxValue, long.MaxValue);
}
