namespace Convene.Scheduling.Booking;

/// <summary>A participant's answer to an invitation (PARTSTAT, RFC 5545 §3.2.12). Everything but <see cref="Declined"/> holds the time.</summary>
public enum Answer
{
    /// <summary>Not answered yet (NEEDS-ACTION).</summary>
    Pending,

    /// <summary>Will come.</summary>
    Accepted,

    /// <summary>Will not come: the time is free again.</summary>
    Declined,

    /// <summary>May come.</summary>
    Tentative,
}
