using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// When people can be met: weekly hours, other hours on single dates, focus time, absences.
public sealed class AvailabilityStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_has_set_nothing_is_met_from_nine_to_five_and_several_ranges_a_day_take_its_place(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var unset = (await ana.Get("/api/availability/")).ShouldBe(200);
        ((bool)unset["is_default"]!).ShouldBeTrue();
        unset["weekly_hours"]!.AsArray().Count.ShouldBe(7);

        var set = (await ana.Put("/api/availability/", new
        {
            weekly_hours = new object[] { Range(1, "09:00", "12:00"), Range(1, "13:30", "17:00"), Range(2, "22:00", "02:00"), Range(4, "20:00", "24:00") },
        })).ShouldBe(200);
        ((bool)set["is_default"]!).ShouldBeFalse();
        set["weekly_hours"]!.AsArray().Count.ShouldBe(4);
        set["weekly_hours"]![3]!.ToJsonString().ShouldBe("""{"day_of_week":4,"start_time":"20:00:00","end_time":"00:00:00"}""");
        (await Starts(house, ana, "2030-03-05", "2030-03-08")).ShouldBe(["05T09:00", "05T10:00", "05T11:00", "05T14:00", "05T15:00", "05T16:00", "06T22:00", "06T23:00", "07T00:00", "07T01:00"]);

        var me = await ana.Get("/api/auth/me/");
        me["working_days"]!.ToJsonString().ShouldBe("[1,2,4]", "the profile sums it up");
        // A profile that is sent back unchanged leaves the elaborate hours; one that differs replaces them.
        await ana.Put("/api/auth/profile/", new { working_hours_start = me["working_hours_start"]!.ToString(), working_hours_end = me["working_hours_end"]!.ToString(), working_days = new[] { 1, 2, 4 } });
        (await ana.Get("/api/availability/"))["weekly_hours"]!.AsArray().Count.ShouldBe(4);
        (await ana.Put("/api/auth/profile/", new { working_hours_start = "10:00", working_hours_end = "12:00", working_days = new[] { 0, 1 } })).ShouldBe(200)["working_days"]!.ToJsonString().ShouldBe("[0,1]");
        (await Starts(house, ana, "2030-03-05", "2030-03-08")).ShouldBe(["05T10:00", "05T11:00"]);

        (await ana.Put("/api/availability/", new { weekly_hours = Array.Empty<object>() })).ShouldBe(200);
        (await Starts(house, ana, "2030-03-05", "2030-03-08")).ShouldBeEmpty("never open is not the same as nothing set");
        ((bool)(await ana.Put("/api/availability/", new { weekly_hours = (object?)null }))["is_default"]!).ShouldBeTrue();
        (await Starts(house, ana, "2030-03-05", "2030-03-06")).Count.ShouldBe(8);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Single_dates_have_hours_of_their_own_and_blocked_hours_focus_time_and_absences_are_busy_for_everybody_who_books(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var hours = (await ana.Post("/api/availability/overrides/", new { kind = "hours", date = "2030-03-05", hours = new object[] { new { start_time = "08:00", end_time = "10:00" } }, reason = "early train" })).ShouldBe(201);
        (await ana.Post("/api/availability/overrides/", new { kind = "hours", date = "2030-03-06", hours = Array.Empty<object>() })).ShouldBe(201);
        (await ana.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-07", hours = new object[] { new { start_time = "09:00", end_time = "12:00" } } })).ShouldBe(201);
        (await ana.Post("/api/availability/overrides/", new { kind = "out_of_office", date = "2030-03-08", end_date = "2030-03-11" })).ShouldBe(201)["end_time"]!.ToString().ShouldBe("2030-03-12T00:00:00");
        (await ana.Put("/api/availability/", new { focus_time = new object[] { Range(3, "14:00", "16:00") } })).ShouldBe(200)["focus_time"]!.AsArray().Count.ShouldBe(1);
        (await Starts(house, ana, "2030-03-05", "2030-03-12")).ShouldBe(["05T08:00", "05T09:00", "07T12:00", "07T13:00", "07T16:00"]);

        foreach (var (start, end) in ((string, string)[])[("2030-03-07T11:30:00Z", "2030-03-07T12:30:00Z"), ("2030-03-07T15:00:00Z", "2030-03-07T15:30:00Z"), ("2030-03-09T03:00:00Z", "2030-03-09T04:00:00Z")])
        {
            var booked = await ben.Book("Talk", start, end, "ana@example.com");
            booked["skipped_participants"]![0]!["conflicts"]![0]!.ToJsonString().ShouldContain("\"id\":null,\"title\":\"Busy\"");
        }

        // Outside somebody's hours is not busy: whoever knows them may still book, as the systems do.
        (await ben.Book("Late", "2030-03-07T21:00:00Z", "2030-03-07T22:00:00Z", "ana@example.com"))["skipped_participants"]!.AsArray().ShouldBeEmpty();
        (await ana.Book("Mine", "2030-03-07T14:00:00Z", "2030-03-07T15:00:00Z"))["host_conflicts"]![0]!["title"]!.ToString().ShouldBe("Focus time", "my own rules I may see, and break");

        var path = $"/api/availability/overrides/{(long)hours["id"]!}/";
        (await ana.Get(path)).ShouldBe(200)["reason"]!.ToString().ShouldBe("early train");
        (await ben.Get(path)).ShouldBe(404);
        (await ben.Delete(path)).ShouldBe(404);
        (await ana.Put(path, new { kind = "hours", date = "2030-03-06", hours = Array.Empty<object>() })).ShouldBe(400).Error("date").ShouldContain("already");
        (await ana.Put(path, new { kind = "out_of_office", start_time = "2030-03-05T12:00", end_time = "2030-03-05T13:00" })).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-05T12:00:00");
        (await Starts(house, ana, "2030-03-05", "2030-03-06")).Count.ShouldBe(7);
        (await ana.Get("/api/availability/overrides/?from=2030-03-07&to=2030-03-07")).Json!.AsArray().Count.ShouldBe(1);
        (await ana.Get("/api/availability/overrides/")).Json!.AsArray().Count.ShouldBe(4);
        (await ana.Delete(path)).ShouldBe(204);
        (await ana.Get(path)).ShouldBe(404);
        var late = await ana.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-07", hours = new object[] { new { start_time = "20:00", end_time = "24:00" } } });
        late.ShouldBe(400).Error("date").ShouldContain("change");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_booked_stays_when_its_time_is_blocked_and_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Asia/Kathmandu");
        await ana.Book("Standup", "2030-03-05T04:15:00Z", "2030-03-05T04:30:00Z");
        var away = (await ana.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-05", hours = new object[] { new { start_time = "10:00", end_time = "11:00" } } })).ShouldBe(201);
        away["conflicts"]![0]!["title"]!.ToString().ShouldBe("Standup");
        (await ana.Get("/api/meetings/")).Json!.AsArray().Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_others_only_free_and_busy_time_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        await ana.Book("Secret", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z");
        await ana.Put("/api/availability/", new { focus_time = new object[] { Range(1, "11:00", "12:00") } });
        foreach (var user in (string[])[$"{ana.Id}", "ANA@example.com"])
        {
            var theirs = (await ben.Get($"/api/availability/?user={user}&from=2030-03-05&to=2030-03-05")).ShouldBe(200);
            theirs.Json!.AsObject().Select(p => p.Key).ShouldBe(["user_id", "from", "to", "busy", "free"]);
            theirs["busy"]!.ToJsonString().ShouldBe("""[{"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T12:00:00Z"}]""");
            theirs["free"]!.ToJsonString().ShouldBe("""[{"start_time":"2030-03-05T09:00:00Z","end_time":"2030-03-05T10:00:00Z"},{"start_time":"2030-03-05T12:00:00Z","end_time":"2030-03-05T17:00:00Z"}]""");
        }

        (await ben.Get("/api/availability/?user=999999")).ShouldBe(404);
        (await ben.Get($"/api/availability/?user={ana.Id}&from=2030-03-05&to=2031-03-05")).ShouldBe(400).Error("to").ShouldContain("92 days");
        (await ben.Get($"/api/availability/?user={ana.Id}&from=2030-03-05&to=2030-03-01")).ShouldBe(400);
        (await house.Somebody().Get($"/api/availability/?user={ana.Id}")).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Rules_that_make_no_sense_are_refused_by_field(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var (body, field) in ((object, string)[])
        [
            (new { weekly_hours = new object[] { Range(7, "09:00", "10:00") } }, "weekly_hours"), (new { weekly_hours = new object[] { Range(0, "9 o'clock", "10:00") } }, "weekly_hours"),
            (new { weekly_hours = new object[] { Range(0, "24:00", "10:00") } }, "weekly_hours"), (new { weekly_hours = new object[] { new { } } }, "weekly_hours"),
            (new { weekly_hours = "always" }, "weekly_hours"), (new { focus_time = Enumerable.Repeat(Range(0, "09:00", "10:00"), 101) }, "focus_time"), (new { timezone = "Mars/Olympus" }, "timezone"),
        ])
            (await ana.Put("/api/availability/", body)).ShouldBe(400).Json![field].ShouldNotBeNull();
        foreach (var (body, field) in ((object, string)[])
        [
            (new { }, "kind"), (new { kind = "holiday", date = "2030-03-05" }, "kind"), (new { kind = "hours", date = "2030-02-30", hours = Array.Empty<object>() }, "date"),
            (new { kind = "hours", date = "2030-03-05" }, "hours"), (new { kind = "blocked", hours = Array.Empty<object>() }, "date"), (new { kind = "out_of_office" }, "start_time"),
            (new { kind = "out_of_office", date = "2030-03-05", end_date = "2030-03-04" }, "end_date"),
            (new { kind = "out_of_office", start_time = "2030-03-05T10:00", end_time = "2030-03-05T10:00" }, "end_time"),
        ])
            (await ana.Post("/api/availability/overrides/", body)).ShouldBe(400).Json![field].ShouldNotBeNull(JsonValue.Create(field).ToString());
        (await ana.Patch("/api/auth/me/", new { working_days = new[] { 7 } })).ShouldBe(400).Json!["working_days"].ShouldNotBeNull();
        (await ana.Get("/api/availability/overrides/?from=tomorrow")).ShouldBe(400).Error("from").ShouldContain("valid date");
    }

    private static object Range(int day, string start, string end) => new { day_of_week = day, start_time = start, end_time = end };

    /// Hourly starts that find-slots offers.
    private static async Task<List<string>> Starts(TestHouse house, Caller who, string from, string to) =>
        [.. (await house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = new[] { who.Id }, duration_minutes = 60, step_minutes = 60, window_start = $"{from}T00:00:00Z", window_end = $"{to}T00:00:00Z" }))
            .ShouldBe(200)["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[8..16])];
}
