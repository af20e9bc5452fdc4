using NodaTime;

namespace Convene.ICalendar.Tests.Peers;

public sealed class LibicalTests
{
    public static TheoryData<ItipMethod?> Methods =>
        [null, ItipMethod.Publish, ItipMethod.Request, ItipMethod.Add, ItipMethod.Cancel, ItipMethod.Counter];

    [LibicalTheory]
    [MemberData(nameof(Methods))]
    public void A_calendar_with_everything_in_it_is_without_fault(ItipMethod? method) =>
        ShouldBeFaultless(CalendarText.Write(method, [Examples.Everything], "Team; calendar"));

    [LibicalTheory]
    [InlineData(ItipMethod.Reply)]
    [InlineData(ItipMethod.Refresh)]
    public void The_message_of_one_attendee_is_without_fault(ItipMethod method) =>
        ShouldBeFaultless(CalendarText.Write(method, [Examples.Everything with { Attendees = [Examples.Everything.Attendees[0]] }]));

    [LibicalFact]
    public void A_declined_proposal_is_without_fault() => // libical knows DECLINECOUNTER by RFC 2446, which had no SEQUENCE there
        ShouldBeFaultless(CalendarText.Write(ItipMethod.DeclineCounter, [Examples.Everything with { Sequence = 0 }]));

    [LibicalFact]
    public void What_is_wrong_does_not_go_unnoticed()
    {
        var published = CalendarText.Write(ItipMethod.Publish, [Examples.Review]);
        using var withoutAttendee = new LibicalCalendar(published.Replace("METHOD:PUBLISH", "METHOD:REQUEST", StringComparison.Ordinal));
        withoutAttendee.ObeysRestrictions.ShouldBeFalse();
        using var withoutValue = new LibicalCalendar(published.Replace("STATUS:CONFIRMED", "STATUS:", StringComparison.Ordinal));
        withoutValue.ErrorCount.ShouldBePositive();
    }

    [LibicalFact]
    public void Texts_and_attendees_come_out_as_they_went_in()
    {
        using var calendar = new LibicalCalendar(CalendarText.Write(null, [Examples.Everything]));
        var seen = calendar.Events.ShouldHaveSingleItem();
        seen.Uid.ShouldBe(Examples.Everything.Uid);
        seen.Summary.ShouldBe(Examples.Everything.Summary);
        seen.Description.ShouldBe(Examples.Everything.Description!.ReplaceLineEndings("\n"));
        seen.Location.ShouldBe(Examples.Everything.Location);
        seen.Start.ShouldBe(Examples.Everything.Start);
        seen.End.ShouldBe(Examples.Everything.End);
        seen.Attendees.ShouldBe(
        [
            ("mailto:grace@example.org", "Hopper; Grace (Navy: US)"),
            ("mailto:alan@example.org", "Alan \"T\" Turing"),
            ("mailto:kurt@example.org", "Kurt Gödel"),
            ("mailto:emmy@example.org", null),
        ]);
    }

    [LibicalFact]
    public void An_injected_line_stays_part_of_the_title()
    {
        const string Title = "x\nATTENDEE:mailto:evil@example.com\nEND:VEVENT";
        using var calendar = new LibicalCalendar(CalendarText.Write(null, [Examples.Review with { Summary = Title, Attendees = [] }]));
        var seen = calendar.Events.ShouldHaveSingleItem();
        seen.Summary.ShouldBe(Title);
        seen.Attendees.ShouldBeEmpty();
    }

    [LibicalFact]
    public void Every_time_is_the_same_instant_by_the_zones_in_the_file()
    {
        // With ids that libical does not know it cannot look into zones of its own.
        var text = CalendarText.Write(null, MovingMeetings.All)
            .Replace("\nTZID:", "\nTZID:Our/", StringComparison.Ordinal)
            .Replace(";TZID=", ";TZID=Our/", StringComparison.Ordinal);
        using var calendar = new LibicalCalendar(text);
        calendar.ErrorCount.ShouldBe(0);
        var seen = calendar.Events.ToDictionary(e => e.Uid!, e => (e.Start, e.End));
        seen.Count.ShouldBe(MovingMeetings.All.Length);
        foreach (var meeting in MovingMeetings.All)
            seen[meeting.Uid].ShouldBe((meeting.Start, meeting.End), meeting.Uid);
    }

    [LibicalFact]
    public void An_hour_that_happens_twice_is_two_different_hours()
    {
        var change = Instant.FromUtc(2025, 10, 26, 1, 0); // 03:00 in Berlin becomes 02:00
        MeetingEvent[] meetings =
        [
            Examples.Review with { Uid = "first", Start = change - Duration.FromMinutes(30), End = change + Duration.FromMinutes(30) },
            Examples.Review with { Uid = "second", Start = change + Duration.FromMinutes(30), End = change + Duration.FromMinutes(60) },
        ];
        using var calendar = new LibicalCalendar(CalendarText.Write(null, meetings));
        calendar.Events.Select(e => (e.Start, e.End)).ShouldBe(meetings.Select(m => (m.Start, m.End)));
    }

    private static void ShouldBeFaultless(string text)
    {
        using var calendar = new LibicalCalendar(text);
        calendar.ErrorCount.ShouldBe(0, calendar.Rewritten);
        calendar.ObeysRestrictions.ShouldBeTrue(calendar.Rewritten);
        calendar.ErrorCount.ShouldBe(0, calendar.Rewritten);
    }
}
