using System.Collections.Immutable;
using NodaTime;

namespace Convene.ICalendar;

/// <summary>Components as what they mean.</summary>
internal static class ItemReader
{
    private const int MostSequence = int.MaxValue;

    internal static CalendarItem Read(ItemKind kind, ComponentValues values)
    {
        var occurrence = values.First("RECURRENCE-ID");
        var status = values.Word("STATUS");
        return new CalendarItem
        {
            Kind = kind,
            Component = values.Component,
            Uid = values.Uid,
            Sequence = values.Number("SEQUENCE", MostSequence),
            Stamp = values.Utc("DTSTAMP"),
            Start = values.Time("DTSTART"),
            End = values.Time(kind == ItemKind.Todo ? "DUE" : "DTEND"),
            Length = values.Length("DURATION"),
            Rules = values.Lines("RRULE"),
            ExceptionRules = values.Lines("EXRULE"),
            AddedTimes = values.Periods("RDATE"),
            ExceptionTimes = values.Times("EXDATE"),
            RecurrenceId = values.Time("RECURRENCE-ID"),
            AndFuture = string.Equals(occurrence?.Parameter("RANGE"), "THISANDFUTURE", StringComparison.OrdinalIgnoreCase),
            Status = status == "CANCELED" ? "CANCELLED" : status,
            IsTransparent = IsTransparent(values),
            Summary = values.Text("SUMMARY"),
            Description = values.Text("DESCRIPTION"),
            Location = values.Text("LOCATION"),
            Url = values.First("URL")?.Value.Trim() is { Length: > 0 } url ? url : null,
            Classification = values.Word("CLASS"),
            Priority = values.Number("PRIORITY", 9),
            Organizer = values.Party("ORGANIZER"),
            Attendees = values.Parties("ATTENDEE"),
            Comments = values.Texts("COMMENT"),
            Categories = values.TextLists("CATEGORIES"),
            Created = values.Utc("CREATED"),
            LastModified = values.Utc("LAST-MODIFIED"),
            Completed = values.Utc("COMPLETED"),
            Alarms = values.Component.Components.IsEmpty ? [] : [.. Inner(values, "VALARM").Select(ReadAlarm)],
        };
    }

    internal static FreeBusyReport ReadFreeBusy(ComponentValues values) => new()
    {
        Component = values.Component,
        Uid = values.Uid,
        Stamp = values.Utc("DTSTAMP"),
        Start = values.Time("DTSTART"),
        End = values.Time("DTEND"),
        Organizer = values.Party("ORGANIZER"),
        Attendees = values.Parties("ATTENDEE"),
        Periods = values.BusyPeriods(),
        Comments = values.Texts("COMMENT"),
    };

    internal static AvailabilityRules ReadAvailability(ComponentValues values) => new()
    {
        Component = values.Component,
        Uid = values.Uid,
        Stamp = values.Utc("DTSTAMP"),
        Start = values.Time("DTSTART"),
        End = values.Time("DTEND"),
        Length = values.Length("DURATION"),
        Priority = values.Number("PRIORITY", 9),
        BusyType = values.Word("BUSYTYPE") ?? "BUSY-UNAVAILABLE",
        Summary = values.Text("SUMMARY"),
        Organizer = values.Party("ORGANIZER"),
        Available = [.. Inner(values, "AVAILABLE").Select(inner => Read(ItemKind.Available, inner))],
    };

    private static CalendarAlarm ReadAlarm(ComponentValues values)
    {
        var (offset, at) = ((CalendarDuration?)null, (Instant?)null);
        var trigger = values.First("TRIGGER");
        if (trigger is not null && CalendarDuration.TryParse(trigger.Value, out var duration))
            offset = duration;
        else if (trigger is not null && CalendarTime.TryParse(trigger.Value, null, out _))
            at = values.Utc("TRIGGER");
        else
            values.Problem("TRIGGER", trigger is null ? "An alarm has none" : "The value is no duration and no time");
        return new CalendarAlarm(
            values.Word("ACTION") ?? "DISPLAY",
            offset,
            string.Equals(trigger?.Parameter("RELATED"), "END", StringComparison.OrdinalIgnoreCase),
            at,
            values.Number("REPEAT", 10_000),
            values.Length("DURATION"),
            values.Text("DESCRIPTION"));
    }

    private static bool IsTransparent(ComponentValues values) =>
        values.Word("TRANSP") is { } transparency
            ? transparency == "TRANSPARENT"
            : values.Word("X-MICROSOFT-CDO-BUSYSTATUS") is "FREE" or "WORKINGELSEWHERE";

    private static IEnumerable<ComponentValues> Inner(ComponentValues values, string name) =>
        values.Component.Components.Where(component => component.Name == name).Select(values.Inner);
}
