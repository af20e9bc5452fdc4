namespace Convene.Scheduling.Recurrence;

/// <summary>What is wrong with a rule.</summary>
/// <param name="Part">The part it is about, such as <c>BYMONTH</c>; <c>RRULE</c> if it is about the whole.</param>
/// <param name="Reason">What is wrong and what would be right, as a sentence.</param>
/// <param name="Mendable">Whether the rule still has one obvious meaning, which a tolerant reader takes.</param>
public sealed record RuleProblem(string Part, string Reason, bool Mendable = false)
{
    /// <summary>Part and reason in one line.</summary>
    public override string ToString() => $"{Part}: {Reason}";
}
