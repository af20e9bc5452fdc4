namespace Convene.Server.Tests.Stories;

/// System 4 where it gets odd: accounts without an address, full days, slips of the pen, the ends of the calendar.
public sealed class OrganizerEdgeStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task People_without_an_address_are_named_by_their_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (olga, adam) = (await Login(house, "olga"), await Login(house, "adam"));
        await OfferAlways(olga);
        var first = await Book(adam, olga, "2030-03-05T10:00", "2030-03-05T11:00");
        var second = await Book(adam, olga, "2030-03-05T12:00", "2030-03-05T13:00");
        var moved = await olga.Post("/meetings/reschedule/", new { meeting_id = first, new_start_time = "2030-03-05T12:00", new_end_time = "2030-03-05T13:00" });
        moved.ShouldBe(400).Error("detail").ShouldBe("The new times conflict with another meeting.");
        moved["conflicts"]!.AsObject().Select(c => c.Key).Order().ShouldBe(["adam", "olga"]);
        var stuck = (await olga.Patch($"/meetings/{first}/extend/", new { extended_end_time = "2030-03-05T23:30" })).ShouldBe(400);
        stuck["conflicts"]!.AsObject().Select(c => c.Key).Order().ShouldBe(["adam", "olga"]);
        stuck["conflicts"]!["adam"]![0]!["id"]!.ToString().ShouldBe(second);
        (await olga.Post("/api/event/", new { title = "t", time_slot = "2030-03-05 12:00:00", participants = Array.Empty<string>() })).ShouldBe(400).Error("err_message").ShouldBe("Time slot is conflicting with another event for user : olga");
        var made = (await olga.Post("/api/event/", new { title = "t", time_slot = "2030-03-05 15:00:00", participants = new[] { "eve@example.com" } })).ShouldBe(201);
        (await olga.Put($"/api/event/{made["response"]!["id"]}/", new { title = "u", time_slot = "2030-03-05 16:00:00", participants = new[] { "eve@example.com" } })).ShouldBe(200, "who has no address can't be named");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_full_evening_is_refused_at_once_and_nothing_is_pushed_into_the_hosts_focus_time(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var meetings = new List<string>();
        for (var i = 0; i < 36; i++)
            meetings.Add((await ana.Book("Five", $"2030-03-05T{At(i)}:00Z", i == 35 ? "2030-03-06T00:00:00Z" : $"2030-03-05T{At(i + 1)}:00Z")).Id);
        (await ana.Patch($"/meetings/{meetings[0]}/extend/", new { extended_end_time = "2030-03-05T21:10:00Z" })).ShouldBe(400)["conflicts"]!.AsObject().Select(c => c.Key).ShouldBe(["ana@example.com"]);

        var (long_, next) = (await ana.Book("Long", "2030-03-07T10:00:00Z", "2030-03-07T11:00:00Z"), await ana.Book("Next", "2030-03-07T11:00:00Z", "2030-03-07T11:30:00Z"));
        (await ana.Put("/api/availability/", new { focus_time = new[] { new { day_of_week = 3, start_time = "11:15", end_time = "12:45" } } })).ShouldBe(200);
        (await ana.Patch($"/meetings/{long_.Id}/extend/", new { extended_end_time = "2030-03-07T11:30:00Z" })).ShouldBe(200, "the host may stay into their own focus time");
        (await ana.Get($"/api/meetings/{next.Id}/"))["start_time"]!.ToString().ShouldBe("2030-03-07T12:45:00Z");

        static string At(int five) => $"{21 + (five / 12):00}:{five % 12 * 5:00}";
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_wrong_in_a_list_of_slots_is_told_and_a_slot_cannot_become_empty(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var olga = await Login(house, "olga");
        var good = new { start_time = "09:00", end_time = "10:00", meeting_type = 2 };
        var mixed = (await olga.Post("/meetings/availability", new { availabilities = new object[] { new { day_of_week = 3, slots = "nine" }, new { day_of_week = 4, slots = new object[] { 5, good } } } })).ShouldBe(201);
        mixed["created_slots"]!.AsArray().Count.ShouldBe(1);
        mixed["errors"]!.AsArray().Select(e => $"{e!["day_of_week"]} {e["slot"]!.ToJsonString()[0]} {e["errors"]!["slots"]![0]}").ShouldBe(["3 \" Expected a list of items but got type \"str\".", "4 [ Expected a list of objects."]);
        var many = (await olga.Post("/meetings/availability", new { availabilities = new[] { new { day_of_week = 0, slots = Enumerable.Repeat(good, 201) } } })).ShouldBe(400);
        many["errors"]![0]!["errors"]!["slots"]![0]!.ToString().ShouldContain("200");

        var slot = $"/meetings/availability/{mixed["created_slots"]![0]!["id"]}";
        (await olga.Patch(slot, new { end_time = "09:00" })).ShouldBe(400).Error("end_time").ShouldBe("End time must be after start time.");
        (await olga.Patch(slot, new { start_time = "00:00", end_time = "24:00" })).ShouldBe(200);

        object Ask(object organizer, object title, object start) => new { organizer_id = organizer, meeting_type = 2, title, start_time = start, end_time = "2030-03-05T11:00" };
        var adam = await Login(house, "adam");
        (await adam.Post("/meetings/schedule", Ask(Array.Empty<int>(), "t", "2030-03-05T10:00"))).ShouldBe(400).Error("organizer_id").ShouldBe("Not a valid string.");
        (await adam.Post("/meetings/schedule", Ask(olga.Id, new { }, "2030-03-05T10:00"))).ShouldBe(400).Error("title").ShouldBe("Not a valid string.");
        (await adam.Post("/meetings/schedule", Ask(olga.Id, "t", Array.Empty<int>()))).ShouldBe(400).Error("detail").ShouldBe("Invalid time format. Please use YYYY-MM-DDTHH:MM.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Suggestions_can_be_said_in_wall_times_and_end_with_the_calendar(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var far = await ana.Book("Far", "5000-03-05T10:00:00Z", "5000-03-05T11:00:00Z");
        (await ana.Post($"/meetings/reschedule/suggestions/{far.Id}")).ShouldBe(400).Error("non_field_errors").ShouldContain("3800");
        var brief = await ana.Book("Brief", "2030-03-05T10:00:00Z", "2030-03-05T10:00:30Z");
        var minute = (await ana.Post($"/meetings/reschedule/suggestions/{brief.Id}")).ShouldBe(200).Json![0]!["api_request"]!;
        (await ana.Post(minute["url"]!.ToString(), minute["body"]!.ToJsonString())).ShouldBe(200);

        // On 3 November 2030 the clocks of New York show 01:00 to 02:00 twice: from 05:00 UTC, and from 06:00 UTC, which is what is free.
        var yan = await house.SignUp("yan", "America/New_York");
        await yan.Put("/api/availability/", new { weekly_hours = new[] { new { day_of_week = 6, start_time = "00:00", end_time = "03:00" } } });
        var night = await yan.Book("Night", "2030-11-03T05:00:00Z", "2030-11-03T05:30:00Z");
        foreach (var one in (await yan.Post($"/meetings/reschedule/suggestions/{night.Id}")).ShouldBe(200).Json!.AsArray())
        {
            var request = one!["api_request"]!;
            (await yan.Post(request["url"]!.ToString(), request["body"]!.ToJsonString())).ShouldBe(200);
            var now = await yan.Get($"/api/meetings/{night.Id}/");
            ((int)now["duration_minutes"]!).ShouldBe(30);
            now["start_time"]!.ToString().ShouldNotBe("2030-11-03T05:00:00Z", "that is where it was");
        }
    }

    private static async Task OfferAlways(Caller organizer) => (await organizer.Post("/meetings/availability", new
    {
        availabilities = Enumerable.Range(0, 7).Select(d => new { day_of_week = d, slots = new[] { new { start_time = "00:00", end_time = "24:00", meeting_type = 2 } } }),
    })).ShouldBe(201);

    private static async Task<string> Book(Caller attendee, Caller organizer, string start, string end) =>
        (await attendee.Post("/meetings/schedule", new { organizer_id = organizer.Id, meeting_type = 2, title = "t", start_time = start, end_time = end })).ShouldBe(201)["meeting_id"]!.ToString();

    // System 4 signs people up without an address.
    private static async Task<Caller> Login(TestHouse house, string name)
    {
        var reply = (await house.Somebody().Post("/users/login/", new { username = name, password = "Test@123" })).ShouldBe(201);
        var known = new Caller(house.Url) { Id = (long)reply["user_id"]! };
        known.Authorization($"Token {reply["token"]}");
        return known;
    }
}
