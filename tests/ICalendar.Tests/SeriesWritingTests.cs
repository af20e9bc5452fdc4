using System.Buffers;
using System.Text;
using Convene.ICalendar.Tests.Peers;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.ICalendar.Tests;

public sealed class SeriesWritingTests
{
    private static readonly MeetingEvent Weekly = Examples.Review with
    {
        Rule = RecurrenceRule.Parse("FREQ=WEEKLY;BYDAY=MO"),
        AddedTimes = [Instant.FromUtc(2025, 6, 4, 10, 0)],
        ExceptionTimes = [Instant.FromUtc(2025, 6, 9, 7, 0)],
    };

    private static readonly MeetingEvent Moved = Examples.Review with
    {
        RecurrenceId = Instant.FromUtc(2025, 6, 16, 7, 0), Start = Instant.FromUtc(2025, 6, 17, 12, 0), End = Instant.FromUtc(2025, 6, 17, 14, 0),
    };

    [Fact]
    public void A_series_is_written_with_its_rule_and_its_times()
    {
        var lines = Examples.Lines(CalendarText.Write(ItipMethod.Request, [Weekly]));
        lines.ShouldContain("DTSTART;TZID=Europe/Berlin:20250602T090000");
        lines.ShouldContain("RRULE:FREQ=WEEKLY;BYDAY=MO");
        lines.ShouldContain("RDATE;TZID=Europe/Berlin:20250604T120000");
        lines.ShouldContain("EXDATE;TZID=Europe/Berlin:20250609T090000");
        lines.ShouldNotContain(line => line.StartsWith("RECURRENCE-ID", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_occurrence_says_which_it_is()
    {
        var lines = Examples.Lines(CalendarText.Write(ItipMethod.Request, [Weekly, Moved]));
        lines.ShouldContain("RECURRENCE-ID;TZID=Europe/Berlin:20250616T090000");
        lines.Count(line => line == "UID:" + Weekly.Uid).ShouldBe(2);
        Examples.Lines(CalendarText.Write(ItipMethod.Cancel, [Moved])).ShouldContain("RECURRENCE-ID;TZID=Europe/Berlin:20250616T090000");
    }

    [Fact]
    public void A_series_in_UTC_stays_in_UTC()
    {
        var lines = Examples.Lines(CalendarText.Write(null, [Weekly with { Zone = DateTimeZone.Utc }]));
        lines.ShouldContain("DTSTART:20250602T070000Z");
        lines.ShouldContain("EXDATE:20250609T070000Z");
    }

    [Fact]
    public void Whole_days_are_dates_of_their_zone_and_need_no_zone()
    {
        var holiday = Weekly with
        {
            AllDay = true, Start = Instant.FromUtc(2025, 6, 1, 22, 0), End = Instant.FromUtc(2025, 6, 3, 22, 0), AddedTimes = [Instant.FromUtc(2025, 6, 4, 22, 0)],
            ExceptionTimes = [Instant.FromUtc(2025, 6, 8, 22, 0)],
        };
        var moved = holiday with
        {
            Rule = null, AddedTimes = [], ExceptionTimes = [], RecurrenceId = Instant.FromUtc(2025, 6, 15, 22, 0), Start = Instant.FromUtc(2025, 6, 16, 22, 0),
            End = Instant.FromUtc(2025, 6, 16, 22, 0),
        };
        var text = CalendarText.Write(ItipMethod.Publish, [holiday, moved]);
        var lines = Examples.Lines(text);
        foreach (var line in (string[])["DTSTART;VALUE=DATE:20250602", "DTEND;VALUE=DATE:20250604", "RDATE;VALUE=DATE:20250605", "EXDATE;VALUE=DATE:20250609", "RECURRENCE-ID;VALUE=DATE:20250616", "DTSTART;VALUE=DATE:20250617"])
            lines.ShouldContain(line);
        lines.ShouldNotContain("BEGIN:VTIMEZONE");
        lines.Count(line => line.StartsWith("DTEND", StringComparison.Ordinal)).ShouldBe(1, "one day needs no end");
        var read = CalendarSeries.Of(CalendarContents.Of(CalendarReader.Read(text).Calendars[0]), ItemKind.Event, out var problems).ShouldHaveSingleItem();
        problems.ShouldBeEmpty();
        read.Series.IsDates.ShouldBeTrue();
        read.Series.Length.ShouldBe(OccurrenceLength.OfDays(2));
    }

    [Fact]
    public void A_feed_says_how_often_to_look_again()
    {
        var lines = Examples.Lines(CalendarText.Write(ItipMethod.Publish, [], "Ana", Duration.FromMinutes(90)));
        lines.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H30M");
        lines.ShouldContain("X-PUBLISHED-TTL:PT1H30M");
        Should.Throw<ArgumentOutOfRangeException>(() => CalendarText.WriteUtf8(ItipMethod.Publish, [], null, Duration.Zero));
    }

    [Fact]
    public void A_series_keeps_its_wall_time_even_if_that_happens_twice() =>
        Examples.Lines(CalendarText.Write(null, [Weekly with { Start = Instant.FromUtc(2025, 10, 26, 0, 30), End = Instant.FromUtc(2025, 10, 26, 3, 0) }]))
            .ShouldContain("DTSTART;TZID=Europe/Berlin:20251026T023000");

    [Fact]
    public void The_zone_covers_years_of_a_series()
    {
        var zone = CalendarText.Compose(null, [Weekly with { Zone = Examples.Zone("Africa/Casablanca") }]).Components[0];
        new VTimeZoneReader(zone, 2040).OffsetAt(new DateTime(2034, 11, 1, 0, 0, 0, DateTimeKind.Utc))
            .ShouldBe(Examples.Zone("Africa/Casablanca").GetUtcOffset(Instant.FromUtc(2034, 11, 1, 0, 0)).Seconds);
    }

    [Fact]
    public void What_is_no_message_about_one_series_is_refused()
    {
        Refused(ItipMethod.Request, Weekly, Moved with { Uid = "other" });
        Refused(null, Weekly, Moved, Moved);
        Refused(null, Moved with { Rule = Weekly.Rule });
        Should.Throw<ArgumentOutOfRangeException>(() => Weekly with { AddedTimes = [Instant.MaxValue] });
        Should.Throw<ArgumentOutOfRangeException>(() => Weekly with { RecurrenceId = Instant.MinValue });

        static void Refused(ItipMethod? method, params MeetingEvent[] events) =>
            Should.Throw<ArgumentException>(() => CalendarText.Write(method, events));
    }

    [Fact]
    public void A_comment_goes_with_an_answer() =>
        Examples.Lines(CalendarText.Write(ItipMethod.Reply, [Examples.Review with { Comment = "Sorry, away" }])).ShouldContain(@"COMMENT:Sorry\, away");

    [Fact]
    public void The_same_octets_come_out_every_way()
    {
        MeetingEvent[] events = [.. Enumerable.Range(0, 400).Select(i => Examples.Everything with { Uid = $"{i}", Attendees = [] })];
        var text = CalendarText.Write(ItipMethod.Publish, events, "Ünïcödé");
        var output = new ArrayBufferWriter<byte>();
        CalendarText.Write(output, ItipMethod.Publish, events, "Ünïcödé");
        output.WrittenCount.ShouldBeGreaterThan(200_000); // several pieces
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(text);
        Encoding.UTF8.GetString(CalendarText.WriteUtf8(ItipMethod.Publish, events, "Ünïcödé")).ShouldBe(text);
        output.Clear();
        var calendar = CalendarText.Compose(ItipMethod.Publish, events, "Ünïcödé");
        ContentLines.Write(calendar, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(text);
        ContentLines.Write(calendar).ShouldBe(text);
    }

    [LibicalFact]
    public void Libical_finds_no_fault_with_a_series()
    {
        using var calendar = new LibicalCalendar(CalendarText.Write(ItipMethod.Request, [Weekly, Moved]));
        calendar.ErrorCount.ShouldBe(0, calendar.Rewritten);
        calendar.ObeysRestrictions.ShouldBeTrue(calendar.Rewritten);
        calendar.Events.Select(e => e.Start).ShouldBe([Weekly.Start, Moved.Start]);
    }
}
