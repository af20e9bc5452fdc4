namespace Convene.Scheduling.Recurrence;

/// <summary>How the end of a rule was written (UNTIL, RFC 5545 §3.3.10). Default value: <see cref="Date"/>.</summary>
public enum UntilForm
{
    /// <summary>A date; right for series of dates.</summary>
    Date,

    /// <summary>A wall time; right for floating series.</summary>
    Wall,

    /// <summary>A time in UTC; right for series in a zone.</summary>
    Utc,
}
