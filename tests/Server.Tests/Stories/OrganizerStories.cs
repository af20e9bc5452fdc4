namespace Convene.Server.Tests.Stories;

/// System 4: organizers offer weekly slots, attendees book them, meetings are extended and moved. 2030-03-04 is a Monday.
public sealed class OrganizerStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_documented_request_of_system_4_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var organizer = await Login(house, "olga");
        var again = (await house.Somebody().Post("/users/login/", new { username = "olga", password = "Test@123" })).ShouldBe(200);
        again["message"]!.ToString().ShouldBe("User logged in successfully");
        (await house.Somebody().Post("/users/login/", new { username = "olga", password = "other-pass-9" })).ShouldBe(400).Error("error").ShouldBe("Invalid credentials");
        (await house.Somebody().Post("/users/login/", new { username = "olga" })).ShouldBe(400).Error("detail").ShouldBe("Username and password are required");
        (await house.Somebody().Post("/users/login/", new { username = "new", password = "Test@123", default_timezone = "Mars/Olympus" })).ShouldBe(400).Json!["default_timezone"].ShouldNotBeNull();

        var types = (await organizer.Get("/meetings/meeting-types")).ShouldBe(200).Json!.AsArray();
        types.Select(t => $"{t!["id"]} {t["name"]} {t["default_duration"]}").ShouldBe(["1 Focus Time 30", "2 Business Meets 60", "3 Third Party Vendor Meets 45", "4 Product Discussions 60", "5 General Discussions 60"]);
        (await organizer.Post("/meetings/meeting-types", new { name = "Mine" })).ShouldBe(403);

        var made = (await organizer.Post("/meetings/availability", new
        {
            availabilities = new object[]
            {
                new { day_of_week = 0, slots = new object[] { Slot("09:00", "12:00", 2), Slot("10:00", "11:00", 1), Slot("noon", "13:00", 2) } },
                new { day_of_week = 1, slots = new object[] { Slot("13:00", "17:00", 4) } },
            },
        })).ShouldBe(201);
        made["created_slots"]!.AsArray().Count.ShouldBe(3);
        made["created_slots"]![0]!["start_time"]!.ToString().ShouldBe("09:00:00");
        ((bool)made["created_slots"]![1]!["is_active"]!).ShouldBeFalse("focus time");
        made["errors"]![0]!["errors"]!["start_time"].ShouldNotBeNull();
        made["errors"]![0]!["slot"]!["start_time"]!.ToString().ShouldBe("noon");
        (await organizer.Post("/meetings/availability", new { })).ShouldBe(400).Error("detail").ShouldBe("No availability slots provided");
        var week = Enumerable.Range(0, 7).Select(d => new { day_of_week = d, slots = Enumerable.Repeat(Slot("09:00", "10:00", 2), 28) });
        var many = await house.SignUp("many");
        (await many.Post("/meetings/availability", new { availabilities = week })).ShouldBe(201);
        (await many.Post("/meetings/availability", new { availabilities = week })).ShouldBe(201);
        (await many.Post("/meetings/availability", new { availabilities = week })).ShouldBe(400).Error("availabilities").ShouldContain("500");
        (await organizer.Post("/meetings/availability", new { day_of_week = 2, start_time = "08:00", end_time = "09:00", meeting_type = 5 })).ShouldBe(201);
        var slot = $"/meetings/availability/{(long)made["created_slots"]![0]!["id"]!}";
        (await organizer.Patch(slot, new { end_time = "12:30" })).ShouldBe(200)["end_time"]!.ToString().ShouldBe("12:30");
        (await organizer.Patch(slot, new { end_time = "late" })).ShouldBe(400).Error("detail").ShouldBe("Invalid time format: late");

        var attendee = await Login(house, "adam", "Asia/Dhaka");
        (await attendee.Patch(slot, new { end_time = "12:00" })).ShouldBe(404);
        object Ask(string start, string end) => new { organizer_id = organizer.Id, meeting_type = 2, title = "Kickoff", start_time = start, end_time = end, description = "d" };
        // Monday 09:00–12:30 UTC is 15:00–18:30 in Dhaka.
        var booked = (await attendee.Post("/meetings/schedule", Ask("2030-03-11T15:00", "2030-03-11T15:30"))).ShouldBe(201);
        booked["detail"]!.ToString().ShouldBe("Meeting scheduled successfully");
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T15:15", "2030-03-11T15:45"))).ShouldBe(400).Error("detail").ShouldBe("The selected time conflicts with another meeting.");
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T16:15", "2030-03-11T16:45"))).ShouldBe(400).Error("detail").ShouldBe("The selected time is not within the organizer's preferred availability.", "focus time");
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T14:30", "2030-03-11T15:00"))).ShouldBe(400).Error("detail").ShouldContain("preferred availability");
        (await attendee.Post("/meetings/schedule", Ask("11.03.2030 15:00", "2030-03-11T15:45"))).ShouldBe(400).Error("detail").ShouldBe("Invalid time format. Please use YYYY-MM-DDTHH:MM.");
        (await attendee.Post("/meetings/schedule", new { organizer_id = organizer.Id })).ShouldBe(400).Error("detail").ShouldBe("All required fields must be provided");
        (await attendee.Post("/meetings/schedule", new { organizer_id = 999_999, meeting_type = 2, title = "x", start_time = "2030-03-11T15:00", end_time = "2030-03-11T15:30" })).ShouldBe(404).Error("detail").ShouldBe("Organizer not found.");

        var own = (await organizer.Get("/meetings/availability")).ShouldBe(200);
        own["booked_slots"]![0]!.ToJsonString().ShouldBe($$"""{"start_time":"2030-03-11T09:00:00","end_time":"2030-03-11T09:30:00","meeting_id":"{{booked["meeting_id"]}}","title":"Kickoff","description":"d","attendee_id":{{attendee.Id}},"attendee_username":"adam"}""");
        own["focus_time_slots"]!.AsArray().Count.ShouldBe(1);
        var seen = (await attendee.Get($"/meetings/availability?user_id={organizer.Id}")).ShouldBe(200);
        seen["booked_slots"]!.ToJsonString().ShouldBe("""[{"start_time":"2030-03-11T15:00:00","end_time":"2030-03-11T15:30:00"}]""");
        seen["original_availability"]![0]!["start_time"]!.ToString().ShouldBe("15:00");
        (await attendee.Get("/meetings/availability?user_id=999999")).ShouldBe(404).Error("detail").ShouldBe("User not found.");

        var day = (await attendee.Get("/meetings/day/2030-03-11/")).ShouldBe(200)["meetings"]![0]!;
        day["start_time"]!.ToString().ShouldBe("2030-03-11T09:00:00Z");
        day["organizer"]!["username"]!.ToString().ShouldBe("olga");
        day["attendees"]![0]!["username"]!.ToString().ShouldBe("adam");
        (await attendee.Get("/meetings/day/someday/")).ShouldBe(400).Error("detail").ShouldBe("Invalid date format. Please use YYYY-MM-DD.");

        var path = $"/meetings/{booked["meeting_id"]}/extend/";
        (await organizer.Patch(path, new { })).ShouldBe(400).Error("detail").ShouldBe("The new end time must be provided.");
        (await organizer.Patch(path, new { extended_end_time = "2030-03-11T09:30" })).ShouldBe(400).Error("detail").ShouldBe("The new end time must be after the current end time.");
        (await attendee.Patch(path, new { extended_end_time = "2030-03-11T17:00" })).ShouldBe(403).Error("detail").ShouldBe("You do not have permission to extend this meeting.");
        (await organizer.Patch(path, new { extended_end_time = "2030-03-11T09:45", reason = "more to say" })).ShouldBe(200).Error("detail").ShouldBe("Meeting extended successfully");
        (await attendee.Get("/meetings/day/2030-03-11/"))["meetings"]![0]!["end_time"]!.ToString().ShouldBe("2030-03-11T09:45:00Z", "an extended meeting is still there");
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T15:35", "2030-03-11T15:50"))).ShouldBe(400, "and still holds its time");

        var suggested = (await organizer.Post($"/meetings/reschedule/suggestions/{booked["meeting_id"]}")).ShouldBe(200).Json!.AsArray();
        suggested.Count.ShouldBeInRange(2, 5);
        suggested[0]!["reasoning"]!.ToString().ShouldContain("All 2 are free");
        (await attendee.Post($"/meetings/reschedule/suggestions/{booked["meeting_id"]}")).ShouldBe(404).Error("detail").ShouldBe("Meeting not found or you are not the organizer.");
        var request = suggested[0]!["api_request"]!;
        (await organizer.Post(request["url"]!.ToString(), request["body"]!.ToJsonString())).ShouldBe(200).Error("detail").ShouldBe("Meeting rescheduled successfully");
        (await organizer.Post("/meetings/reschedule/", new { meeting_id = booked["meeting_id"]!.ToString() })).ShouldBe(400).Error("detail").ShouldBe("Meeting ID, new start time, and new end time must be provided.");
        (await attendee.Post("/meetings/reschedule/", new { meeting_id = booked["meeting_id"]!.ToString(), new_start_time = "2030-03-12T15:00", new_end_time = "2030-03-12T15:30" })).ShouldBe(403);
        (await attendee.Book("Own", "2030-03-12T08:00:00Z", "2030-03-12T09:00:00Z")).ShouldBe(201);
        (await organizer.Post("/meetings/reschedule/", new { meeting_id = booked["meeting_id"]!.ToString(), new_start_time = "2030-03-12T08:30", new_end_time = "2030-03-12T09:30" })).ShouldBe(400).Error("detail").ShouldBe("The new times conflict with another meeting.");
        (await organizer.Get($"/api/meetings/{booked["meeting_id"]}/history/")).Json!.AsArray().Select(c => c!["kind"]!.ToString()).ShouldBe(["rescheduled", "extended"]);
        (await organizer.Get($"/api/meetings/{booked["meeting_id"]}/"))["schedule_state"]!.ToString().ShouldBe("rescheduled");

        (await organizer.Delete(slot)).ShouldBe(204);
        (await organizer.Delete(slot)).ShouldBe(404);
        (await organizer.Post("/users/logout/")).ShouldBe(204);
        (await organizer.Get("/meetings/meeting-types")).ShouldBe(401);

        await house.DeliverMail();
        (await house.Mails()).ShouldContain(m => m.Subject.StartsWith("Booked: Kickoff") && m.To.Contains("olga"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Extending_pushes_only_what_is_in_the_way_on_the_same_day_and_tells_everyone(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var first = await ana.Book("First", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        var second = await ana.Book("Second", "2030-03-05T11:00:00Z", "2030-03-05T12:00:00Z", "eve@example.com");
        var third = await ana.Book("Third", "2030-03-05T14:00:00Z", "2030-03-05T15:00:00Z");
        var friday = await ana.Book("Friday", "2030-03-08T11:00:00Z", "2030-03-08T12:00:00Z");
        await house.DeliverMail();
        var sent = (await house.Mails()).Count;

        var extended = (await ana.Patch($"/meetings/{first.Id}/extend/", new { extended_end_time = "2030-03-05T11:30", reason = "late start" })).ShouldBe(200);
        extended["moved_meetings"]!.ToJsonString().ShouldBe($"[\"{second.Id}\"]");
        (await ana.Get($"/api/meetings/{second.Id}/"))["start_time"]!.ToString().ShouldBe("2030-03-05T11:30:00Z");
        (await ana.Get($"/api/meetings/{third.Id}/"))["start_time"]!.ToString().ShouldBe("2030-03-05T14:00:00Z");
        (await ana.Get($"/api/meetings/{friday.Id}/"))["start_time"]!.ToString().ShouldBe("2030-03-08T11:00:00Z");
        await house.DeliverMail();
        (await house.Mails()).Skip(sent).Select(m => m.To).Order().ShouldBe(["ben <ben@example.com>", "eve <eve@example.com>"], ignoreOrder: true);

        // Ben has something else behind it: he can't stay, and nothing moves.
        await ben.Book("Own", "2030-03-05T11:30:00Z", "2030-03-05T12:00:00Z");
        var stuck = (await ana.Patch($"/meetings/{first.Id}/extend/", new { extended_end_time = "2030-03-05T12:00" })).ShouldBe(400);
        stuck.Error("detail").ShouldBe("The next meeting cannot be pushed because of conflicts in attendee schedules.");
        stuck["conflicts"]!.AsObject().Select(c => c.Key).ShouldBe(["ben@example.com"]);
        (await ana.Get($"/api/meetings/{second.Id}/"))["start_time"]!.ToString().ShouldBe("2030-03-05T11:30:00Z");
        (await ana.Post($"/api/meetings/{first.Id}/cancel/")).ShouldBe(200);
        (await ana.Patch($"/meetings/{first.Id}/extend/", new { extended_end_time = "2030-03-05T16:00" })).ShouldBe(400);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_offers_nothing_cannot_be_booked_and_slots_over_midnight_and_summer_time_are_right(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var organizer = await Login(house, "olga", "America/New_York");
        var attendee = await Login(house, "adam");
        object Ask(string start, string end) => new { organizer_id = organizer.Id, meeting_type = 5, title = "t", start_time = start, end_time = end };
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T14:00", "2030-03-11T15:00"))).ShouldBe(400).Error("detail").ShouldContain("preferred availability");
        await organizer.Post("/meetings/availability", new { availabilities = new object[] { new { day_of_week = 0, slots = new object[] { Slot("09:00", "10:00", 5), Slot("22:00", "02:00", 5) } } } });
        // 9:00 in New York is 14:00 UTC on 4 March and 13:00 on 11 March.
        (await attendee.Post("/meetings/schedule", Ask("2030-03-04T14:00", "2030-03-04T15:00"))).ShouldBe(201);
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T14:00", "2030-03-11T15:00"))).ShouldBe(400);
        (await attendee.Post("/meetings/schedule", Ask("2030-03-11T13:00", "2030-03-11T14:00"))).ShouldBe(201);
        (await attendee.Post("/meetings/schedule", Ask("2030-03-12T03:00", "2030-03-12T06:00"))).ShouldBe(201, "Monday 23:00 to Tuesday 02:00");
        (await attendee.Post("/meetings/schedule", Ask("2030-03-18T13:00", "2030-03-18T12:00"))).ShouldBe(400, "it would end before it starts");
        (await organizer.Post("/meetings/schedule", Ask("2030-03-18T09:00", "2030-03-18T10:00"))).ShouldBe(400, "with oneself");
    }

    private static object Slot(string start, string end, int type) => new { start_time = start, end_time = end, meeting_type = type, is_active = true };

    private static async Task<Caller> Login(TestHouse house, string name, string zone = "UTC")
    {
        var caller = house.Somebody();
        var reply = (await caller.Post("/users/login/", new { username = name, password = "Test@123", email = $"{name}@example.com", default_timezone = zone })).ShouldBe(201);
        reply["message"]!.ToString().ShouldBe("User registered successfully");
        var known = new Caller(house.Url) { Email = $"{name}@example.com", Id = (long)reply["user_id"]! };
        known.Authorization($"Token {reply["token"]}");
        return known;
    }
}
