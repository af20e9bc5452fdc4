using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;
using static Convene.Server.Tests.Peers.CalendarServer;

namespace Convene.Server.Tests.Stories;

/// A calendar that lies elsewhere makes its owner busy, everywhere that somebody looks.
public sealed class ExternalCalendarStories
{
    internal const string Loopback = "OUTGOING_ALLOWED_NETWORKS=127.0.0.0/8";

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_looks_sees_the_time_taken_and_nobody_sees_with_what(string engine)
    {
        await using var elsewhere = await Start(Event("dentist", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z"));
        await using var house = await TestHouse.Open(engine, Loopback);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var added = await Add(ana, elsewhere);
        ((string)added["state"]!, (int)added["busy_count"]!, added["error"]).ShouldBe(("fresh", 1, null));
        ((string)added["url"]!, (string)added["when_unreachable"]!, (string)added["name"]!).ShouldBe((elsewhere.Url, "open", "Private"));
        ((string)added["fetched_at"]!).ShouldBe("2030-03-04T09:00:00Z");

        // Slots, and why not.
        Starts(await Find(house, ana)).ShouldBe(["09", "11", "12", "13", "14", "15", "16"]);
        Reasons(await Explain(ben, ana, "2030-03-05T10:00:00Z")).ShouldBe(["busy"]);
        Reasons(await Explain(ben, ana, "2030-03-05T11:00:00Z")).ShouldBeEmpty();
        // Free and busy time.
        var freeBusy = await ben.Get($"/api/availability/?user={ana.Id}&from=2030-03-05&to=2030-03-05");
        freeBusy["busy"]!.ToJsonString().ShouldBe("""[{"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:00:00Z"}]""");
        // Booking: left out; reported as Busy to others, by the calendar's name to herself.
        var booked = await ben.Book("Review", "2030-03-05T10:30Z", "2030-03-05T11:30Z", "ana@example.com", "cho@example.com");
        booked.Emails().ShouldBe(["cho@example.com"]);
        var conflicts = await ben.Post("/api/meetings/check-conflicts/", new { start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:00:00Z", participant_emails = new[] { "ana@example.com" } });
        conflicts.ShouldBe(200).Text.ShouldContain("\"title\":\"Busy\"");
        var own = await ana.Post("/api/meetings/check-conflicts/", new { start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:00:00Z", participant_emails = new[] { "ana@example.com" } });
        own.ShouldBe(200).Text.ShouldContain("\"title\":\"Private\"");
        // Hours of a day.
        (await ben.Get("/api/user/get_available_slots/?date=2030-03-05&user=ana@example.com")).ShouldBe(200)["response"]!["booked_time_slots"]!.ToJsonString().ShouldBe("[10]");

        foreach (var reply in (Reply[])[booked, conflicts, own, freeBusy, added])
            reply.Text.ShouldNotContain("surgeon");

        // It is in no list.
        foreach (var path in (string[])["/api/meetings/", "/api/events/", "/meetings/day/2030-03-05/", "/meetings/day/2030-03-04/", "/api/event/", "/api/availability/", "/api/availability/overrides/", "/api/meetings/my-calendar/", "/meetings/availability"])
            (await ana.Get(path)).ShouldBe(200).Text.ShouldNotContain("Private", Case.Sensitive, path);
        var id = (long)added["id"]!;
        (await ana.Get($"/api/events/{id}/")).ShouldBe(404);
        (await ana.Get($"/api/event/{id}/")).ShouldBe(404);
        (await ana.Delete($"/api/events/{id}/")).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_changes_there_changes_here_and_what_does_not_costs_nothing(string engine)
    {
        await using var elsewhere = await Start(Event("a", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z"));
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        Starts(await Find(house, ana)).ShouldNotContain("10");
        var revision = await Revision(house, ana);

        (await house.RefreshCalendars()).ShouldBe(0, "not due yet");
        house.Clock.Advance(Duration.FromMinutes(17));
        (await house.RefreshCalendars()).ShouldBe(1);
        elsewhere.Answered.ShouldBe([200, 304]);
        (await Revision(house, ana)).ShouldBe(revision, "nothing has changed");

        // Something else than time changes: other bytes, the same busy time.
        elsewhere.Shows("X-WR-CALNAME:Renamed", Event("a", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z"));
        house.Clock.Advance(Duration.FromMinutes(17));
        (await house.RefreshCalendars()).ShouldBe(1);
        (await Revision(house, ana)).ShouldBe(revision);

        elsewhere.Shows(Event("a", "DTSTART:20300305T130000Z", "DTEND:20300305T140000Z"));
        house.Clock.Advance(Duration.FromMinutes(17));
        (await house.RefreshCalendars()).ShouldBe(1);
        elsewhere.Answered.ShouldBe([200, 304, 200, 200]);
        (await Revision(house, ana)).ShouldBe(revision + 1);
        Starts(await Find(house, ana)).ShouldBe(["09", "10", "11", "12", "14", "15", "16"]);
        ((string)(await One(ana))["fetched_at"]!).ShouldBe("2030-03-04T09:51:00Z");

        // Gone there, gone here; and with the calendar itself all of its time is free.
        elsewhere.Shows();
        (await ana.Post($"/api/external-calendars/{(await One(ana))["id"]}/refresh/")).ShouldBe(200)["busy_count"]!.GetValue<int>().ShouldBe(0);
        Starts(await Find(house, ana)).Count.ShouldBe(8);
        elsewhere.Shows(Event("a", "DTSTART:20300305T130000Z", "DTEND:20300305T140000Z"));
        (await ana.Post($"/api/external-calendars/{(await One(ana))["id"]}/refresh/")).ShouldBe(200);
        Starts(await Find(house, ana)).Count.ShouldBe(7);
        (await ana.Delete($"/api/external-calendars/{(await One(ana))["id"]}/")).ShouldBe(204);
        Starts(await Find(house, ana)).Count.ShouldBe(8);
        (await ana.Get("/api/external-calendars/")).Text.ShouldBe("[]");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_takes_up_no_time_there_takes_up_none_here(string engine)
    {
        await using var elsewhere = await Start(
            "X-WR-TIMEZONE:Europe/Berlin",
            Event("free", "DTSTART:20300305T090000Z", "DTEND:20300305T100000Z", "TRANSP:TRANSPARENT"),
            Event("off", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "STATUS:CANCELLED"),
            Event("declined", "DTSTART:20300305T110000Z", "DTEND:20300305T120000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:Ana@example.com"),
            Event("moment", "DTSTART:20300305T121500Z"),
            // 14:00 in Berlin, on Mondays and Tuesdays; one moved, one called off, one free.
            Event("series", "DTSTART;TZID=Europe/Berlin:20300101T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU"),
            Event("series", "RECURRENCE-ID;TZID=Europe/Berlin:20300305T140000", "DTSTART;TZID=Europe/Berlin:20300305T160000", "DURATION:PT1H"),
            Event("series", "RECURRENCE-ID;TZID=Europe/Berlin:20300311T140000", "DTSTART;TZID=Europe/Berlin:20300311T140000", "DURATION:PT1H", "STATUS:CANCELLED"),
            Event("series", "RECURRENCE-ID;TZID=Europe/Berlin:20300312T140000", "DTSTART;TZID=Europe/Berlin:20300312T140000", "DURATION:PT1H", "TRANSP:TRANSPARENT"),
            // A day off on Berlin's clocks.
            Event("day", "DTSTART;VALUE=DATE:20300313"));
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        (await BusyOn(ana, "2030-03-05")).ShouldBe(["2030-03-05T15:00:00Z/2030-03-05T16:00:00Z"]);
        (await BusyOn(ana, "2030-03-11")).ShouldBeEmpty();
        (await BusyOn(ana, "2030-03-12")).ShouldBe(["2030-03-12T23:00:00Z/2030-03-13T00:00:00Z"]);
        (await BusyOn(ana, "2030-03-13")).ShouldBe(["2030-03-13T00:00:00Z/2030-03-13T23:00:00Z"]);
        (await BusyOn(ana, "2030-03-18")).ShouldBe(["2030-03-18T13:00:00Z/2030-03-18T14:00:00Z"]);
        (await BusyOn(ana, "2030-04-01")).ShouldBe(["2030-04-01T12:00:00Z/2030-04-01T13:00:00Z"], "summer time");
        (await BusyOn(ana, "2031-12-01")).ShouldBe(["2031-12-01T13:00:00Z/2031-12-01T14:00:00Z"], "up to the horizon");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Published_free_and_busy_time_counts_too(string engine)
    {
        await using var elsewhere = await Start(
            "BEGIN:VFREEBUSY", "UID:x", "DTSTAMP:20300101T000000Z", "FREEBUSY:20300305T100000Z/PT1H,20300305T103000Z/20300305T113000Z", "FREEBUSY;FBTYPE=FREE:20300305T140000Z/PT1H", "END:VFREEBUSY");
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        (await BusyOn(ana, "2030-03-05")).ShouldBe(["2030-03-05T10:00:00Z/2030-03-05T11:30:00Z"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_copy_of_a_meeting_of_our_own_never_blocks(string engine)
    {
        await using var elsewhere = await Start();
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var deleted = await ana.Book("Gone", "2030-03-05T12:00Z", "2030-03-05T13:00Z", "ben@example.com");
        var series = await ana.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-05T15:00:00Z", end_time = "2030-03-05T16:00:00Z", timezone = "UTC", recurrence = "FREQ=WEEKLY;COUNT=3", participants = new[] { new { email = "ben@example.com" } } });
        series.ShouldBe(201);
        string Copy(string uid, string start, params string[] more) => Event(uid, [$"DTSTART:20300305T{start}00Z", "DURATION:PT1H", .. more]);
        elsewhere.Shows(Copy(meeting.Id, "1000"), Copy(deleted.Id, "1200"), Copy((string)series["series"]!["id"]!, "1500", "RRULE:FREQ=WEEKLY;COUNT=3"));
        await Add(ana, elsewhere);

        await ana.Patch($"/api/meetings/{meeting.Id}/", new { start_time = "2030-03-05T13:00Z", end_time = "2030-03-05T14:00Z" });
        (await ana.Delete($"/api/meetings/{deleted.Id}/")).ShouldBe(204);
        Starts(await Find(house, ana)).ShouldBe(["09", "10", "11", "12", "14", "16"], "the copies are of yesterday");
        elsewhere.Shows("X-WR-CALNAME:Read anew", Copy(meeting.Id, "1000"), Copy(deleted.Id, "1200"));
        (await ana.Post($"/api/external-calendars/{(await One(ana))["id"]}/refresh/")).ShouldBe(200);
        Starts(await Find(house, ana)).ShouldBe(["09", "10", "11", "12", "14", "16"], "also of what was deleted");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_has_their_own_and_the_audit_tells_who_added_what_without_its_secret(string engine)
    {
        await using var elsewhere = await Start();
        await using var house = await TestHouse.Open(engine, Loopback);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var id = (long)(await Add(ana, elsewhere))["id"]!;
        (await ben.Get("/api/external-calendars/")).Text.ShouldBe("[]");
        (await ben.Patch($"/api/external-calendars/{id}/", new { name = "Mine" })).ShouldBe(404);
        (await ben.Delete($"/api/external-calendars/{id}/")).ShouldBe(404);
        (await ben.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(404);
        (await house.Somebody().Get("/api/external-calendars/")).ShouldBe(401);

        (await ana.Patch($"/api/external-calendars/{id}/", new { name = "Family", when_unreachable = "closed" })).ShouldBe(200)["name"]!.GetValue<string>().ShouldBe("Family");
        (await ana.Post("/api/external-calendars/", new { name = "Again", url = elsewhere.Url })).ShouldBe(400).Error("url").ShouldBe("This is your calendar Family already.");
        (await ana.Delete($"/api/external-calendars/{id}/")).ShouldBe(204);

        var root = await house.SignUpAdmin("root");
        var audit = await root.Get("/api/admin/audit/?kind=external_calendar&subject=ana@example.com&ordering=at");
        audit.ShouldBe(200)["results"]!.AsArray().Select(n => (string)n!["kind"]!).ShouldBe(["external_calendar.added", "external_calendar.changed", "external_calendar.removed"]);
        audit.Text.ShouldNotContain("secret-4f1c");
        audit.Text.ShouldContain("127.0.0.1");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_cannot_be_a_calendars_address_is_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        Task<Reply> Try(object body) => ana.Post("/api/external-calendars/", body);
        (await Try(new { })).ShouldBe(400).Error("url").ShouldBe("This field is required.");
        (await Try(new { name = "", url = "https://x.example.com/" })).ShouldBe(400).Error("name").ShouldBe("This field may not be blank.");
        (await Try(new { name = "x", url = "file:///etc/passwd" })).ShouldBe(400).Error("url").ShouldBe("Enter an address that begins with https://.");
        (await Try(new { name = "x", url = "http://169.254.169.254/" })).ShouldBe(400).Error("url").ShouldBe("It leads into a private network, not into the internet.");
        (await Try(new { name = "x", url = "http://2130706433/" })).ShouldBe(400).Error("url").ShouldBe("It leads into a private network, not into the internet.");
        (await Try(new { name = "x", url = "https://x.example.com/", when_unreachable = "ajar" })).ShouldBe(400).Error("when_unreachable").ShouldBe("\"ajar\" is not a valid choice.");
        (await ana.Get("/api/external-calendars/")).Text.ShouldBe("[]");

        // A name is looked up when it is connected to: it is there, and says what is wrong.
        var named = await Try(new { name = "x", url = $"http://localhost:{house.Url.Port}/" });
        ((string)named.ShouldBe(201)["state"]!, (string)named["error"]!).ShouldBe(("failing", "It leads into a private network, not into the internet."));
    }

    internal static async Task<Reply> Add(Caller who, CalendarServer elsewhere, string whenUnreachable = "open") =>
        (await who.Post("/api/external-calendars/", new { name = "Private", url = elsewhere.Url, when_unreachable = whenUnreachable })).ShouldBe(201);

    internal static async Task<JsonNode> One(Caller who) => (await who.Get("/api/external-calendars/")).ShouldBe(200).Json!.AsArray().Single()!;

    internal static Task<Reply> Find(TestHouse house, Caller who) => house.Somebody().Post("/api/scheduling/find-slots/", new
    {
        user_ids = new[] { who.Id }, window_start = "2030-03-05T00:00Z", window_end = "2030-03-06T00:00Z", step_minutes = 60,
    });

    internal static List<string> Starts(Reply found) => [.. found.ShouldBe(200)["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[11..13])];

    internal static Task<Reply> Explain(Caller asker, Caller whom, string start) =>
        asker.Post("/api/scheduling/explain/", new { emails = new[] { whom.Email }, start_time = start, duration_minutes = 60 });

    internal static List<string> Reasons(Reply explained) => [.. explained.ShouldBe(200)["people"]!.AsArray().SelectMany(p => p!["reasons"]!.AsArray().Select(r => (string)r!))];

    internal static async Task<long> Revision(TestHouse house, Caller who)
    {
        using var listener = await Listener.Open(house, who);
        return (await listener.Next()).Id;
    }

    private static async Task<List<string>> BusyOn(Caller who, string day) =>
        [.. (await who.Get($"/api/availability/?user={who.Id}&from={day}&to={day}")).ShouldBe(200)["busy"]!.AsArray().Select(b => $"{b!["start_time"]}/{b["end_time"]}")];
}
