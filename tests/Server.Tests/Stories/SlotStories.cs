using NodaTime;

namespace Convene.Server.Tests.Stories;

/// System 2: events, and times that suit everybody.
public sealed class SlotStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_documented_request_of_system_2_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var alice = house.Somebody();
        var registered = (await alice.Post("/api/auth/register/", new { username = "alice_dev", password = "securePass123", email = "alice@example.com", timezone = "America/Los_Angeles" })).ShouldBe(201);
        registered["message"]!.ToString().ShouldBe("User registered successfully");
        registered["user"]!["working_hours_end"]!.ToString().ShouldBe("17:00:00");
        (await alice.Post("/api/auth/login/", new { username = "alice_dev", password = "securePass123" })).ShouldBe(200)["message"]!.ToString().ShouldBe("Login successful");
        // From here on by the session cookie alone, as documented.
        (await alice.Get("/api/auth/profile/")).ShouldBe(200)["timezone"]!.ToString().ShouldBe("America/Los_Angeles");
        (await alice.Put("/api/auth/profile/", new { timezone = "Europe/London" })).ShouldBe(200)["timezone"]!.ToString().ShouldBe("Europe/London");

        var made = (await alice.Post("/api/events/", new { title = "Project Kickoff", start_time = "2025-12-30T14:00:00Z", end_time = "2025-12-30T15:30:00Z", event_type = "busy", description = "Meeting with the client" })).ShouldBe(201);
        var path = $"/api/events/{(long)made["id"]!}/";
        ((long)made["owner"]!).ShouldBe((long)registered["id"]!);
        (await alice.Get("/api/events/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);
        (await alice.Get(path)).ShouldBe(200).Json!.ToJsonString().ShouldBe(made.Json!.ToJsonString());
        (await alice.Put(path, new { title = "Kickoff", start_time = "2025-12-30T14:00:00Z", end_time = "2025-12-30T15:00:00Z", event_type = "free" })).ShouldBe(200)["event_type"]!.ToString().ShouldBe("free");

        var found = (await house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = new[] { (long)registered["id"]! }, duration_minutes = 60 })).ShouldBe(200);
        ((int)found["total_slots_found"]!).ShouldBe(105);
        found["available_slots"]![0]!["start_time"]!.ToString().ShouldBe("2030-03-04T09:00:00+00:00");
        found.Json!.AsObject().Select(p => p.Key).ShouldBe(["available_slots", "user_ids", "duration_minutes", "total_slots_found"]);

        (await alice.Delete(path)).ShouldBe(204);
        (await alice.Get(path)).ShouldBe(404);
        (await alice.Post("/api/auth/logout/")).ShouldBe(200)["message"]!.ToString().ShouldBe("Logout successful");
        (await alice.Get("/api/auth/profile/")).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_week_of_two_unbooked_people_has_105_slots_or_119_by_their_starts_at_any_time_of_day_and_none_is_past(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        foreach (var minute in (int[])[0, 10, 30, 190, 479, 481, 900])
        {
            house.Clock.Set(TestHouse.Start + Duration.FromMinutes(minute));
            var contained = (await Find(house, new { user_ids = new[] { ana.Id, ben.Id, ana.Id }, duration_minutes = 60 })).ShouldBe(200);
            ((int)contained["total_slots_found"]!).ShouldBe(105, $"{minute}");
            contained["user_ids"]!.AsArray().Count.ShouldBe(3, "as asked");
            string.CompareOrdinal(contained["available_slots"]![0]!["start_time"]!.ToString(), house.Clock.GetCurrentInstant().ToString()[..19]).ShouldBeGreaterThanOrEqualTo(0);
            ((int)(await Find(house, new { user_ids = new[] { ana.Id, ben.Id }, duration_minutes = 60, working_hours_rule = "start" }))["total_slots_found"]!).ShouldBe(119, $"{minute}");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Busy_events_and_meetings_block_free_ones_do_not(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        object Window(params long[] ids) => new { user_ids = ids, duration_minutes = 60, window_start = "2030-03-05T09:00:00Z", window_end = "2030-03-05T16:30:00Z", step_minutes = 60 };
        async Task<List<string>> Starts(params long[] ids) => [.. (await Find(house, Window(ids)))["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[11..16])];

        (await Starts(ana.Id, ben.Id)).ShouldBe(["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);
        await ana.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-05T10:15:00Z", end_time = "2030-03-05T10:20:00Z" });
        var free = await ana.Post("/api/events/", new { title = "Maybe", start_time = "2030-03-05T13:00:00Z", end_time = "2030-03-05T14:00:00Z", event_type = "free" });
        await ben.Book("Meeting", "2030-03-05T11:00:00Z", "2030-03-05T12:00:00Z", "ana@example.com");
        (await Starts(ana.Id, ben.Id)).ShouldBe(["09:00", "12:00", "13:00", "14:00", "15:00", "16:00"]);
        await ana.Patch($"/api/events/{(long)free["id"]!}/", new { event_type = "busy" });
        (await Starts(ana.Id)).ShouldNotContain("13:00");
        (await Starts(ben.Id)).ShouldContain("13:00");

        // What is busy for slots is busy for bookings.
        (await ben.Book("Over the dentist", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ana@example.com"))["skipped_participants"]![0]!["conflicts"]![0]!["title"]!.ToString().ShouldBe("Busy");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Hours_are_on_everybodys_own_clocks_and_may_go_over_midnight(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var ben = await house.SignUp("ben", "Europe/Berlin");
        var night = await house.SignUp("night");
        await night.Patch("/api/auth/me/", new { working_hours_start = "22:00", working_hours_end = "02:00" });

        // 9–17 in New York is 14–22 UTC in early March, in Berlin 8–16.
        var common = await Find(house, new { emails = new[] { "ana@example.com", "BEN@example.com" }, duration_minutes = 60, window_start = "2030-03-05", step_minutes = 60 });
        common.ShouldBe(400).Error("window_start").ShouldContain("wrong format");
        common = await Find(house, new { emails = new[] { "ana@example.com", "BEN@example.com" }, duration_minutes = 60, window_start = "2030-03-05T00:00", window_end = "2030-03-06T00:00", step_minutes = 60 });
        common["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[11..16]).ShouldBe(["14:00", "15:00"]);
        // After the clocks of New York have changed (10 March) it is one hour more.
        common = await Find(house, new { user_ids = new[] { ana.Id, ben.Id }, duration_minutes = 60, window_start = "2030-03-12T00:00Z", window_end = "2030-03-13T00:00Z", step_minutes = 60 });
        common["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[11..16]).ShouldBe(["13:00", "14:00", "15:00"]);
        (await Find(house, new { user_ids = new[] { night.Id }, duration_minutes = 60, window_start = "2030-03-05T12:00Z", window_end = "2030-03-06T12:00Z" }))["total_slots_found"]!.ToString().ShouldBe("7");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Unknown_people_have_no_slots_and_searches_that_are_too_large_are_refused_by_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var unknown = (await Find(house, new { user_ids = new[] { ana.Id, 999_999 } })).ShouldBe(200);
        ((int)unknown["total_slots_found"]!).ShouldBe(0);
        unknown["unknown_user_ids"]!.ToJsonString().ShouldBe("[999999]");
        ((int)(await Find(house, new { }))["total_slots_found"]!).ShouldBe(105, "the first user, an hour");

        foreach (var (body, field) in ((object, string)[])
        [
            (new { user_ids = "1" }, "user_ids"), (new { user_ids = new object[] { "x", 1.5, null! } }, "user_ids"), (new { user_ids = Array.Empty<int>() }, "user_ids"),
            (new { user_ids = Enumerable.Range(1, 1001) }, "user_ids"), (new { duration_minutes = 0 }, "duration_minutes"), (new { duration_minutes = 1e9 }, "duration_minutes"),
            (new { step_minutes = -1 }, "step_minutes"), (new { window_end = "2031-03-05T00:00:00Z" }, "window_end"), (new { window_start = "2030-03-06T00:00Z", window_end = "2030-03-06T00:00Z" }, "window_end"), (new { step_minutes = 1, window_end = "2030-06-04T00:00:00Z" }, "step_minutes"),
            (new { working_hours_rule = "loose" }, "working_hours_rule"), (new { emails = new[] { "nonsense" } }, "emails"), (new { timezone = "Mars/Olympus" }, "timezone"),
        ])
            (await Find(house, body)).ShouldBe(400).Json![field].ShouldNotBeNull();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Why_a_time_does_not_suit_is_told_by_kind_with_the_nearest_that_does(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ben.Post("/api/events/", new { title = "Secret", start_time = "2030-03-05T09:00:00Z", end_time = "2030-03-05T10:00:00Z" });
        object Ask(string start) => new { user_ids = new[] { ana.Id, ben.Id }, start_time = start, duration_minutes = 60 };

        var early = (await ana.Post("/api/scheduling/explain/", Ask("2030-03-05T08:30:00Z"))).ShouldBe(200);
        ((bool)early["suits"]!).ShouldBeFalse();
        early["people"]!.ToJsonString().ShouldBe($$"""[{"user_id":{{ana.Id}},"email":"ana@example.com","reasons":["outside_hours"]},{"user_id":{{ben.Id}},"email":"","reasons":["outside_hours","busy"]}]""", "addresses are not collected by number");
        (await ana.Post("/api/scheduling/explain/", new { emails = new[] { "Ben@example.com" }, start_time = "2030-03-05T09:30:00Z" })).ShouldBe(200)["people"]![0]!["email"]!.ToString().ShouldBe("ben@example.com");
        early["nearest"]!["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00+00:00");
        early.Text.ShouldNotContain("Secret");
        (await ana.Post("/api/scheduling/explain/", Ask("2030-03-05T10:00:30Z"))).ShouldBe(400).Error("start_time").ShouldContain("whole minutes");
        (await ana.Post("/api/scheduling/explain/", Ask("9000-03-05T10:00:00Z"))).ShouldBe(400).Error("start_time").ShouldContain("3800");
        var good = await ana.Post("/api/scheduling/explain/", Ask("2030-03-05T10:00:00Z"));
        ((bool)good["suits"]!).ShouldBeTrue();
        good["nearest"]!["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00+00:00");
        (await house.Somebody().Post("/api/scheduling/explain/", Ask("2030-03-05T10:00:00Z"))).ShouldBe(401, "reasons are not for everybody");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Buffers_and_notice_keep_slots_away_from_other_things_and_from_now(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Post("/api/events/", new { title = "Call", start_time = "2030-03-05T11:00:00Z", end_time = "2030-03-05T12:00:00Z" });
        var found = await Find(house, new { user_ids = new[] { ana.Id }, duration_minutes = 60, step_minutes = 60, window_end = "2030-03-06T00:00:00Z", buffer_before_minutes = 30, buffer_after_minutes = 15, minimum_notice_minutes = 24 * 60 });
        found["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[..16]).ShouldBe(["2030-03-05T09:00", "2030-03-05T13:00", "2030-03-05T14:00", "2030-03-05T15:00", "2030-03-05T16:00"]);
        var why = await ana.Post("/api/scheduling/explain/", new { user_ids = new[] { ana.Id }, start_time = "2030-03-05T12:00:00Z", duration_minutes = 60, buffer_before_minutes = 30 });
        why["people"]![0]!["reasons"]!.ToJsonString().ShouldBe("""["buffer"]""");
        why["nearest"]!["start_time"]!.ToString().ShouldBe("2030-03-05T12:30:00+00:00");
        (await ana.Post("/api/scheduling/explain/", new { user_ids = new[] { ana.Id }, start_time = "2030-03-04T08:00:00Z" }))["people"]![0]!["reasons"]!.ToJsonString().ShouldBe("""["outside_hours","notice"]""");
        (await Find(house, new { buffer_before_minutes = -1 })).ShouldBe(400).Error("buffer_before_minutes").ShouldContain("greater than or equal to 0");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Visitors_may_search_so_often_a_minute_people_who_signed_in_more(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ANONYMOUS_SEARCHES_PER_MINUTE=2");
        var ana = await house.SignUp("ana");
        (await Find(house, new { })).ShouldBe(200);
        (await Find(house, new { })).ShouldBe(200);
        var refused = (await Find(house, new { })).ShouldBe(429);
        refused.Headers.Keys.ShouldContain("Retry-After");
        (await ana.Post("/api/scheduling/find-slots/", new { })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_are_their_owners_alone_and_wrong_ones_are_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var eve = await house.SignUp("eve");
        var made = (await ana.Post("/api/events/", new { title = "Mine", start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:00:00Z" })).ShouldBe(201);
        var path = $"/api/events/{(long)made["id"]!}/";
        (await eve.Get(path)).ShouldBe(404);
        (await eve.Patch(path, new { title = "Hers" })).ShouldBe(404);
        (await eve.Delete(path)).ShouldBe(404);
        (await eve.Get("/api/events/")).Json!.AsArray().ShouldBeEmpty();
        (await ana.Get("/api/meetings/")).Json!.AsArray().ShouldBeEmpty("an event is no meeting");
        var meeting = await ana.Book("Meeting", "2030-03-05T12:00:00Z", "2030-03-05T13:00:00Z");
        (await ana.Get("/api/events/")).Json!.AsArray().Count.ShouldBe(1, $"a meeting is no event: {meeting.Id}");

        (await ana.Patch(path, new { end_time = "2030-03-05T09:00:00Z" })).ShouldBe(400).Error("end_time").ShouldBe("End time must be after start time.");
        (await ana.Put(path, new { title = "Half" })).ShouldBe(400).Error("start_time").ShouldBe("This field is required.");
        (await ana.Post("/api/events/", new { title = "", start_time = "x", event_type = "maybe" })).ShouldBe(400).Error("event_type").ShouldBe("\"maybe\" is not a valid choice.");
        (await ana.Get("/api/events/999999/")).ShouldBe(404);
        (await ana.Get("/api/events/x/")).ShouldBe(404);
        ((long)(await ana.Get("/api/events/?page=1"))["count"]!).ShouldBe(1);
        (await ana.Get("/api/events/?page=2")).ShouldBe(404)["detail"]!.ToString().ShouldBe("Invalid page.");
    }

    private static Task<Reply> Find(TestHouse house, object body) => house.Somebody().Post("/api/scheduling/find-slots/", body);
}
