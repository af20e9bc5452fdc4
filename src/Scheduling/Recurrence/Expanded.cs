namespace Convene.Scheduling.Recurrence;

/// <summary>Occurrences as a list.</summary>
/// <param name="Occurrences">In order, each once.</param>
/// <param name="End">Why the list ends.</param>
public sealed record Expanded(IReadOnlyList<Occurrence> Occurrences, ExpansionEnd End);
