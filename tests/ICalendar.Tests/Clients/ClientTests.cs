using NodaTime;

namespace Convene.ICalendar.Tests.Clients;

/// <summary>Messages as calendar programs write them: written by us after their habits, with addresses of example.com.</summary>
public sealed class ClientTests
{
    [Fact]
    public void Gmail_accepts()
    {
        var contents = Read(Transcripts.GmailReply);
        contents.Method.ShouldBe(ItipMethod.Reply);
        var item = contents.Items.ShouldHaveSingleItem();
        (item.Uid, item.Sequence, item.Stamp).ShouldBe(("0190-review@convene.example", 2, Instant.FromUtc(2025, 6, 1, 8, 30)));
        var who = item.Attendees.ShouldHaveSingleItem();
        (who.Email, who.Name, who.Participation, who.Rsvp).ShouldBe(("grace@example.com", "Grace Hopper", Participation.Accepted, true));
        item.Organizer!.Email.ShouldBe("meet+17@example.com");
        item.Description.ShouldBeNull();
        contents.ToInstant(item.Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 7, 0));
    }

    [Fact]
    public void Gmail_declines_one_occurrence_with_a_note()
    {
        var item = Read(Transcripts.GmailReplyToOccurrence).Items.ShouldHaveSingleItem();
        item.Attendees[0].Participation.ShouldBe(Participation.Declined);
        item.Comments.ShouldBe(["Away that week, sorry"]);
        item.RecurrenceId.ShouldBe(new CalendarTime(new LocalDateTime(2025, 6, 9, 7, 0), TimeForm.Utc));
    }

    [Fact]
    public void Gmail_proposes_another_time()
    {
        var contents = Read(Transcripts.GmailCounter);
        contents.Method.ShouldBe(ItipMethod.Counter);
        var item = contents.Items[0];
        contents.ToInstant(item.Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 3, 12, 0));
        (item.Attendees.Count(a => a.Participation == Participation.Tentative), item.Comments[0]).ShouldBe((1, "How about Tuesday?"));
    }

    [Fact]
    public void Outlook_invites_to_a_series_in_a_zone_of_Windows()
    {
        var contents = Read(Transcripts.OutlookRequest, out var mends);
        mends.ShouldBe(0);
        contents.Method.ShouldBe(ItipMethod.Request);
        contents.Zones.All.ShouldHaveSingleItem().Zone.Id.ShouldBe("Europe/Berlin");
        var item = contents.Items[0];
        item.Attendees.Select(a => (a.Email, a.Role, a.UserType)).ShouldBe(
            [("grace@example.com", "REQ-PARTICIPANT", "INDIVIDUAL"), ("room4@example.com", "NON-PARTICIPANT", "RESOURCE")]);
        item.Summary.ShouldBe("Review");
        item.Description.ShouldBe("First line\n\nSecond, with a link: https://example.com/a;b\n");
        item.Alarms.ShouldHaveSingleItem().Offset.ShouldBe(new CalendarDuration(0, -Duration.FromMinutes(15)));
        var series = CalendarSeries.Of(contents, ItemKind.Event, out var problems).ShouldHaveSingleItem();
        problems.ShouldBeEmpty();
        series.Series.Expand().Take(2).Occurrences.Select(o => o.Start).ShouldBe([Instant.FromUtc(2025, 6, 2, 7, 0), Instant.FromUtc(2025, 6, 16, 7, 0)]);
    }

    [Fact]
    public void Exchange_answers_without_an_organizer_and_in_its_own_names()
    {
        var contents = Read(Transcripts.ExchangeReply);
        contents.Method.ShouldBe(ItipMethod.Reply);
        var item = contents.Items[0];
        item.Organizer.ShouldBeNull();
        (item.Attendees[0].Email, item.Attendees[0].Participation, item.Sequence).ShouldBe(("grace@example.com", Participation.Tentative, 3));
        item.Comments.ShouldBe(["Perhaps\n"]);
        contents.Zones.All.ShouldHaveSingleItem().Zone.Id.ShouldBe("America/New_York");
        contents.ToInstant(item.Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 13, 0));
    }

    [Fact]
    public void Exchange_counters_with_the_time_it_would_rather_have()
    {
        var contents = Read(Transcripts.ExchangeCounter);
        contents.Method.ShouldBe(ItipMethod.Counter);
        var item = contents.Items[0];
        // A zone made by hand has no name that anybody knows: its rules do.
        contents.Zones.All.ShouldHaveSingleItem().Source.ShouldBe(ZoneSource.Rules);
        contents.ToInstant(item.Start!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 2, 14, 0));
        item.Component.Properties.ShouldContain(p => p.Name == "X-MS-OLK-ORIGINALSTART");
    }

    [Fact]
    public void Exchange_cancels_one_occurrence()
    {
        var contents = Read(Transcripts.ExchangeCancel);
        contents.Method.ShouldBe(ItipMethod.Cancel);
        var item = contents.Items[0];
        (item.IsCancelled, item.IsTransparent, item.Priority).ShouldBe((true, true, 1));
        contents.ToInstant(item.RecurrenceId!.Value, Examples.Berlin).ShouldBe(Instant.FromUtc(2025, 6, 9, 7, 0));
    }

    [Fact]
    public void Apple_answers_by_a_path_and_an_EMAIL()
    {
        var contents = Read(Transcripts.AppleReply);
        contents.Method.ShouldBe(ItipMethod.Reply);
        var item = contents.Items[0];
        (item.Attendees[0].Email, item.Attendees[0].Participation, item.Attendees[0].Address).ShouldBe(("grace@example.com", Participation.Accepted, "/aMjQ/principal/"));
        item.Component.Properties.ShouldContain(p => p.Name == "REQUEST-STATUS");
        contents.Zones.All.ShouldHaveSingleItem().Zone.Id.ShouldBe("Europe/Berlin");
    }

    [Fact]
    public void Apple_asks_for_news()
    {
        var contents = Read(Transcripts.AppleRefresh, out var mends);
        (contents.Method, contents.Items[0].Uid, contents.Items[0].Start, mends).ShouldBe((ItipMethod.Refresh, "0190-review@convene.example", null, 1));
        contents.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Apple_invites_with_alarms_that_ring_and_that_are_off()
    {
        var contents = Read(Transcripts.AppleRequest);
        var item = contents.Items[0];
        (item.Summary, item.Location).ShouldBe(("Café „Zur Post“ 🎉", "Markt 1\n10115 Berlin"));
        item.Alarms.Select(a => (a.Action, a.At is null)).ShouldBe([("DISPLAY", true), ("AUDIO", false)]);
        item.Attendees.Select(a => a.Email).ShouldBe(["ada@example.com", "grace@example.com"]);
        item.Component.Properties.ShouldContain(p => p.Name == "X-APPLE-STRUCTURED-LOCATION" && p.Parameter("X-TITLE") == "Zur Post, \"hinten\"");
    }

    private static CalendarContents Read(string text) => Read(text, out _);

    private static CalendarContents Read(string text, out int mends)
    {
        var reading = CalendarReader.Read(text.ReplaceLineEndings("\r\n"), ReadingOptions.Tolerant);
        mends = reading.MendCount;
        var calendar = reading.Calendars.ShouldHaveSingleItem();
        // Whatever they wrote, it survives.
        CalendarReader.Read(ContentLines.Write(calendar)).Calendars.ShouldHaveSingleItem().ShouldBe(calendar);
        return CalendarContents.Of(calendar);
    }
}
