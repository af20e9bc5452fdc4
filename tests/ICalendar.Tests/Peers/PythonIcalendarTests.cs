namespace Convene.ICalendar.Tests.Peers;

public sealed class PythonIcalendarTests
{
    [PythonIcalendarFact]
    public async Task Everything_comes_out_as_it_went_in()
    {
        var meeting = Examples.Everything;
        var calendar = await IcalendarInPython.ReadAsync(CalendarText.Write(ItipMethod.Request, [meeting], "Team; calendar"));

        calendar.Method.ShouldBe("REQUEST");
        calendar.Name.ShouldBe("Team; calendar");
        calendar.Zones.ShouldBe(["Europe/Berlin"]);
        var seen = calendar.Events.ShouldHaveSingleItem();
        seen.Uid.ShouldBe(meeting.Uid);
        seen.Sequence.ShouldBe(3);
        seen.Texts.ShouldBe(new Dictionary<string, string>
        {
            ["SUMMARY"] = meeting.Summary,
            ["DESCRIPTION"] = meeting.Description!.ReplaceLineEndings("\n"),
            ["LOCATION"] = meeting.Location!,
            ["STATUS"] = "TENTATIVE",
            ["URL"] = "https://convene.example/meetings/17?a=1,2;b=%C3%BC",
            ["TRANSP"] = "TRANSPARENT",
        }, ignoreOrder: true);
        seen.Start.ShouldBe(meeting.Start.ToUnixTimeSeconds());
        seen.StartByFile.ShouldBe(meeting.Start.ToUnixTimeSeconds());
        seen.EndByFile.ShouldBe(meeting.End.ToUnixTimeSeconds());
        seen.Stamp.ShouldBe(meeting.Stamp.ToUnixTimeSeconds());
        seen.Alarms.ShouldBe([-90 * 60]);
        seen.Organizer!.Address.ShouldBe("mailto:ada+calendar@example.org");
        seen.Organizer.Parameters["CN"].ShouldBe("Lovelace, Ada");
        seen.Attendees.Select(a => a.Address).ShouldBe(meeting.Attendees.Select(a => "mailto:" + a.Email));
        seen.Attendees[0].Parameters.ShouldBe(new Dictionary<string, string>
        {
            ["CUTYPE"] = "INDIVIDUAL", ["ROLE"] = "CHAIR", ["PARTSTAT"] = "ACCEPTED", ["CN"] = "Hopper; Grace (Navy: US)",
        }, ignoreOrder: true);
        seen.Attendees[1].Parameters["CN"].ShouldBe("Alan ^'T^' Turing"); // it leaves RFC 6868 to its caller
        seen.Attendees[2].Parameters["RSVP"].ShouldBe("TRUE");
    }

    [PythonIcalendarFact]
    public async Task An_injected_line_stays_part_of_the_title()
    {
        const string Title = "x\nATTENDEE:mailto:evil@example.com\nEND:VEVENT";
        var meeting = Examples.Review with { Summary = Title, Attendees = [] };
        var calendar = await IcalendarInPython.ReadAsync(CalendarText.Write(null, [meeting]));
        var seen = calendar.Events.ShouldHaveSingleItem();
        seen.Texts["SUMMARY"].ShouldBe(Title);
        seen.Names.ShouldNotContain("ATTENDEE");
    }

    [PythonIcalendarFact]
    public async Task Every_time_is_the_same_instant_by_the_zones_in_the_file()
    {
        var calendar = await IcalendarInPython.ReadAsync(CalendarText.Write(null, MovingMeetings.All));
        var seen = calendar.Events.ToDictionary(e => e.Uid);
        seen.Count.ShouldBe(MovingMeetings.All.Length);
        foreach (var meeting in MovingMeetings.All)
        {
            seen[meeting.Uid].StartByFile.ShouldBe(meeting.Start.ToUnixTimeSeconds(), meeting.Uid);
            seen[meeting.Uid].EndByFile.ShouldBe(meeting.End.ToUnixTimeSeconds(), meeting.Uid);
        }
    }
}
