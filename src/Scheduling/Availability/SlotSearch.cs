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
    /// <summary>From the first start to the end of the last slot: the time that matters to the search. Empty if no start is tried.</summary>
    public TimeRange Window => Count == 0 ? new TimeRange(First, First) : new TimeRange(First, First + (Step * (Count - 1)) + Length);
}
