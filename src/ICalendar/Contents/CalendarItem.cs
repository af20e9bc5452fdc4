using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>A VEVENT, VTODO, VJOURNAL or AVAILABLE with its values read (RFC 5545 §3.6, RFC 7953).</summary>
/// <remarks>
/// What is not there is null or empty; what cannot be understood is left out too, and told in <see cref="CalendarContents.Problems"/>.
/// Texts are unescaped. Immutable; equality compares <see cref="ImmutableArray{T}"/>s by reference.
/// </remarks>
public sealed record CalendarItem
{
    /// <summary>What kind of component it is.</summary>
    public required ItemKind Kind { get; init; }

    /// <summary>The component that was read, with everything in it.</summary>
    public required CalendarComponent Component { get; init; }

    /// <summary>UID, the name for life; null when missing. One UID may have several items: a series and its changed occurrences.</summary>
    public string? Uid { get; init; }

    /// <summary>SEQUENCE, the version; zero when missing.</summary>
    public int Sequence { get; init; }

    /// <summary>DTSTAMP: when this description or, in a reply, this answer was made.</summary>
    public Instant? Stamp { get; init; }

    /// <summary>DTSTART.</summary>
    public CalendarTime? Start { get; init; }

    /// <summary>DTEND, not in it; for a VTODO its DUE.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>DURATION, used where there is no <see cref="End"/>.</summary>
    public CalendarDuration? Length { get; init; }

    /// <summary>RRULEs as they stand on the line.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>EXRULEs as they stand on the line (RFC 2445).</summary>
    public ImmutableArray<string> ExceptionRules { get; init; } = [];

    /// <summary>RDATEs: occurrences beside the rule's, some with a length of their own.</summary>
    public ImmutableArray<CalendarPeriod> AddedTimes { get; init; } = [];

    /// <summary>EXDATEs: starts of occurrences that do not take place.</summary>
    public ImmutableArray<CalendarTime> ExceptionTimes { get; init; } = [];

    /// <summary>RECURRENCE-ID: which occurrence of the series this describes; null for a series or a single meeting.</summary>
    public CalendarTime? RecurrenceId { get; init; }

    /// <summary>Whether RANGE=THISANDFUTURE says that the later occurrences change as well.</summary>
    public bool AndFuture { get; init; }

    /// <summary>STATUS in upper case: TENTATIVE, CONFIRMED, CANCELLED, and a task's NEEDS-ACTION, COMPLETED, IN-PROCESS.</summary>
    public string? Status { get; init; }

    /// <summary>Whether the time stays free: TRANSP says so, or Outlook's own words do where there is no TRANSP.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>SUMMARY.</summary>
    public string? Summary { get; init; }

    /// <summary>DESCRIPTION.</summary>
    public string? Description { get; init; }

    /// <summary>LOCATION.</summary>
    public string? Location { get; init; }

    /// <summary>URL as it stands on the line; nobody has checked that it is one.</summary>
    public string? Url { get; init; }

    /// <summary>CLASS in upper case: PUBLIC, PRIVATE, CONFIDENTIAL.</summary>
    public string? Classification { get; init; }

    /// <summary>PRIORITY from 0, undefined, and 1, highest, to 9.</summary>
    public int Priority { get; init; }

    /// <summary>ORGANIZER. Exchange leaves it out of some replies.</summary>
    public CalendarParty? Organizer { get; init; }

    /// <summary>ATTENDEEs in order. A reply has one: who answers.</summary>
    public ImmutableArray<CalendarParty> Attendees { get; init; } = [];

    /// <summary>COMMENTs in order: what the one who answers has to say.</summary>
    public ImmutableArray<string> Comments { get; init; } = [];

    /// <summary>CATEGORIES, all lists in one.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>CREATED.</summary>
    public Instant? Created { get; init; }

    /// <summary>LAST-MODIFIED.</summary>
    public Instant? LastModified { get; init; }

    /// <summary>COMPLETED, of a task.</summary>
    public Instant? Completed { get; init; }

    /// <summary>VALARMs in order.</summary>
    public ImmutableArray<CalendarAlarm> Alarms { get; init; } = [];

    /// <summary>Whether STATUS says that it does not take place.</summary>
    public bool IsCancelled => Status == "CANCELLED";

    /// <summary>Whether it is more than one occurrence by itself: it has rules or added times.</summary>
    public bool Recurs => !Rules.IsEmpty || !AddedTimes.IsEmpty;
}
