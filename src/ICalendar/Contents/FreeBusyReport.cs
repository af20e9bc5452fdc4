using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>A VFREEBUSY: somebody's busy time, or the question for it (RFC 5545 §3.6.4).</summary>
/// <remarks>What is not there is null or empty. Immutable; equality compares the arrays by reference.</remarks>
public sealed record FreeBusyReport
{
    /// <summary>The component that was read, with everything in it.</summary>
    public required CalendarComponent Component { get; init; }

    /// <summary>UID.</summary>
    public string? Uid { get; init; }

    /// <summary>DTSTAMP.</summary>
    public Instant? Stamp { get; init; }

    /// <summary>DTSTART: from when on the report tells.</summary>
    public CalendarTime? Start { get; init; }

    /// <summary>DTEND: until when it tells, not in it.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>ORGANIZER: who asks.</summary>
    public CalendarParty? Organizer { get; init; }

    /// <summary>ATTENDEEs: whose time it is.</summary>
    public ImmutableArray<CalendarParty> Attendees { get; init; } = [];

    /// <summary>FREEBUSYs, all lists in one, in the order written; they may overlap.</summary>
    public ImmutableArray<BusyPeriod> Periods { get; init; } = [];

    /// <summary>COMMENTs in order.</summary>
    public ImmutableArray<string> Comments { get; init; } = [];
}
