namespace Convene.ICalendar;

/// <summary>What an attendee has answered: the PARTSTAT parameter of events (RFC 5545 §3.2.12).</summary>
public enum Participation
{
    /// <summary>NEEDS-ACTION, the default: no answer yet.</summary>
    NeedsAction,

    /// <summary>ACCEPTED.</summary>
    Accepted,

    /// <summary>DECLINED.</summary>
    Declined,

    /// <summary>TENTATIVE: perhaps.</summary>
    Tentative,
}
