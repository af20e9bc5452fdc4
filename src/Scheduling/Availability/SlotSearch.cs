using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>What is looked for: slots of one length whose starts lie on a grid.</summary>
/// <param name="First">The first start that is tried.</param>
/// <param name="Step">From one start to the next; positive.</param>
/// <param name="Count">How many starts are tried; not negative.</param>
/// <param name="Length">Of a slot; positive.</param>
/// <param name="Rule">How a slot must lie in everybody's hours.</param>
public sealed record SlotSearch(Instant First, Duration Step, int Count, Duration Length, WorkingHoursRule Rule = WorkingHoursRule.Contained)
{
    /// <summary>How long before a slot nothing else may take up anybody's time; not negative. Hours may end in it.</summary>
    public Duration BufferBefore { get; init; } = Duration.Zero;

    /// <summary>How long after a slot nothing else may take up anybody's time; not negative. Hours may end in it.</summary>
    public Duration BufferAfter { get; init; } = Duration.Zero;

    /// <summary>Nothing earlier is offered (notice that people want to have); null: no such bound.</summary>
    public Instant? Earliest { get; init; }

    /// <summary>From the first start to the end of the last slot, with the buffers around: the time that matters to the search. If no start is tried, only the buffers.</summary>
    public TimeRange Window => new(First - BufferBefore, (Count == 0 ? First : First + (Step * (Count - 1)) + Length) + BufferAfter);
}
