namespace Convene.Scheduling.Recurrence;

/// <summary>What becomes of days that a month or year does not have, such as 31 April (SKIP, RFC 7529 §4.1). Default value: <see cref="Omit"/>.</summary>
public enum Skip
{
    /// <summary>They are left out, as RFC 5545 has it.</summary>
    Omit,

    /// <summary>The last day before them is taken: 30 April.</summary>
    Backward,

    /// <summary>The first day after them is taken: 1 May.</summary>
    Forward,
}
