using NodaTime;

namespace Convene.ICalendar.Tests;

public sealed class CalendarTextTests
{
    [Fact]
    public void An_invitation_is_written_line_by_line() =>
        CalendarText.Write(ItipMethod.Request, [Examples.Everything]).ShouldBe(
            """
            BEGIN:VCALENDAR
            PRODID:-//Convene//Convene//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:REQUEST
            BEGIN:VTIMEZONE
            TZID:Europe/Berlin
            X-LIC-LOCATION:Europe/Berlin
            BEGIN:DAYLIGHT
            DTSTART:20250330T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            TZNAME:CEST
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
            END:DAYLIGHT
            BEGIN:STANDARD
            DTSTART:20251026T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            TZNAME:CET
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:0190-everything@convene.example
            DTSTAMP:20250501T083015Z
            SEQUENCE:3
            DTSTART;TZID=Europe/Berlin:20250602T090000
            DTEND;TZID=Europe/Berlin:20250602T100000
            SUMMARY:Review\; costs\, "plans" \\ more: naïve 你好 🎉
            DESCRIPTION:First line\nsecond line\nthird\, with a comma\; and a semicolon
              xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
             xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
             xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ünïcödé 🎉🎉
             🎉
            LOCATION:Room 1\, 2nd floor\; \\left
            URL:https://convene.example/meetings/17?a=1,2;b=%C3%BC
            STATUS:TENTATIVE
            TRANSP:TRANSPARENT
            X-MICROSOFT-CDO-BUSYSTATUS:FREE
            CREATED:20250401T000000Z
            LAST-MODIFIED:20250430T235959Z
            ORGANIZER;CN="Lovelace, Ada";ROLE=CHAIR:mailto:ada+calendar@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN="Hopper; Grace (
             Navy: US)":mailto:grace@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Alan ^
             'T^' Turing:mailto:alan@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=TRU
             E;CN=Kurt Gödel:mailto:kurt@example.org
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=
             TRUE:mailto:emmy@example.org
            BEGIN:VALARM
            ACTION:DISPLAY
            TRIGGER:-PT1H30M
            DESCRIPTION:Review\; costs\, "plans" \\ more: naïve 你好 🎉
            END:VALARM
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/UTC")]
    public void UTC_needs_no_zone(string id)
    {
        var lines = Write(null, Examples.Review with { Zone = Examples.Zone(id) });
        lines.ShouldContain("DTSTART:20250602T070000Z");
        lines.ShouldContain("DTEND:20250602T080000Z");
        lines.ShouldNotContain("BEGIN:VTIMEZONE");
    }

    [Fact]
    public void A_zone_is_written_once_and_covers_all_its_meetings()
    {
        var calendar = CalendarText.Compose(null,
        [
            Examples.Review with { Uid = "now" },
            Examples.Review with { Uid = "there", Zone = Examples.Zone("Asia/Tokyo") },
            Examples.Review with { Uid = "long ago", Start = Instant.FromUtc(1985, 7, 1, 0, 0) },
        ]);
        var zones = calendar.Components.Where(c => c.Name == "VTIMEZONE").ToList();
        zones.Select(zone => zone.Properties[0].Value).ShouldBe(["Europe/Berlin", "Asia/Tokyo"]);
        new VTimeZoneReader(zones[0], 2025).OffsetAt(new DateTime(1985, 7, 1, 0, 0, 0, DateTimeKind.Utc)).ShouldBe(7200);
    }

    [Fact]
    public void A_time_that_happens_twice_is_written_in_UTC()
    {
        var (start, end) = (Instant.FromUtc(2025, 10, 26, 0, 30), Instant.FromUtc(2025, 10, 26, 3, 0));
        var lines = Write(null, Examples.Review with { Start = start, End = end });
        lines.ShouldContain("DTSTART:20251026T003000Z");
        lines.ShouldContain("DTEND;TZID=Europe/Berlin:20251026T040000");
    }

    [Fact]
    public void A_zone_with_a_colon_in_its_id_is_quoted()
    {
        var lines = Write(null, Examples.Review with { Zone = DateTimeZone.ForOffset(Offset.FromHours(1)) });
        lines.ShouldContain("TZID:UTC+01");
        lines = Write(null, Examples.Review with { Zone = DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(1, 30)) });
        lines.ShouldContain("TZID:UTC+01:30");
        lines.ShouldContain("DTSTART;TZID=\"UTC+01:30\":20250602T083000");
    }

    [Fact]
    public void A_meeting_without_length_has_no_end() =>
        Write(null, Examples.Review with { End = Examples.Review.Start })
            .ShouldNotContain(line => line.StartsWith("DTEND", StringComparison.Ordinal));

    [Fact]
    public void Parts_of_a_second_are_cut_off() =>
        Write(null, Examples.Review with { Start = Examples.Review.Start + Duration.FromMilliseconds(999) })
            .ShouldContain("DTSTART;TZID=Europe/Berlin:20250602T090000");

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var names = CalendarText.Compose(null, [Examples.Review with { Organizer = null, Attendees = [], Description = "" }])
            .Components[^1].Properties.Select(property => property.Name);
        names.ShouldBe(["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"]);
    }

    [Theory]
    [InlineData(EventStatus.Confirmed, false, "BUSY")]
    [InlineData(EventStatus.Tentative, false, "TENTATIVE")]
    [InlineData(EventStatus.Cancelled, false, "FREE")]
    [InlineData(EventStatus.Confirmed, true, "FREE")]
    public void Outlook_is_told_how_to_show_the_time(EventStatus status, bool transparent, string shown) =>
        Write(null, Examples.Review with { Status = status, Transparent = transparent })
            .ShouldContain("X-MICROSOFT-CDO-BUSYSTATUS:" + shown);

    [Theory]
    [InlineData(0, "-PT0S")]
    [InlineData(45, "-PT45S")]
    [InlineData(15 * 60, "-PT15M")]
    [InlineData(61, "-PT1M1S")]
    [InlineData(24 * 3600, "-PT24H")]
    [InlineData(90 * 60, "-PT1H30M")]
    [InlineData(3601, "-PT1H0M1S")]
    public void An_alarm_rings_so_long_before_the_start(int seconds, string trigger) =>
        Write(null, Examples.Review with { Alarm = Duration.FromSeconds(seconds) }).ShouldContain("TRIGGER:" + trigger);

    [Fact]
    public void A_calendar_may_have_a_name_and_may_be_empty() =>
        Examples.Lines(CalendarText.Write(null, [], "Ada, at work")).ShouldBe(
        [
            "BEGIN:VCALENDAR", "PRODID:-//Convene//Convene//EN", "VERSION:2.0", "CALSCALE:GREGORIAN",
            @"NAME:Ada\, at work", @"X-WR-CALNAME:Ada\, at work", "END:VCALENDAR",
        ]);

    [Fact]
    public void Calendars_with_the_same_content_are_equal() =>
        CalendarText.Compose(null, [Examples.Everything]).ShouldBe(CalendarText.Compose(null, [Examples.Everything with { }]));

    private static string[] Write(ItipMethod? method, MeetingEvent meeting) => Examples.Lines(CalendarText.Write(method, [meeting]));
}
