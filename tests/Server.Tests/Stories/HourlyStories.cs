namespace Convene.Server.Tests.Stories;

/// System 3: days in hours, and events that are an hour long.
public sealed class HourlyStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_documented_request_of_system_3_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var caller = house.Somebody();
        var user = (await caller.Post("/api/user/sign_up/", new { username = "test10", email = "test10@example.com", password = "Test@123" })).ShouldBe(201);
        user.Json!.AsObject().Select(p => p.Key).ShouldBe(["id", "username", "email"]);
        (await caller.Post("/api/user/login/", new { username = "test10", password = "wrong" })).ShouldBe(401).Error("err_message").ShouldBe("Invalid credentials");
        var login = (await caller.Post("/api/user/login/", new { username = "test10", password = "Test@123" })).ShouldBe(200);
        ((bool)login["is_authenticated"]!).ShouldBeTrue();
        login["user"]!.ToJsonString().ShouldBe(user.Text);
        login["auth_token"]!.ToString().ShouldMatch("^[0-9a-f]{40}$");
        // By session and CSRF token, and then by the token alone.
        caller.Header("X-CSRFToken", caller.Cookies.GetCookies(house.Url)["csrftoken"]!.Value);
        var blocked = (await caller.Post("/api/user/block_slots/", new { date = "2020-04-25", blocked_slots = new[] { 10, 15, 17 } })).ShouldBe(200)["response"]!;
        blocked["user"]!.ToJsonString().ShouldBe(user.Text);
        blocked["blocked_slots"]!.ToJsonString().ShouldBe("[10,15,17]");
        blocked["available_time_slots"]!.ToJsonString().ShouldBe("[0,1,2,3,4,5,6,7,8,9,11,12,13,14,16,18,19,20,21,22,23]");
        blocked["created"]!.ToString().ShouldBe("2030-03-04 09:00:00");

        caller = house.Somebody();
        caller.Authorization($"Token {login["auth_token"]}");
        (await caller.Get("/api/user/get_available_slots/?date=2020-04-25&user=test10@example.com")).ShouldBe(200)["response"]!.ToJsonString().ShouldBe(blocked.ToJsonString());
        var never = (await caller.Get("/api/user/get_available_slots/?date=2020-04-26")).ShouldBe(200)["response"]!;
        never["id"].ShouldBeNull();
        never["available_time_slots"]!.AsArray().Count.ShouldBe(24);
        (await caller.Get("/api/user/get_available_slots/")).ShouldBe(400).Error("err_message").ShouldContain("date");
        (await caller.Get("/api/user/get_available_slots/?date=2020-04-26&user=nobody@example.com")).ShouldBe(404).Error("err_message").ShouldContain("nobody@example.com");

        var made = (await caller.Post("/api/event/", new { title = "title", time_slot = "2020-04-25 14:00:00", description = "description", participants = new[] { "test@example.com", "xyz@example.com" } })).ShouldBe(201)["response"]!;
        made["participants"]!.ToJsonString().ShouldBe("""["test@example.com","xyz@example.com","test10@example.com"]""");
        made["organiser"]!.ToString().ShouldBe("test10@example.com");
        made["time_slot"]!.ToString().ShouldBe("2020-04-25 14:00:00");
        made["status"]!.ToString().ShouldBe("active");
        house.Clock.Advance(NodaTime.Duration.FromMinutes(21));
        var path = $"/api/event/{(long)made["id"]!}/";
        var put = (await caller.Put(path, new { title = "title", time_slot = "2020-04-25 14:00:00", description = "description", participants = new[] { "test@example.com", "test10@example.com" }, status = "active" })).ShouldBe(200)["response"]!;
        put["participants"]!.ToJsonString().ShouldBe("""["test@example.com","test10@example.com"]""");
        put["modified"]!.ToString().ShouldBe("2030-03-04 09:21:00");
        put["created"]!.ToString().ShouldBe("2030-03-04 09:00:00");

        (await caller.Get("/api/event/")).ShouldBe(200).Json!.ToJsonString().ShouldBe("""{"count":0,"next":null,"previous":null,"results":[]}""", "only what is to come");
        (await caller.Get("/api/event/?include_past=true"))["results"]![0]!.ToJsonString().ShouldBe(put.ToJsonString());

        // The errors, word by word.
        (await caller.Post("/api/event/", new { title = "t", time_slot = "2020-04-25 14:00:00", participants = new[] { "test@example.com" } })).ShouldBe(400).Error("err_message").ShouldBe("Time slot is conflicting with another event for user : test@example.com");
        (await caller.Post("/api/event/", new { title = "t", time_slot = "2020-04-25 15:00:00", participants = new[] { "test@example.com" } })).ShouldBe(400).Error("err_message").ShouldBe("Time slot is not available for user : test10@example.com");
        (await caller.Post("/api/user/block_slots/", new { date = "2020-04-25", blocked_slots = new[] { 10, 14 } })).ShouldBe(400).Error("err_message").ShouldBe("There is already an event booked at time slot : 14");
        (await caller.Patch(path, new { participants = new[] { "test@example.com" } })).ShouldBe(400).Error("err_message").ShouldBe("Event organiser can not be removed");
        (await caller.Post("/api/event/?strict=1", new { title = "t", time_slot = "2020-04-25 18:00:00", participants = Array.Empty<string>() })).ShouldBe(400).Error("err_message").ShouldBe("Event can not be booked for past datetime : 2020-04-25 18:00:00");
        (await caller.Get("/api/event/?page=9")).ShouldBe(404).Error("detail").ShouldBe("Invalid page.");
        (await caller.Get("/api/user/get_available_slots/?date=2020-04-25"))["response"]!["booked_time_slots"]!.ToJsonString().ShouldBe("[14]");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Half_an_hour_clashes_and_whoever_fails_refuses_the_whole_event(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await house.SignUp("eve");
        await Event(ana, "2030-03-05 14:00:00", "ben@example.com");
        (await Try(ben, "2030-03-05 14:30:00", "eve@example.com")).ShouldBe(400).Error("err_message").ShouldBe("Time slot is conflicting with another event for user : ben@example.com");
        (await Try(ben, "2030-03-05 13:30:00", "eve@example.com", "new@example.com")).ShouldBe(400);
        await Event(ben, "2030-03-05 15:00:00", "eve@example.com");
        (await ana.Get("/api/user/get_available_slots/?date=2030-03-05&user=eve@example.com"))["response"]!["booked_time_slots"]!.ToJsonString().ShouldBe("[15]");

        // Hours that somebody has set hold for hourly events too; focus time is never booked.
        await ana.Put("/api/availability/", new { weekly_hours = new object[] { new { day_of_week = 2, start_time = "09:00", end_time = "17:00" } }, focus_time = new object[] { new { day_of_week = 2, start_time = "10:00", end_time = "11:00" } } });
        (await Try(ben, "2030-03-06 17:00:00", "ana@example.com")).Error("err_message").ShouldBe("Time slot is not available for user : ana@example.com");
        (await Try(ben, "2030-03-06 10:30:00", "ana@example.com")).Error("err_message").ShouldBe("Time slot is not available for user : ana@example.com");
        await Event(ben, "2030-03-06 16:00:00", "ana@example.com");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Events_and_meetings_are_the_same_thing_seen_through_two_doors(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben", "Asia/Dhaka");
        var made = await Event(ana, "2030-03-05 14:00:00", "ben@example.com");
        var meeting = (await ben.Get("/api/meetings/")).Json!.AsArray().Single()!;
        meeting["id"]!.ToString().ShouldBe(made["response"]!["meeting_id"]!.ToString());
        meeting["end_time"]!.ToString().ShouldBe("2030-03-05T15:00:00Z");
        await ana.Book("Half", "2030-03-06T10:00:00Z", "2030-03-06T10:30:00Z", "ben@example.com");
        var seen = (await ben.Get("/api/event/")).ShouldBe(200)["results"]!.AsArray();
        seen.Select(e => e!["time_slot"]!.ToString()).ShouldBe(["2030-03-05 20:00:00", "2030-03-06 16:00:00"], "on the asker's clock");

        // Moving keeps the length; a participant may move an event, but not somebody's meeting.
        (await ben.Patch($"/api/event/{(long)seen[0]!["id"]!}/", new { time_slot = "2030-03-05 21:30:00" })).ShouldBe(200)["response"]!["time_slot"]!.ToString().ShouldBe("2030-03-05 21:30:00");
        (await ana.Get($"/api/meetings/{meeting["id"]}/"))["end_time"]!.ToString().ShouldBe("2030-03-05T16:30:00Z");
        (await ben.Patch($"/api/event/{(long)seen[1]!["id"]!}/", new { title = "Mine now" })).ShouldBe(403);
        (await ana.Patch($"/api/event/{(long)seen[1]!["id"]!}/", new { time_slot = "2030-03-06 11:00:00" })).ShouldBe(200);
        (await ana.Get("/api/meetings/?search=half")).Json![0]!["end_time"]!.ToString().ShouldBe("2030-03-06T11:30:00Z");
        (await house.Somebody().Get("/api/event/")).ShouldBe(401);
        (await (await house.SignUp("eve")).Patch($"/api/event/{(long)seen[0]!["id"]!}/", new { title = "x" })).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_event_that_was_cancelled_comes_back_only_if_its_hour_is_free_still(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var path = $"/api/event/{(long)(await Event(ana, "2030-03-05 14:00:00", "ben@example.com"))["response"]!["id"]!}/";
        (await ana.Patch(path, new { status = "cancelled" })).ShouldBe(200)["response"]!["status"]!.ToString().ShouldBe("cancelled");
        await Event(ben, "2030-03-05 14:30:00");
        (await ana.Patch(path, new { status = "active" })).ShouldBe(400).Error("err_message").ShouldBe("Time slot is conflicting with another event for user : ben@example.com");
        (await ana.Patch(path, new { status = "active", time_slot = "2030-03-05 13:00:00" })).ShouldBe(200);
        (await ben.Patch("/api/event/999999/", new { title = "x" })).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_the_organiser_deletes_an_event_and_its_hour_is_free_again(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var path = $"/api/event/{(long)(await Event(ana, "2030-03-05 14:00:00", "ben@example.com"))["response"]!["id"]!}/";
        (await (await house.SignUp("eve")).Delete(path)).ShouldBe(404);
        (await ben.Delete(path)).ShouldBe(403).Error("detail").ShouldBe("Only the meeting organiser can delete it.");
        (await ana.Delete(path)).ShouldBe(204).Text.ShouldBeEmpty();
        (await ana.Delete(path)).ShouldBe(404);
        await Event(ben, "2030-03-05 14:00:00");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_of_numbers_may_come_from_a_form(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        ((int)(await house.Somebody().Post("/api/scheduling/find-slots/", new FormUrlEncodedContent([new("user_ids", $"{ana.Id}"), new("user_ids", $"{ana.Id}"), new("duration_minutes", "60")])))["total_slots_found"]!).ShouldBe(105);
        var blocked = await ana.Post("/api/user/block_slots/", new FormUrlEncodedContent([new("date", "2030-03-05"), new("blocked_slots", "10"), new("blocked_slots", "15")]));
        blocked.ShouldBe(200)["response"]!["blocked_slots"]!.ToJsonString().ShouldBe("[10,15]");
        (await ana.Post("/api/user/block_slots/", new { date = "2030-03-05", blocked_slots = new object[] { "24", "x", "", "-1" } })).ShouldBe(400)["blocked_slots"]!.AsObject().Count.ShouldBe(4);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Wrong_input_is_refused_by_field_and_in_err_message(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var (path, body, field) in ((string, object, string)[])
        [
            ("/api/event/", new { }, "title"), ("/api/event/", new { title = new string('x', 61), time_slot = "2030-03-05 14:00:00" }, "title"), ("/api/event/", new { title = "t", time_slot = "tomorrow" }, "time_slot"),
            ("/api/event/", new { title = "t", time_slot = "2030-03-05 14:00:00", participants = "ben" }, "participants"), ("/api/event/", new { title = "t", time_slot = "2030-03-05 14:00:00", participants = new[] { "ben" } }, "participants"),
            ("/api/event/", new { title = "t", time_slot = "2030-03-05 14:00:00", description = new string('x', 501) }, "description"),
            ("/api/user/block_slots/", new { date = "2030-03-05", blocked_slots = new[] { 24 } }, "blocked_slots"), ("/api/user/block_slots/", new { date = "05.03.2030", blocked_slots = new[] { 1 } }, "date"), ("/api/user/block_slots/", new { date = "2030-03-05" }, "blocked_slots"),
            ("/api/user/sign_up/", new { username = "x", password = "Test@123" }, "email"), ("/api/user/sign_up/", new { username = "ana", email = "ana@example.com", password = "Test@123" }, "username"), ("/api/user/login/", new { username = "ana" }, "password"),
        ])
        {
            var refused = (await ana.Post(path, body)).ShouldBe(400, field);
            refused.Json![field].ShouldNotBeNull(field);
            refused["err_message"]!.AsArray().ShouldNotBeEmpty();
        }
    }

    private static async Task<Reply> Event(Caller who, string slot, params string[] participants) => (await Try(who, slot, participants)).ShouldBe(201);

    private static Task<Reply> Try(Caller who, string slot, params string[] participants) => who.Post("/api/event/", new { title = "Hour", time_slot = slot, description = (string?)null, participants });
}
