using NodaTime;

namespace Convene.ICalendar.Tests;

public sealed class ItipTests
{
    private static readonly MeetingEvent Answered = Examples.Everything with { Attendees = [Examples.Everything.Attendees[0]] };

    [Theory]
    [InlineData(ItipMethod.Publish, "PUBLISH")]
    [InlineData(ItipMethod.Request, "REQUEST")]
    [InlineData(ItipMethod.Reply, "REPLY")]
    [InlineData(ItipMethod.Add, "ADD")]
    [InlineData(ItipMethod.Cancel, "CANCEL")]
    [InlineData(ItipMethod.Refresh, "REFRESH")]
    [InlineData(ItipMethod.Counter, "COUNTER")]
    [InlineData(ItipMethod.DeclineCounter, "DECLINECOUNTER")]
    public void The_method_is_named(ItipMethod method, string name) =>
        CalendarText.Compose(method, [Answered]).Properties.ShouldContain(new CalendarProperty("METHOD", name));

    [Fact]
    public void A_published_meeting_names_no_attendee() =>
        Names(ItipMethod.Publish, Examples.Everything).ShouldNotContain("ATTENDEE");

    [Fact]
    public void A_cancelled_meeting_says_so_and_rings_no_alarm()
    {
        var meeting = CalendarText.Compose(ItipMethod.Cancel, [Examples.Everything]).Components[^1];
        meeting.Properties.ShouldContain(new CalendarProperty("STATUS", "CANCELLED"));
        meeting.Components.ShouldBeEmpty();
    }

    [Fact]
    public void A_reply_rings_no_alarm() =>
        CalendarText.Compose(ItipMethod.Reply, [Answered]).Components[^1].Components.ShouldBeEmpty();

    [Fact]
    public void A_refresh_and_a_declined_proposal_only_point_at_the_meeting()
    {
        Names(ItipMethod.Refresh, Answered).ShouldBe(["UID", "DTSTAMP", "ORGANIZER", "ATTENDEE"]);
        Names(ItipMethod.DeclineCounter, Answered).ShouldBe(["UID", "DTSTAMP", "SEQUENCE", "ORGANIZER"]);
        CalendarText.Compose(ItipMethod.Refresh, [Answered]).Components.ShouldHaveSingleItem().Components.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_is_about_one_meeting()
    {
        Refused(ItipMethod.Request, Examples.Review, Examples.Review with { Uid = "another" });
        Refused(ItipMethod.Request);
        CalendarText.Write(ItipMethod.Publish, [Examples.Review, Examples.Review with { Uid = "another" }]).ShouldNotBeEmpty();
    }

    [Fact]
    public void Nobody_can_be_invited_by_nobody()
    {
        foreach (var method in Enum.GetValues<ItipMethod>())
            Refused(method, Answered with { Organizer = null });
        Refused(ItipMethod.Request, Examples.Review with { Attendees = [] });
    }

    [Fact]
    public void One_attendee_answers_at_a_time()
    {
        Refused(ItipMethod.Reply, Examples.Everything);
        Refused(ItipMethod.Refresh, Examples.Everything);
        Refused(ItipMethod.Reply, Examples.Review with { Attendees = [] });
    }

    [Fact]
    public void What_is_cancelled_is_not_requested()
    {
        Refused(ItipMethod.Request, Examples.Everything with { Status = EventStatus.Cancelled });
        Refused(ItipMethod.Add, Examples.Everything with { Status = EventStatus.Cancelled });
    }

    [Fact]
    public void An_occurrence_is_added_to_a_known_version() => Refused(ItipMethod.Add, Examples.Everything with { Sequence = 0 });

    [Fact]
    public void A_meeting_is_written_once() => Refused(null, Examples.Review, Examples.Review);

    [Fact]
    public void A_meeting_does_not_end_before_it_starts() =>
        Refused(null, Examples.Review with { End = Examples.Review.Start - Duration.FromSeconds(1) });

    [Fact]
    public void Numbers_without_a_name_are_refused()
    {
        Refused((ItipMethod)17, Examples.Review);
        Refused(null, Examples.Review with { Status = (EventStatus)17 });
        Refused(null, Examples.Review with { Attendees = [new Attendee("a@b", Role: (AttendeeRole)17)] });
        Refused(null, Examples.Review with { Attendees = [new Attendee("a@b", Participation: (Participation)17)] });
    }

    [Fact]
    public void Values_are_checked_where_they_are_set()
    {
        Should.Throw<ArgumentException>(() => Examples.Review with { Uid = "" });
        Should.Throw<ArgumentException>(() => Examples.Review with { Uid = "a\nb" });
        Should.Throw<ArgumentException>(() => Examples.Review with { Uid = "a\tb" });
        Should.Throw<ArgumentOutOfRangeException>(() => Examples.Review with { Sequence = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => Examples.Review with { Start = Instant.MinValue });
        Should.Throw<ArgumentOutOfRangeException>(() => Examples.Review with { End = Instant.MaxValue });
        Should.Throw<ArgumentOutOfRangeException>(() => Examples.Review with { Created = Instant.MaxValue });
        Should.Throw<ArgumentOutOfRangeException>(() => Examples.Review with { Alarm = Duration.FromSeconds(-1) });
        Should.Throw<ArgumentException>(() => Examples.Review with { Url = new Uri("/relative", UriKind.Relative) });
        Should.Throw<ArgumentNullException>(() => Examples.Review with { Summary = null! });
        Should.Throw<ArgumentException>(() => Examples.Review with { Attendees = [null!] });
    }

    private static void Refused(ItipMethod? method, params MeetingEvent[] events) =>
        Should.Throw<ArgumentException>(() => CalendarText.Write(method, events));

    private static IEnumerable<string> Names(ItipMethod method, MeetingEvent meeting) =>
        CalendarText.Compose(method, [meeting]).Components[^1].Properties.Select(property => property.Name);
}
