namespace Convene.Scheduling.Recurrence;

/// <summary>How long a period of a rule is (FREQ, RFC 5545 §3.3.10), the shortest first. Default value: <see cref="Secondly"/>.</summary>
public enum Frequency
{
    /// <summary>Every second.</summary>
    Secondly,

    /// <summary>Every minute.</summary>
    Minutely,

    /// <summary>Every hour.</summary>
    Hourly,

    /// <summary>Every day.</summary>
    Daily,

    /// <summary>Every week; on which day weeks begin is the rule's <see cref="RecurrenceRule.WeekStart"/>.</summary>
    Weekly,

    /// <summary>Every month.</summary>
    Monthly,

    /// <summary>Every year.</summary>
    Yearly,
}
