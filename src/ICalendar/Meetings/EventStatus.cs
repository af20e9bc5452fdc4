namespace Convene.ICalendar;

/// <summary>How firm an event is: its STATUS (RFC 5545 §3.8.1.11).</summary>
public enum EventStatus
{
    /// <summary>CONFIRMED, the default here.</summary>
    Confirmed,

    /// <summary>TENTATIVE: asked for, not yet settled.</summary>
    Tentative,

    /// <summary>CANCELLED.</summary>
    Cancelled,
}
