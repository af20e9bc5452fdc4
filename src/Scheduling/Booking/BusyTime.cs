using Convene.Scheduling.Time;

namespace Convene.Scheduling.Booking;

/// <summary>One stretch of one person's time that an entry on their calendar takes up.</summary>
/// <param name="PersonId">Whose time.</param>
/// <param name="EntryId">What takes it up; two ranges of one entry never clash with each other.</param>
/// <param name="Range">When; half-open, not empty.</param>
public readonly record struct BusyTime(long PersonId, long EntryId, TimeRange Range);
