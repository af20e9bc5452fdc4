namespace Convene.ICalendar;

/// <summary>A meeting as a VEVENT, with what its method asks for and without what it forbids (RFC 5545 §3.6.1, RFC 5546 §3.2).</summary>
internal static class EventComponent
{
    // Most events share these words; a property never changes, so one instance serves all.
    private static readonly CalendarProperty Opaque = new("TRANSP", "OPAQUE"), Transparent = new("TRANSP", "TRANSPARENT");
    private static readonly CalendarProperty Confirmed = new("STATUS", "CONFIRMED");
    private static readonly CalendarProperty Tentative = new("STATUS", "TENTATIVE");
    private static readonly CalendarProperty Cancelled = new("STATUS", "CANCELLED");
    private static readonly CalendarProperty ShownBusy = new("X-MICROSOFT-CDO-BUSYSTATUS", "BUSY");
    private static readonly CalendarProperty ShownTentative = new("X-MICROSOFT-CDO-BUSYSTATUS", "TENTATIVE");
    private static readonly CalendarProperty ShownFree = new("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    private static readonly CalendarProperty Display = new("ACTION", "DISPLAY");
    private static readonly CalendarParameter Individual = new("CUTYPE", "INDIVIDUAL"), Rsvp = new("RSVP", "TRUE");
    private static readonly CalendarParameter Chair = new("ROLE", "CHAIR");
    private static readonly CalendarParameter Required = new("ROLE", "REQ-PARTICIPANT"), Optional = new("ROLE", "OPT-PARTICIPANT");
    private static readonly CalendarParameter NeedsAction = new("PARTSTAT", "NEEDS-ACTION"), Accepted = new("PARTSTAT", "ACCEPTED");
    private static readonly CalendarParameter Declined = new("PARTSTAT", "DECLINED"), Perhaps = new("PARTSTAT", "TENTATIVE");

    internal static CalendarComponent Of(MeetingEvent meeting, ItipMethod? method, ZonesUsed zones)
    {
        var properties = new List<CalendarProperty>(20 + meeting.Attendees.Count)
        {
            CalendarProperty.Text("UID", meeting.Uid),
            CalendarProperty.Utc("DTSTAMP", meeting.Stamp),
        };
        // REFRESH has no SEQUENCE at all; zero may always be left out, but clients of old look for it.
        if (ItipRules.Describes(method) || method == ItipMethod.DeclineCounter && meeting.Sequence > 0)
            properties.Add(new CalendarProperty("SEQUENCE", meeting.Sequence.ToString()));
        if (ItipRules.Describes(method))
            Describe(meeting, method, zones, properties);
        if (meeting.Organizer is { } organizer)
            // ROLE is no parameter that RFC 5545 §3.8.4.3 names here, but one that it lets stand, and what system 1's clients look for.
            properties.Add(new CalendarProperty("ORGANIZER", CalendarAddress.Uri(organizer.Email), [.. CommonName(organizer.Name), Chair]));
        if (ItipRules.NamesAttendees(method))
            properties.AddRange(meeting.Attendees.Select(ToProperty));

        var rings = meeting.Alarm is not null && ItipRules.CarriesAlarm(method);
        return new CalendarComponent("VEVENT", [.. properties], rings ? [Reminder(meeting)] : []);
    }

    private static void Describe(MeetingEvent meeting, ItipMethod? method, ZonesUsed zones, List<CalendarProperty> properties)
    {
        properties.Add(zones.Time("DTSTART", meeting.Start, meeting.Zone));
        // DTEND must be later than DTSTART; without it the event ends where it starts (RFC 5545 §3.6.1).
        if (meeting.End.ToUnixTimeSeconds() > meeting.Start.ToUnixTimeSeconds())
            properties.Add(zones.Time("DTEND", meeting.End, meeting.Zone));
        properties.Add(CalendarProperty.Text("SUMMARY", meeting.Summary));
        if (!string.IsNullOrEmpty(meeting.Description))
            properties.Add(CalendarProperty.Text("DESCRIPTION", meeting.Description));
        if (!string.IsNullOrEmpty(meeting.Location))
            properties.Add(CalendarProperty.Text("LOCATION", meeting.Location));
        if (meeting.Url is { } url)
            properties.Add(new CalendarProperty("URL", url.AbsoluteUri));

        var status = method == ItipMethod.Cancel ? EventStatus.Cancelled : meeting.Status;
        properties.Add(status switch
        {
            EventStatus.Confirmed => Confirmed,
            EventStatus.Tentative => Tentative,
            EventStatus.Cancelled => Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(meeting), status, "There is no such status."),
        });
        properties.Add(meeting.Transparent ? Transparent : Opaque);
        properties.Add(status switch
        {
            EventStatus.Cancelled => ShownFree,
            _ when meeting.Transparent => ShownFree,
            EventStatus.Tentative => ShownTentative,
            _ => ShownBusy,
        });

        if (meeting.Created is { } created)
            properties.Add(CalendarProperty.Utc("CREATED", created));
        if (meeting.LastModified is { } modified)
            properties.Add(CalendarProperty.Utc("LAST-MODIFIED", modified));
    }

    private static CalendarProperty ToProperty(Attendee attendee)
    {
        var role = attendee.Role switch
        {
            AttendeeRole.Chair => Chair,
            AttendeeRole.Required => Required,
            AttendeeRole.Optional => Optional,
            _ => throw new ArgumentOutOfRangeException(nameof(attendee), attendee.Role, "There is no such role."),
        };
        var answer = attendee.Participation switch
        {
            Participation.NeedsAction => NeedsAction,
            Participation.Accepted => Accepted,
            Participation.Declined => Declined,
            Participation.Tentative => Perhaps,
            _ => throw new ArgumentOutOfRangeException(nameof(attendee), attendee.Participation, "There is no such answer."),
        };
        ReadOnlySpan<CalendarParameter> rsvp = attendee.Rsvp ? [Rsvp] : [];
        return new CalendarProperty(
            "ATTENDEE", CalendarAddress.Uri(attendee.Email), [Individual, role, answer, .. rsvp, .. CommonName(attendee.Name)]);
    }

    private static CalendarParameter[] CommonName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? [] : [new CalendarParameter("CN", name)];

    private static CalendarComponent Reminder(MeetingEvent meeting) =>
        new("VALARM",
        [
            Display,
            new CalendarProperty("TRIGGER", ValueText.Before(meeting.Alarm!.Value)),
            CalendarProperty.Text("DESCRIPTION", meeting.Summary.Length == 0 ? "Reminder" : meeting.Summary),
        ]);
}
