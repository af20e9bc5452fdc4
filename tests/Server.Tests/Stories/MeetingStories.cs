using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Meetings as system 1 documents them, and what the merged contract adds.
public sealed class MeetingStories
{
    private const string Ten = "2030-03-05T10:00:00Z";
    private const string Eleven = "2030-03-05T11:00:00Z";
    private const string Noon = "2030-03-05T12:00:00Z";

    [Theory, OnSqlite, OnPostgres]
    public async Task The_answer_to_a_booking_is_everything_about_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var made = await ana.Book("Kickoff", Ten, Eleven, "ben@example.com");

        var read = (await ana.Get($"/api/meetings/{made.Id}/")).ShouldBe(200);
        foreach (var key in (string[])["id", "title", "description", "location", "start_time", "end_time", "status", "created_by", "created_by_email", "participants", "duration_minutes", "is_upcoming", "created_at", "updated_at", "timezone", "host"])
            read[key]!.ToJsonString().ShouldBe(made[key]!.ToJsonString(), key);
        read["start_time"]!.ToString().ShouldBe(Ten);
        ((long)read["duration_minutes"]!).ShouldBe(60);
        ((bool)read["is_upcoming"]!).ShouldBeTrue();
        ((long)read["created_by"]!).ShouldBe(ana.Id);
        read["participants"]![0]!.AsObject().Select(p => p.Key).ShouldBe(["id", "meeting", "user", "email", "name", "status", "role", "invited_at", "responded_at"], ignoreOrder: true);
        ((string)read["participants"]![0]!["status"]!).ShouldBe("pending");
        read["skipped_participants"].ShouldBeNull("that is told once, to whoever booked");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Busy_people_are_skipped_or_stop_it_or_are_double_booked_as_asked(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ben.Book("Ben's own", Ten, Eleven);

        var skipped = await ana.Book("Skip", Ten, Eleven, "ben@example.com", "cho@example.com");
        skipped.Emails().ShouldBe(["cho@example.com"]);
        skipped["skipped_participants"]![0]!["reason"]!.ToString().ShouldBe("busy");
        skipped["conflicts"]!["ben@example.com"]![0]!["title"]!.ToString().ShouldBe("Busy", "what Ben does is not Ana's to know");
        skipped["conflicts"]!["ben@example.com"]![0]!["id"].ShouldBeNull();
        skipped["conflicts"]!["ben@example.com"]![0]!["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00+00:00");

        var rejected = (await ana.Post("/api/meetings/", Body("Reject", Ten, Eleven, "reject", "BEN@example.com"))).ShouldBe(400);
        rejected["conflict"]![0]!.ToString().ShouldBe("ben@example.com has a scheduling conflict.");
        (await ana.Get("/api/meetings/?search=Reject")).Json!.AsArray().ShouldBeEmpty();

        var allowed = (await ana.Post("/api/meetings/", Body("Allow", Ten, Eleven, "allow", "ben@example.com"))).ShouldBe(201);
        allowed.Emails().ShouldBe(["ben@example.com"]);
        ((bool)allowed["has_conflicts"]!).ShouldBeTrue();
        (await ana.Post("/api/meetings/", Body("No such", Ten, Eleven, "perhaps"))).ShouldBe(400).Error("conflict_policy").ShouldBe("\"perhaps\" is not a valid choice.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Back_to_back_is_free_and_a_meeting_is_made_even_if_everybody_is_skipped(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("First", Ten, Eleven, "ben@example.com");
        (await ana.Book("Right after", Eleven, Noon, "ben@example.com")).Emails().ShouldBe(["ben@example.com"]);
        var alone = await ana.Book("Overlapping", "2030-03-05T10:30:00Z", "2030-03-05T11:30:00Z", "ben@example.com");
        alone.Emails().ShouldBeEmpty();
        alone["conflicts"]!["ben@example.com"]!.AsArray().Count.ShouldBe(2);
        alone["host_conflicts"]!.AsArray().Count.ShouldBe(2, "the host's own clashes are told and never block");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Strangers_get_404_invitees_read_and_answer_only_host_and_cohosts_edit(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var cho = await house.SignUp("cho");
        var eve = await house.SignUp("eve");
        var made = (await ana.Post("/api/meetings/", new
        {
            title = "Plan", start_time = Ten, end_time = Eleven,
            participants = new object[] { new { email = "ben@example.com" }, new { email = "cho@example.com", role = "cohost" } },
        })).ShouldBe(201);
        var path = $"/api/meetings/{made.Id}/";
        var benId = (long)made["participants"]![0]!["id"]!;

        foreach (var (method, tail, body) in Everything(benId))
            (await eve.Send(method, path + tail, body)).ShouldBe(404);

        (await ben.Get(path)).ShouldBe(200)["role"]!.ToString().ShouldBe("attendee");
        (await ben.Get(path + "participants/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(2);
        (await ben.Get(path + "export-ics/")).ShouldBe(200);
        (await ben.Put(path, Body("Mine now", Ten, Eleven, "skip"))).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the meeting organiser can edit it.");
        (await ben.Delete(path)).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the meeting organiser can delete it.");
        (await ben.Post(path + "cancel/")).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the organiser can cancel this meeting.");
        (await ben.Post(path + "notify/")).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the organiser can send notifications.");
        (await ben.Post(path + "participants/", new { email = "dee@example.com" })).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the organiser can add participants.");
        (await ben.Delete(path + $"participants/{benId}/")).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the organiser can remove participants.");
        var choId = (long)made["participants"]![1]!["id"]!;
        (await ben.Patch(path + $"participants/{choId}/status/", new { status = "declined" })).ShouldBe(403)["detail"]!.ToString().ShouldBe("You can only update your own participation status.");
        (await ben.Patch(path + $"participants/{benId}/status/", new { status = "accepted" })).ShouldBe(200)["status"]!.ToString().ShouldBe("accepted");
        (await ben.Patch(path + $"participants/{benId}/status/", new { status = "invited" })).ShouldBe(200)["status"]!.ToString().ShouldBe("pending");
        (await ben.Patch(path + $"participants/{benId}/status/", new { status = "maybe" })).ShouldBe(400).Error("status").ShouldBe("\"maybe\" is not a valid choice.");

        (await cho.Patch(path, new { title = "Plan B" })).ShouldBe(200)["role"]!.ToString().ShouldBe("cohost");
        (await cho.Post(path + "participants/", new { email = "dee@example.com" })).ShouldBe(201);
        (await cho.Post(path + "participants/", new { email = "fay@example.com", role = "cohost" })).ShouldBe(403, "roles are the host's to give");
        (await cho.Patch(path, new { participants = new object[] { new { email = "cho@example.com" }, new { email = "fay@example.com", role = "cohost" } } })).ShouldBe(403);
        (await cho.Patch(path, new { participants = new object[] { new { email = "ben@example.com" } } })).ShouldBe(403, "nor to be taken with the list");
        (await cho.Delete(path)).ShouldBe(403);
        (await ana.Patch(path + $"participants/{benId}/", new { role = "cohost", name = "Benjamin" })).ShouldBe(200)["name"]!.ToString().ShouldBe("Benjamin");
        (await ben.Post(path + "cancel/")).ShouldBe(200)["status"]!.ToString().ShouldBe("cancelled");
        (await ana.Post(path + "cancel/")).ShouldBe(400)["detail"]!.ToString().ShouldBe("Meeting is already cancelled.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_list_searches_filters_orders_and_pages(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var ben = await house.SignUp("ben");
        for (var day = 1; day <= 5; day++)
            await ana.Book($"Daily {day}", $"2030-04-0{day}T02:00:00Z", $"2030-04-0{day}T02:15:00Z");
        await ben.Book("École 100%_sure", "2030-04-10T10:00:00Z", "2030-04-10T11:00:00Z", "ana@example.com");
        var cancelled = await ana.Book("Called off", "2030-04-11T10:00:00Z", "2030-04-11T11:00:00Z");
        await ana.Post($"/api/meetings/{cancelled.Id}/cancel/");

        var all = (await ana.Get("/api/meetings/")).ShouldBe(200);
        Titles(all.Json!).ShouldBe(["Daily 1", "Daily 2", "Daily 3", "Daily 4", "Daily 5", "École 100%_sure", "Called off"]);
        all.Headers["X-Total-Count"].ShouldBe("7");
        all.Json![0]!.AsObject().Select(p => p.Key).ShouldBeSubsetOf(["id", "title", "description", "location", "start_time", "end_time", "timezone", "status", "role", "created_by_email", "duration_minutes", "participant_count", "participants", "created_at", "updated_at", "version"]);

        Titles((await ana.Get("/api/meetings/?status=cancelled")).Json!).ShouldBe(["Called off"]);
        Titles((await ana.Get("/api/meetings/?search=éCOLE")).Json!).ShouldBe(["École 100%_sure"]);
        Titles((await ana.Get("/api/meetings/?search=100%25_s")).Json!).ShouldBe(["École 100%_sure"]);
        Titles((await ana.Get("/api/meetings/?search=daily%205")).Json!).ShouldBe(["Daily 5"]);
        // In New York 02:00Z is the evening before.
        Titles((await ana.Get("/api/meetings/?from_date=2030-04-02&to_date=2030-04-03")).Json!).ShouldBe(["Daily 3", "Daily 4"]);
        Titles((await ana.Get("/api/meetings/?from_date=2030-04-03T00:00:00Z&to_date=2030-04-05T02:00:00Z")).Json!).ShouldBe(["Daily 3", "Daily 4"]);
        Titles((await ana.Get("/api/meetings/?ordering=-start_time&status=scheduled")).Json!)[0].ShouldBe("École 100%_sure");
        Titles((await ana.Get("/api/meetings/?ordering=title")).Json!)[0].ShouldBe("Called off");

        var page = (await ana.Get("/api/meetings/?page=2&page_size=3&status=")).ShouldBe(200);
        Titles(page["results"]!).ShouldBe(["Daily 4", "Daily 5", "École 100%_sure"]);
        ((long)page["count"]!).ShouldBe(7);
        var next = (string)page["next"]!;
        next.ShouldBe($"{house.Url}api/meetings/?page_size=3&status=&page=3");
        Titles((await ana.Get(new Uri(next).PathAndQuery))["results"]!).ShouldBe(["Called off"]);
        ((string)page["previous"]!).ShouldContain("page=1");
        foreach (var bad in (string[])["page=0", "page=99", "page=x", "page=-1", "page=99999999999"])
            (await ana.Get($"/api/meetings/?{bad}")).ShouldBe(404)["detail"]!.ToString().ShouldBe("Invalid page.");
        (await ana.Get("/api/meetings/?from_date=garbage")).ShouldBe(400).Error("from_date").ShouldBe("Enter a valid date.");
        (await ana.Get("/api/meetings/?status=lost")).ShouldBe(400).Error("status").ShouldStartWith("Select a valid choice.");
        (await ana.Get("/api/meetings/?ordering=password")).ShouldBe(400);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_take_the_same_number_of_statements_however_long_they_are(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("One", Ten, Eleven, "p0@example.com");
        var few = await house.Statements(() => ana.Get("/api/meetings/"));
        for (var i = 1; i < 30; i++)
            await ana.Book($"More {i}", Ten, Eleven, $"p{i}@example.com", $"q{i}@example.com");
        (await house.Statements(() => ana.Get("/api/meetings/"))).ShouldBe(few);
        var one = await house.Statements(() => ana.Book("Two people", Eleven, Noon, "p1@example.com", "q1@example.com"));
        var many = await house.Statements(() => ana.Book("Fifty people", Eleven, Noon, [.. Enumerable.Range(0, 30).SelectMany(i => new[] { $"p{i}@example.com", $"q{i}@example.com" }).Except(["q0@example.com"])]));
        many.ShouldBe(one, "people who are known cost no statement each");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Wrong_meetings_are_refused_field_by_field_and_leave_nothing_behind(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");

        var empty = (await ana.Post("/api/meetings/", new { })).ShouldBe(400);
        foreach (var field in (string[])["title", "start_time", "end_time"])
            empty.Error(field).ShouldBe("This field is required.");
        var nested = (await ana.Post("/api/meetings/", new { title = "x", start_time = Ten, end_time = Eleven, participants = new object[] { new { email = "ok@example.com" }, new { name = "No address" }, "text", new { email = "nonsense" } } })).ShouldBe(400);
        nested["participants"]!.ToJsonString().ShouldBe("""[{},{"email":["This field is required."]},{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]},{"email":["Enter a valid email address."]}]""");
        (await ana.TryBook("Backwards", Eleven, Ten)).ShouldBe(400).Error("end_time").ShouldBe("End time must be after start time.");
        (await ana.TryBook("Empty", Ten, Ten)).ShouldBe(400).Error("end_time").ShouldBe("End time must be after start time.");
        (await ana.TryBook("Forever", Ten, "2032-03-05T10:00:00Z")).ShouldBe(400).Error("end_time").ShouldContain("366 days");
        (await ana.TryBook(" ", Ten, Eleven)).ShouldBe(400).Error("title").ShouldBe("This field may not be blank.");
        (await ana.TryBook(new string('x', 256), Ten, Eleven)).ShouldBe(400).Error("title").ShouldBe("Ensure this field has no more than 255 characters.");
        (await ana.TryBook("When?", "tomorrow", Eleven)).ShouldBe(400).Error("start_time").ShouldBe("Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].");
        (await ana.Post("/api/meetings/", new { title = "Where?", start_time = Ten, end_time = Eleven, timezone = "Mars/Olympus" })).ShouldBe(400).Error("timezone").ShouldContain("Mars/Olympus");
        (await ana.Post("/api/meetings/", """{"title": "Broken", """)).ShouldBe(400)["detail"]!.ToString().ShouldStartWith("JSON parse error - ");
        (await ana.Post("/api/meetings/", "[]")).ShouldBe(400).Error("non_field_errors").ShouldBe("Invalid data. Expected a dictionary, but got list.");
        (await ana.Post("/api/meetings/", """{"title": null, "start_time": 5, "end_time": {}, "participants": "ben"}""")).ShouldBe(400).Error("title").ShouldBe("This field may not be null.");
        (await ana.Post("/api/meetings/", $"{{\"title\": \"{new string('x', 1_100_000)}\"}}")).ShouldBe(413)["detail"]!.ToString().ShouldContain("too large");
        (await ana.Get("/api/meetings/")).Json!.AsArray().ShouldBeEmpty();

        var problem = (await ana.TryBook("Backwards", Eleven, Ten)).Json!;
        ((int)problem["status"]!).ShouldBe(400);
        ((string)problem["title"]!).ShouldBe("Bad Request");
        ((string)problem["type"]!).ShouldBe("about:blank");
        ((string)problem["detail"]!).ShouldBe("end_time: End time must be after start time.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Absent_and_misshapen_ids_are_404_and_wrong_methods_405(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var id in (string[])["00000000-0000-0000-0000-000000000000", "1", "x", "IIIIIDDDDDD", "a%2Fb", "999999999999999999999999"])
            (await ana.Get($"/api/meetings/{id}/")).ShouldBe(404)["detail"]!.ToString().ShouldBe("Not found.");
        var made = await ana.Book("Here", Ten, Eleven, "ben@example.com");
        (await ana.Delete($"/api/meetings/{made.Id}/participants/99999999999999999999/")).ShouldBe(404);
        (await ana.Delete($"/api/meetings/{made.Id}/participants/x/")).ShouldBe(404);
        (await ana.Get($"/api/meetings/{made.Id.ToUpperInvariant()}")).ShouldBe(200);
        (await ana.Put("/api/meetings/", new { })).ShouldBe(405)["detail"]!.ToString().ShouldBe("Method \"PUT\" not allowed.");
        (await ana.Get("/api/nowhere/")).ShouldBe(404)["detail"]!.ToString().ShouldBe("Not found.");
        (await ana.Put("/api/meetings/my-calendar/", new { })).ShouldBe(405);
        (await ana.Get("/api/meetings/check-conflicts/")).ShouldBe(405);
        var head = (await ana.Send(HttpMethod.Head, $"/api/meetings/{made.Id}/", null)).ShouldBe(200);
        head.Text.ShouldBeEmpty();
        (await house.Somebody().Get("/api/meetings/")).ShouldBe(401)["detail"]!.ToString().ShouldBe("Authentication credentials were not provided.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Times_without_an_offset_are_read_in_the_meetings_zone_or_the_hosts(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");
        (await ana.Post("/api/meetings/", new { title = "Dhaka", start_time = "2030-07-01T09:00", end_time = "2030-07-01 10:00:00", timezone = "Asia/Dhaka" }))
            .ShouldBe(201)["start_time"]!.ToString().ShouldBe("2030-07-01T03:00:00Z");
        (await ana.Post("/api/meetings/", new { title = "Home", start_time = "2030-07-01T09:00", end_time = "2030-07-01T10:00" }))
            .ShouldBe(201)["start_time"]!.ToString().ShouldBe("2030-07-01T13:00:00Z");
        // 2030-03-10 02:30 is skipped in New York: RFC 5545 reads it with the offset before the gap.
        var gap = (await ana.Post("/api/meetings/", new { title = "Gap", start_time = "2030-03-10T02:30", end_time = "2030-03-10T03:45" })).ShouldBe(201);
        gap["start_time"]!.ToString().ShouldBe("2030-03-10T07:30:00Z");
        gap["end_time"]!.ToString().ShouldBe("2030-03-10T07:45:00Z");
        (await ana.Post("/api/meetings/", new { title = "Offset", start_time = "2030-07-01T09:00:00.5+05:30", end_time = "2030-07-01T10:00:00+0530" }))
            .ShouldBe(201)["start_time"]!.ToString().ShouldBe("2030-07-01T03:30:00.500000Z");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_start_in_the_past_is_accepted_with_a_warning_unless_it_is_to_be_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Book("Long ago", "2020-01-01T10:00:00Z", "2020-01-01T11:00:00Z"))["warnings"]![0]!.ToString().ShouldBe("start_time is in the past");
        var body = Body("Strict", "2020-01-01T10:00:00Z", "2020-01-01T11:00:00Z", "skip");
        (await ana.Post("/api/meetings/?strict=1", body)).ShouldBe(400).Error("start_time").ShouldBe("Start time cannot be in the past.");

        await using var strict = await TestHouse.Open(engine, "REFUSE_PAST_STARTS=true");
        var ben = await strict.SignUp("ben");
        (await ben.Post("/api/meetings/", body)).ShouldBe(400).Error("start_time").ShouldBe("Start time cannot be in the past.");
        var made = await ben.Book("Soon", Ten, Eleven);
        strict.Clock.Advance(NodaTime.Duration.FromDays(30));
        await ben.SignIn();
        (await ben.Patch($"/api/meetings/{made.Id}/", new { title = "A past meeting can still be renamed" })).ShouldBe(200);
    }

    private static List<string> Titles(JsonNode list) => [.. list.AsArray().Select(m => (string)m!["title"]!)];

    private static object Body(string title, string start, string end, string policy, params string[] emails) => new
    {
        title,
        start_time = start,
        end_time = end,
        conflict_policy = policy,
        participants = emails.Select(e => new { email = e }),
    };

    private static IEnumerable<(HttpMethod Method, string Tail, object? Body)> Everything(long participant) =>
    [
        (HttpMethod.Get, "", null),
        (HttpMethod.Put, "", Body("Stolen", Ten, Eleven, "skip")),
        (HttpMethod.Patch, "", new { title = "Stolen" }),
        (HttpMethod.Delete, "", null),
        (HttpMethod.Post, "cancel/", null),
        (HttpMethod.Get, "export-ics/", null),
        (HttpMethod.Post, "notify/", null),
        (HttpMethod.Get, "notifications/", null),
        (HttpMethod.Get, "participants/", null),
        (HttpMethod.Post, "participants/", new { email = "eve@example.com" }),
        (HttpMethod.Patch, $"participants/{participant}/", new { role = "cohost" }),
        (HttpMethod.Delete, $"participants/{participant}/", null),
        (HttpMethod.Patch, $"participants/{participant}/status/", new { status = "declined" }),
    ];
}
