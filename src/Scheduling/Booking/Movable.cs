using Convene.Scheduling.Time;

namespace Convene.Scheduling.Booking;

/// <summary>A meeting that may be moved, and whose time it takes.</summary>
/// <param name="EntryId">Which.</param>
/// <param name="Range">When it is; not empty.</param>
/// <param name="People">Who holds the time; not empty.</param>
public sealed record Movable(long EntryId, TimeRange Range, IReadOnlyList<long> People);
