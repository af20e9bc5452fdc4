namespace Convene.ICalendar;

/// <summary>What a calendar sent from one person to another asks for: the METHOD (RFC 5546 §1.4, §3.2).</summary>
public enum ItipMethod
{
    /// <summary>Here are events to look at; nobody is asked for anything, so no attendee is named (§3.2.1).</summary>
    Publish,

    /// <summary>The organizer invites, or sends a new version (§3.2.2).</summary>
    Request,

    /// <summary>One attendee answers the organizer (§3.2.3).</summary>
    Reply,

    /// <summary>The organizer adds an occurrence to a series (§3.2.4).</summary>
    Add,

    /// <summary>The organizer calls the meeting off, or takes attendees off it (§3.2.5).</summary>
    Cancel,

    /// <summary>One attendee asks the organizer for the latest version (§3.2.6).</summary>
    Refresh,

    /// <summary>One attendee proposes a change to the organizer (§3.2.7).</summary>
    Counter,

    /// <summary>The organizer turns such a proposal down (§3.2.8).</summary>
    DeclineCounter,
}
