namespace Convene.ICalendar;

/// <summary>Writes meetings as VEVENTs, with what their method asks for and without what it forbids (RFC 5545 §3.6.1, RFC 5546 §3.2).</summary>
internal static class EventWriter
{
    internal static void Write(LineWriter lines, MeetingEvent meeting, ItipMethod? method, ZonesUsed zones)
    {
        lines.Lines("BEGIN:VEVENT\r\n"u8);
        lines.TextLine("UID:"u8, meeting.Uid);
        lines.UtcLine("DTSTAMP:"u8, meeting.Stamp);
        // REFRESH has no SEQUENCE at all; zero may always be left out, but clients of old look for it.
        if (ItipRules.Describes(method) || method == ItipMethod.DeclineCounter && meeting.Sequence > 0)
        {
            lines.Append("SEQUENCE:"u8);
            lines.Append(meeting.Sequence);
            lines.EndLine();
        }
        if (meeting.RecurrenceId is { } occurrence)
            WriteWall(lines, "RECURRENCE-ID"u8, occurrence, meeting, zones);
        if (ItipRules.Describes(method))
            Describe(lines, meeting, method, zones);
        if (meeting.Organizer is { } organizer)
        {
            lines.Append("ORGANIZER"u8);
            Name(lines, organizer.Name);
            // ROLE is no parameter that RFC 5545 §3.8.4.3 names here, but one that it lets stand, and what system 1's clients look for.
            lines.Append(";ROLE=CHAIR"u8);
            Address(lines, organizer.Email);
        }
        if (ItipRules.NamesAttendees(method))
        {
            foreach (var attendee in meeting.Attendees)
                Write(lines, attendee);
        }
        if (meeting.Comment is { Length: > 0 } comment)
            lines.TextLine("COMMENT:"u8, comment);
        if (meeting.Alarm is { } before && ItipRules.CarriesAlarm(method))
        {
            lines.Lines("BEGIN:VALARM\r\nACTION:DISPLAY\r\n"u8);
            lines.Line("TRIGGER:"u8, ValueText.Before(before));
            lines.TextLine("DESCRIPTION:"u8, meeting.Summary.Length == 0 ? "Reminder" : meeting.Summary);
            lines.Lines("END:VALARM\r\n"u8);
        }
        lines.Lines("END:VEVENT\r\n"u8);
    }

    private static void Describe(LineWriter lines, MeetingEvent meeting, ItipMethod? method, ZonesUsed zones)
    {
        // The occurrences of a series follow the wall time of its start, so that must be there, whatever it is doubled by.
        if (meeting.Recurs || meeting.AllDay)
            WriteWall(lines, "DTSTART"u8, meeting.Start, meeting, zones);
        else
            zones.Write(lines, "DTSTART"u8, meeting.Start, meeting.Zone);
        // DTEND must be later than DTSTART; without it the event ends where it starts, or with its day (RFC 5545 §3.6.1).
        if (meeting.AllDay && ZonesUsed.DateOf(meeting.End, meeting.Zone) > ZonesUsed.DateOf(meeting.Start, meeting.Zone))
            ZonesUsed.WriteDate(lines, "DTEND"u8, meeting.End, meeting.Zone);
        else if (!meeting.AllDay && meeting.End.ToUnixTimeSeconds() > meeting.Start.ToUnixTimeSeconds())
            zones.Write(lines, "DTEND"u8, meeting.End, meeting.Zone);
        if (meeting.Rule is { } rule)
            lines.Line("RRULE:"u8, rule.ToString());
        foreach (var added in meeting.AddedTimes)
            WriteWall(lines, "RDATE"u8, added, meeting, zones);
        foreach (var exception in meeting.ExceptionTimes)
            WriteWall(lines, "EXDATE"u8, exception, meeting, zones);
        lines.TextLine("SUMMARY:"u8, meeting.Summary);
        if (!string.IsNullOrEmpty(meeting.Description))
            lines.TextLine("DESCRIPTION:"u8, meeting.Description);
        if (!string.IsNullOrEmpty(meeting.Location))
            lines.TextLine("LOCATION:"u8, meeting.Location);
        if (meeting.Url is { } url)
            lines.Line("URL:"u8, url.AbsoluteUri);

        var status = method == ItipMethod.Cancel ? EventStatus.Cancelled : meeting.Status;
        lines.Lines(status switch
        {
            EventStatus.Confirmed => "STATUS:CONFIRMED\r\n"u8,
            EventStatus.Tentative => "STATUS:TENTATIVE\r\n"u8,
            EventStatus.Cancelled => "STATUS:CANCELLED\r\n"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(meeting), status, "There is no such status."),
        });
        lines.Lines(meeting.Transparent ? "TRANSP:TRANSPARENT\r\n"u8 : "TRANSP:OPAQUE\r\n"u8);
        lines.Lines(status switch
        {
            EventStatus.Cancelled => "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"u8,
            _ when meeting.Transparent => "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"u8,
            EventStatus.Tentative => "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\r\n"u8,
            _ => "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n"u8,
        });

        if (meeting.Created is { } created)
            lines.UtcLine("CREATED:"u8, created);
        if (meeting.LastModified is { } modified)
            lines.UtcLine("LAST-MODIFIED:"u8, modified);
    }

    private static void WriteWall(LineWriter lines, ReadOnlySpan<byte> name, NodaTime.Instant time, MeetingEvent meeting, ZonesUsed zones)
    {
        if (meeting.AllDay)
            ZonesUsed.WriteDate(lines, name, time, meeting.Zone);
        else
            zones.WriteWall(lines, name, time, meeting.Zone);
    }

    private static void Write(LineWriter lines, Attendee attendee)
    {
        lines.Append("ATTENDEE;CUTYPE=INDIVIDUAL"u8);
        lines.Append(attendee.Role switch
        {
            AttendeeRole.Chair => ";ROLE=CHAIR"u8,
            AttendeeRole.Required => ";ROLE=REQ-PARTICIPANT"u8,
            AttendeeRole.Optional => ";ROLE=OPT-PARTICIPANT"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(attendee), attendee.Role, "There is no such role."),
        });
        lines.Append(attendee.Participation switch
        {
            Participation.NeedsAction => ";PARTSTAT=NEEDS-ACTION"u8,
            Participation.Accepted => ";PARTSTAT=ACCEPTED"u8,
            Participation.Declined => ";PARTSTAT=DECLINED"u8,
            Participation.Tentative => ";PARTSTAT=TENTATIVE"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(attendee), attendee.Participation, "There is no such answer."),
        });
        if (attendee.Rsvp)
            lines.Append(";RSVP=TRUE"u8);
        Name(lines, attendee.Name);
        Address(lines, attendee.Email);
    }

    private static void Name(LineWriter lines, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return;
        lines.Append(";CN="u8);
        lines.AppendParameter(name);
    }

    private static void Address(LineWriter lines, string email)
    {
        if (CalendarAddress.IsPlain(email))
            lines.Line(":mailto:"u8, email);
        else
            lines.Line(":"u8, CalendarAddress.Uri(email));
    }
}
