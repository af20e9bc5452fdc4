using Convene.ICalendar.Tests.Reading;
using NodaTime;

namespace Convene.ICalendar.Tests.Contents;

public sealed class CalendarContentsTests
{
    [Fact]
    public void What_is_written_is_understood()
    {
        var contents = Read(CalendarText.Write(ItipMethod.Request, [Examples.Everything], "Team; calendar"));
        contents.Problems.ShouldBeEmpty();
        (contents.Method, contents.MethodName, contents.Name).ShouldBe((ItipMethod.Request, "REQUEST", "Team; calendar"));
        var item = contents.Items.ShouldHaveSingleItem();
        var meeting = Examples.Everything;
        (item.Kind, item.Uid, item.Sequence, item.Stamp).ShouldBe((ItemKind.Event, meeting.Uid, 3, meeting.Stamp));
        contents.ToInstant(item.Start!.Value, DateTimeZone.Utc).ShouldBe(meeting.Start);
        contents.ToInstant(item.End!.Value, DateTimeZone.Utc).ShouldBe(meeting.End);
        (item.Summary, item.Location, item.Url).ShouldBe((meeting.Summary, meeting.Location, meeting.Url!.AbsoluteUri));
        item.Description.ShouldBe(meeting.Description!.ReplaceLineEndings("\n"));
        (item.Status, item.IsTransparent, item.IsCancelled, item.Recurs).ShouldBe(("TENTATIVE", true, false, false));
        (item.Created, item.LastModified).ShouldBe((meeting.Created, meeting.LastModified));
        (item.Organizer!.Email, item.Organizer.Name).ShouldBe((meeting.Organizer!.Email, meeting.Organizer.Name));
        item.Attendees.Select(a => (a.Email, a.Name, a.Participation, a.Rsvp)).ShouldBe(
            meeting.Attendees.Select(a => ((string?)a.Email, a.Name, (Participation?)a.Participation, a.Rsvp)));
        item.Attendees.Select(a => a.Role).ShouldBe(["CHAIR", "OPT-PARTICIPANT", "REQ-PARTICIPANT", "REQ-PARTICIPANT"]);
        item.Alarms.ShouldHaveSingleItem().Offset.ShouldBe(new CalendarDuration(0, -Duration.FromMinutes(90)));
    }

    [Fact]
    public void A_series_has_its_rule_its_dates_and_its_exceptions()
    {
        var item = Read(CalendarReaderTests.Calendar(
            """
            BEGIN:VEVENT
            UID:series
            DTSTART;TZID=Europe/Berlin:20250602T090000
            DURATION:PT45M
            RRULE:FREQ=WEEKLY;BYDAY=MO
            RDATE;VALUE=PERIOD:20250605T070000Z/PT1H,20250606T070000Z/20250606T080000Z
            RDATE;TZID=Europe/Berlin:20250607T090000
            RDATE:
            EXDATE;TZID=Europe/Berlin:20250609T090000,20250616T090000
            EXDATE;VALUE=DATE:20250623
            END:VEVENT

            """)).Items[0];
        item.Rules.ShouldBe(["FREQ=WEEKLY;BYDAY=MO"]);
        item.Length.ShouldBe(new CalendarDuration(0, Duration.FromMinutes(45)));
        item.AddedTimes.ShouldBe(
        [
            new CalendarPeriod(Utc(5, 7), null, new CalendarDuration(0, Duration.FromHours(1))),
            new CalendarPeriod(Utc(6, 7), Utc(6, 8)),
            new CalendarPeriod(Berlin(7)),
        ]);
        item.ExceptionTimes.ShouldBe([Berlin(9), Berlin(16), new CalendarTime(new LocalDateTime(2025, 6, 23, 0, 0), TimeForm.Date)]);
        item.Recurs.ShouldBeTrue();

        CalendarTime Utc(int day, int hour) => new(new LocalDateTime(2025, 6, day, hour, 0), TimeForm.Utc);
        CalendarTime Berlin(int day) => new(new LocalDateTime(2025, 6, day, 9, 0), TimeForm.Zoned, "Europe/Berlin");
    }

    [Fact]
    public void An_occurrence_says_which_it_is()
    {
        var item = ReadItem("RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20250609\nSTATUS:canceled");
        (item.RecurrenceId!.Value.ToString(), item.AndFuture, item.IsCancelled).ShouldBe(("20250609", true, true));
    }

    [Theory]
    [InlineData("mailto:ada@example.com", "ada@example.com")]
    [InlineData("MAILTO:ada@example.com", "ada@example.com")]
    [InlineData("mailto:%22a%22@example.com?subject=x", "\"a\"@example.com")]
    [InlineData(" ada@example.com ", "ada@example.com")]
    [InlineData("mailto:<ada@example.com>", "ada@example.com")]
    [InlineData("mailto:j%C3%B6rg@example.com", "jörg@example.com")]
    [InlineData("invalid:nomail", null)]
    [InlineData("urn:uuid:4711", null)]
    [InlineData("mailto:", null)]
    [InlineData("mailto:a@b@c", null)]
    [InlineData("mailto:a%0Ab@example.com", null)]
    [InlineData("", null)]
    public void An_address_is_found_where_there_is_one(string value, string? email) =>
        ReadItem("ORGANIZER:" + value).Organizer!.Email.ShouldBe(email);

    [Fact]
    public void Apple_writes_the_address_as_a_parameter() =>
        ReadItem("ATTENDEE;EMAIL=ada@example.com;CN=Ada:/principals/1/").Attendees[0].Email.ShouldBe("ada@example.com");

    [Theory]
    [InlineData("CN=Lovelace, Ada", "Lovelace, Ada")]
    [InlineData("CN=\"'Ada'\"", "Ada")]
    [InlineData("CN=ADA@example.com", null)]
    [InlineData("CN=\" \"", null)]
    public void A_name_is_what_people_call_somebody(string parameter, string? name) =>
        ReadItem($"ATTENDEE;{parameter}:mailto:ada@example.com").Attendees[0].Name.ShouldBe(name);

    [Fact]
    public void Delegates_are_told()
    {
        var party = ReadItem(
            "ATTENDEE;PARTSTAT=delegated;ROLE=NON-PARTICIPANT;CUTYPE=ROOM;DELEGATED-TO=\"mailto:b@example.com\",\"mailto:c@example.com\";"
            + "DELEGATED-FROM=\"mailto:d@example.com\";SENT-BY=\"mailto:e@example.com\":mailto:a@example.com").Attendees[0];
        (party.PartStat, party.Participation, party.Role, party.UserType, party.SentBy).ShouldBe(("DELEGATED", null, "NON-PARTICIPANT", "ROOM", "e@example.com"));
        party.DelegatedTo.ShouldBe(["b@example.com", "c@example.com"]);
        party.DelegatedFrom.ShouldBe(["d@example.com"]);
    }

    [Fact]
    public void Busy_times_have_types_and_ends()
    {
        var report = Read(CalendarReaderTests.Calendar(
            """
            BEGIN:VFREEBUSY
            UID:1
            DTSTART:20250601T000000Z
            DTEND:20250701T000000Z
            ATTENDEE:mailto:ada@example.com
            FREEBUSY;FBTYPE=BUSY-TENTATIVE:20250602T070000Z/PT1H,20250603T070000Z/20250603T080000Z
            FREEBUSY:20250604T070000Z/PT30M
            FREEBUSY;FBTYPE=free:20250605T070000Z/PT30M
            FREEBUSY:19970101/19970102/x,20250607T070000Z
            END:VFREEBUSY

            """), out var problems).FreeBusy.ShouldHaveSingleItem();
        report.Periods.Select(p => (p.Type, p.IsBusy, p.Period.Start.ToString())).ShouldBe(
        [
            ("BUSY-TENTATIVE", true, "20250602T070000Z"), ("BUSY-TENTATIVE", true, "20250603T070000Z"), ("BUSY", true, "20250604T070000Z"),
            ("FREE", false, "20250605T070000Z"),
        ]);
        problems.Select(p => (p.Component, p.Uid, p.Property)).ShouldBe([("VFREEBUSY", "1", "FREEBUSY"), ("VFREEBUSY", "1", "FREEBUSY")]);
    }

    [Fact]
    public void Availability_is_what_is_left_open()
    {
        var rules = Read(CalendarReaderTests.Calendar(
            """
            BEGIN:VAVAILABILITY
            UID:hours
            PRIORITY:3
            BUSYTYPE:busy
            DTSTART:20250601T000000Z
            BEGIN:AVAILABLE
            UID:mornings
            SUMMARY:Mornings
            DTSTART;TZID=America/Montreal:20250602T090000
            DTEND;TZID=America/Montreal:20250602T120000
            RRULE:FREQ=WEEKLY;BYDAY=MO,TU
            END:AVAILABLE
            END:VAVAILABILITY

            """)).Availability.ShouldHaveSingleItem();
        (rules.Uid, rules.Priority, rules.BusyType, rules.End).ShouldBe(("hours", 3, "BUSY", null));
        var part = rules.Available.ShouldHaveSingleItem();
        (part.Kind, part.Uid, part.Summary, part.End!.Value.Local).ShouldBe((ItemKind.Available, "mornings", "Mornings", new LocalDateTime(2025, 6, 2, 12, 0)));
        part.Rules.ShouldBe(["FREQ=WEEKLY;BYDAY=MO,TU"]);
    }

    [Fact]
    public void Tasks_and_journals_are_items_too()
    {
        var contents = Read(CalendarReaderTests.Calendar(
            "BEGIN:VTODO\nDUE;VALUE=DATE:20250603\nCOMPLETED:20250602T080000Z\nSTATUS:COMPLETED\nEND:VTODO\nBEGIN:VJOURNAL\nDTSTART;VALUE=DATE:20250603\nEND:VJOURNAL\n"));
        contents.Items.Select(i => i.Kind).ShouldBe([ItemKind.Todo, ItemKind.Journal]);
        (contents.Items[0].End!.Value.IsDate, contents.Items[0].Completed).ShouldBe((true, Instant.FromUtc(2025, 6, 2, 8, 0)));
    }

    [Theory]
    [InlineData("TRIGGER:-P1DT2H\nACTION:audio", "AUDIO", -1, -2, false)]
    [InlineData("TRIGGER;RELATED=END:PT5H", "DISPLAY", 0, 5, true)]
    public void An_alarm_rings_before_or_after(string lines, string action, int days, int hours, bool fromEnd)
    {
        var alarm = ReadItem($"BEGIN:VALARM\n{lines}\nREPEAT:2\nDURATION:PT5M\nEND:VALARM").Alarms.ShouldHaveSingleItem();
        (alarm.Action, alarm.Offset, alarm.FromEnd, alarm.At).ShouldBe((action, new CalendarDuration(days, Duration.FromHours(hours)), fromEnd, null));
        (alarm.Repeat, alarm.Pause).ShouldBe((2, new CalendarDuration(0, Duration.FromMinutes(5))));
    }

    [Fact]
    public void An_alarm_may_ring_at_an_instant() =>
        ReadItem("BEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20250602T080000Z\nEND:VALARM").Alarms[0].At.ShouldBe(Instant.FromUtc(2025, 6, 2, 8, 0));

    [Fact]
    public void What_cannot_be_understood_is_left_out_and_told()
    {
        var contents = Read(CalendarReaderTests.Calendar(
            "BEGIN:VEVENT\nUID:u\nDTSTART:tomorrow\nDTEND:20251301T000000\nSEQUENCE:-1\nPRIORITY:10\nDURATION:1 hour\nEXDATE:x,20250602\n"
            + "RDATE;VALUE=TIME:120000\nDTSTAMP:\nBEGIN:VALARM\nEND:VALARM\nSUMMARY:still here\nEND:VEVENT\n"), out var problems);
        var item = contents.Items.ShouldHaveSingleItem();
        (item.Start, item.End, item.Sequence, item.Priority, item.Summary, item.ExceptionTimes.Length).ShouldBe((null, null, 0, 0, "still here", 1));
        problems.Select(p => p.Property).ShouldBe(
            ["SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RDATE", "EXDATE", "PRIORITY", "TRIGGER"], ignoreOrder: true);
        problems.Where(p => p.Component == "VEVENT").ShouldAllBe(p => p.Uid == "u");
    }

    [Theory]
    [InlineData("TRANSP:TRANSPARENT", true)]
    [InlineData("TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", false)]
    [InlineData("X-MICROSOFT-CDO-BUSYSTATUS:FREE", true)]
    [InlineData("X-MICROSOFT-CDO-BUSYSTATUS:OOF", false)]
    [InlineData("SUMMARY:x", false)]
    public void Free_time_is_told_by_TRANSP_or_by_Outlook(string lines, bool transparent) => ReadItem(lines).IsTransparent.ShouldBe(transparent);

    [Fact]
    public void A_method_of_no_RFC_is_none()
    {
        var contents = Read(CalendarReaderTests.Calendar("METHOD:create\n"));
        (contents.Method, contents.MethodName).ShouldBe((null, "CREATE"));
        Read(CalendarReaderTests.Calendar("METHOD:3\n")).Method.ShouldBeNull();
        Read(CalendarReaderTests.Calendar("METHOD:declinecounter\n")).Method.ShouldBe(ItipMethod.DeclineCounter);
    }

    internal static CalendarContents Read(string text) => CalendarContents.Of(CalendarReader.Read(text).Calendars.ShouldHaveSingleItem());

    private static CalendarContents Read(string text, out IReadOnlyList<ContentProblem> problems)
    {
        var contents = Read(text);
        problems = contents.Problems;
        return contents;
    }

    private static CalendarItem ReadItem(string lines) =>
        CalendarContents.Of(CalendarReader.Read(CalendarReaderTests.Calendar($"BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"), ReadingOptions.Tolerant).Calendars[0]).Items[0];
}
