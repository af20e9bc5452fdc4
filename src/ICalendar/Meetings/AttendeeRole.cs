namespace Convene.ICalendar;

/// <summary>How much an attendee is expected: the ROLE parameter (RFC 5545 §3.2.16).</summary>
public enum AttendeeRole
{
    /// <summary>REQ-PARTICIPANT, the default.</summary>
    Required,

    /// <summary>OPT-PARTICIPANT.</summary>
    Optional,

    /// <summary>CHAIR: leads the meeting.</summary>
    Chair,
}
