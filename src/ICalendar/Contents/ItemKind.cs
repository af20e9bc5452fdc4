namespace Convene.ICalendar;

/// <summary>What kind of component an item is.</summary>
public enum ItemKind
{
    /// <summary>VEVENT (RFC 5545 §3.6.1).</summary>
    Event,

    /// <summary>VTODO (§3.6.2).</summary>
    Todo,

    /// <summary>VJOURNAL (§3.6.3).</summary>
    Journal,

    /// <summary>AVAILABLE, inside a VAVAILABILITY (RFC 7953 §3.1).</summary>
    Available,
}
