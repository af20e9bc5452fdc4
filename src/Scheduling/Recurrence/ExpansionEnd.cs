namespace Convene.Scheduling.Recurrence;

/// <summary>Why there are no more occurrences. Default value: <see cref="Complete"/>.</summary>
public enum ExpansionEnd
{
    /// <summary>These are all that there are in the window.</summary>
    Complete,

    /// <summary>As many as asked for; there are more.</summary>
    Limited,

    /// <summary>The budget was spent: whether there are more is not known.</summary>
    BudgetSpent,
}
