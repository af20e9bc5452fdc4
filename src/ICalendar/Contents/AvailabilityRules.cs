using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>A VAVAILABILITY: in its time somebody is not available but when its AVAILABLE parts say so (RFC 7953 §3.1).</summary>
/// <remarks>What is not there is null or empty. Immutable; equality compares the arrays by reference.</remarks>
public sealed record AvailabilityRules
{
    /// <summary>The component that was read, with everything in it.</summary>
    public required CalendarComponent Component { get; init; }

    /// <summary>UID.</summary>
    public string? Uid { get; init; }

    /// <summary>DTSTAMP.</summary>
    public Instant? Stamp { get; init; }

    /// <summary>DTSTART; null for ever since.</summary>
    public CalendarTime? Start { get; init; }

    /// <summary>DTEND, not in it; null where a length is given, or for ever.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>DURATION.</summary>
    public CalendarDuration? Length { get; init; }

    /// <summary>PRIORITY: 1 is the highest, 9 the lowest but for 0, which is below all. Of two rules for one time the higher one holds.</summary>
    public int Priority { get; init; }

    /// <summary>BUSYTYPE in upper case, what the time is that no part opens: BUSY, BUSY-UNAVAILABLE (when missing) or BUSY-TENTATIVE.</summary>
    public string BusyType { get; init; } = "BUSY-UNAVAILABLE";

    /// <summary>SUMMARY.</summary>
    public string? Summary { get; init; }

    /// <summary>ORGANIZER: whose availability it is.</summary>
    public CalendarParty? Organizer { get; init; }

    /// <summary>The AVAILABLE parts, each with start, end or length, and perhaps a rule.</summary>
    public ImmutableArray<CalendarItem> Available { get; init; } = [];
}
