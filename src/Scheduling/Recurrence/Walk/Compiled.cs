using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Recurrence.Walk;

// A series made ready to be walked. Times are seconds since 0001-01-01T00:00, instants in UTC; without a clock both are the same.
internal sealed class Compiled
{
    public Compiled(Series series)
    {
        var clock = series.Clock;
        Rules = [.. series.Rules.Select(r => new CompiledRule(r, series, clock))];
        ExceptionRules = [.. series.ExceptionRules.Select(r => new CompiledRule(r, series, clock))];

        // A series without a rule has its start, and what is added (RFC 5545 §3.8.5.3).
        var added = series.Added.Select(a => At(a, series));
        if (series.Rules.Count == 0)
            added = added.Prepend(At(new GivenTime(series.Start, null), series));
        Added = [.. added.Distinct().Order()];
        DroppedWalls = [.. series.Dropped.Where(d => d.Offset is null).Select(d => Days.Seconds(d.Wall)).Distinct().Order()];
        DroppedInstants = [.. series.Dropped.Where(d => d.Offset is not null).Select(d => At(d, series).Instant).Distinct().Order()];
        DroppedDays = [.. series.DroppedDates.Select(d => Days.Of(d.Year, d.Month, d.Day)).Distinct().Order()];

        // The last word on an occurrence counts.
        for (var i = 0; i < series.Changes.Count; i++)
        {
            var id = series.Changes[i].Id;
            if (id.Offset is null)
                ChangedWalls[Days.Seconds(id.Wall)] = i;
            else
                ChangedInstants[At(id, series).Instant] = i;
        }

        Moved =
        [
            .. from i in ChangedWalls.Values.Concat(ChangedInstants.Values)
               where series.Changes[i].Start is not null
               let at = At(series.Changes[i].Start!.Value, series)
               orderby at.Instant, i
               select (at.Instant, at.Wall, i),
        ];
    }

    public CompiledRule[] Rules { get; }

    public CompiledRule[] ExceptionRules { get; }

    public (long Instant, long Wall)[] Added { get; }

    // What is named by a wall time is that one; what is named by an instant is whatever begins then.
    public long[] DroppedWalls { get; }

    public long[] DroppedInstants { get; }

    public int[] DroppedDays { get; }

    // By when they would have begun.
    public Dictionary<long, int> ChangedWalls { get; } = [];

    public Dictionary<long, int> ChangedInstants { get; } = [];

    public (long Instant, long Wall, int Change)[] Moved { get; }

    private static (long Instant, long Wall) At(GivenTime time, Series series)
    {
        var wall = Days.Seconds(time.Wall);
        if (series.Clock is not { } clock)
            wall -= series.IsDates ? 0 : time.Offset?.Seconds ?? 0;
        else if (time.Offset is { } offset)
            return (wall - offset.Seconds, wall - offset.Seconds + clock.OffsetAt(wall - offset.Seconds));
        else
            return (clock.InstantOf(wall, series.Policy), wall);
        return (wall, wall);
    }
}

internal sealed class CompiledRule(RecurrenceRule rule, Series series, ZoneClock? clock)
{
    private readonly RulePlan plan = new(rule, Days.Seconds(series.Start), series.IsDates);
    private readonly RuleEnd end = End(rule.Until, series.IsDates, clock);
    private readonly ZoneLocalMappingResolver policy = series.Policy;

    public ZonedCursor Walk(long from, long until, int budget) => new(plan, end, clock, policy, from, until, budget);

    private static RuleEnd End(Until? until, bool isDates, ZoneClock? clock)
    {
        if (until is not { } last)
            return RuleEnd.None;
        var at = Days.Seconds(last.At);
        return last.Form switch
        {
            UntilForm.Utc when clock is not null => new RuleEnd(long.MaxValue, at + 1),
            // A whole day, where a time was due.
            UntilForm.Date when !isDates => new RuleEnd(at + Days.SecondsPerDay - 1, long.MaxValue),
            _ => new RuleEnd(at, long.MaxValue),
        };
    }
}
