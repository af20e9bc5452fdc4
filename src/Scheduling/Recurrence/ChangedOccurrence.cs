using Convene.Scheduling.Time;

namespace Convene.Scheduling.Recurrence;

/// <summary>One occurrence of a series that was changed or called off by itself (RECURRENCE-ID, RFC 5545 §3.8.4.4).</summary>
/// <param name="Id">When it would have begun.</param>
/// <param name="Start">When it begins instead; null if it was called off.</param>
/// <param name="Length">How long it is; null as the series says.</param>
public sealed record ChangedOccurrence(GivenTime Id, GivenTime? Start, OccurrenceLength? Length = null);
