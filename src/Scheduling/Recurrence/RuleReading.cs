namespace Convene.Scheduling.Recurrence;

/// <summary>What a tolerant reader made of the text of a rule.</summary>
/// <param name="Rule">The rule; null if there is none to be had.</param>
/// <param name="Problem">Why there is none; null if there is one.</param>
/// <param name="Mended">What was wrong and is read with its one obvious meaning; empty if nothing was.</param>
public sealed record RuleReading(RecurrenceRule? Rule, RuleProblem? Problem, IReadOnlyList<RuleProblem> Mended);
