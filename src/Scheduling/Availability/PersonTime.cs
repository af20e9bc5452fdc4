using Convene.Scheduling.Time;

namespace Convene.Scheduling.Availability;

/// <summary>One person's time around a search: when they can be met, and what takes it up.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="Schedule">Their hours.</param>
/// <param name="Busy">What takes up their time, at least throughout the search.</param>
public sealed record PersonTime(long PersonId, Schedule Schedule, TimeRanges Busy);
