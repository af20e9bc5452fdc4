using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Slots for people of whom not all need come, and the best ones first.
public sealed class SlotAttendeeStories
{
    private const string Day = "2030-03-05T";

    [Theory, OnSqlite, OnPostgres]
    public async Task Optional_people_do_not_stop_a_slot_and_it_tells_how_many_can_come(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, eve) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("eve"));
        await Busy(ben, "09:00", "12:00");
        await Busy(eve, "10:00", "16:00");
        var body = new { user_ids = new[] { ana.Id }, optional = new object[] { ben.Id, "EVE@example.com" }, window_start = Day + "00:00Z", window_end = Day + "23:00Z", step_minutes = 60 };
        var found = (await ana.Post("/api/scheduling/find-slots/", body)).ShouldBe(200);
        Slots(found, s => $"{Hour(s)}:{s["available_count"]}").ShouldBe("09:2 10:1 11:1 12:2 13:2 14:2 15:2 16:3");
        Slots(found, s => $"{s["unavailable_user_ids"]!.ToJsonString()}").ShouldBe($"[{ben.Id}] [{ben.Id},{eve.Id}] [{ben.Id},{eve.Id}] [{eve.Id}] [{eve.Id}] [{eve.Id}] [{eve.Id}] []");
        found["user_ids"]!.ToJsonString().ShouldBe($"[{ana.Id}]", "as asked");
        found["available_slots"]![0]!["score"].ShouldBeNull("no rank was asked for");

        var visitor = (await house.Somebody().Post("/api/scheduling/find-slots/", body)).ShouldBe(200);
        Slots(visitor, s => $"{Hour(s)}:{s["available_count"]}").ShouldBe("09:2 10:1 11:1 12:2 13:2 14:2 15:2 16:3");
        visitor.Text.ShouldNotContain("unavailable_user_ids");

        // Who is in both user_ids and optional need not come; somebody unknown who need not come stops nothing.
        var both = await ana.Post("/api/scheduling/find-slots/", new { user_ids = new[] { ana.Id, ben.Id }, optional = new object[] { ben.Id, 999_999, "nobody@example.com" }, window_end = Day + "10:00Z", window_start = Day + "09:00Z" });
        Slots(both, s => $"{Hour(s)}:{s["available_count"]}").ShouldBe("09:1 09:1");
        (both["unknown_user_ids"]!.ToJsonString(), both["unknown_emails"]!.ToJsonString()).ShouldBe(("[999999]", """["nobody@example.com"]"""));
        ((int)(await ana.Post("/api/scheduling/find-slots/", new { required = new object[] { ana.Id, 999_999 } }))["total_slots_found"]!).ShouldBe(0);
        ((int)(await ana.Post("/api/scheduling/find-slots/", new { required = new object[] { ana.Id, "ana@example.com" } }))["total_slots_found"]!).ShouldBe(105);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_cannot_come_is_named_a_million_times_at_most(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Put("/api/availability/", new { weekly_hours = Enumerable.Range(0, 7).Select(d => new { day_of_week = d, start_time = "00:00", end_time = "24:00" }) });
        string[] guests = [.. Enumerable.Range(0, 240).Select(i => $"guest{i}@example.com")];
        await ana.Book("All", "2030-03-04T10:00:00Z", "2030-03-04T11:00:00Z", guests);
        var found = await ana.Post("/api/scheduling/find-slots/", new { user_ids = new[] { ana.Id }, emails = guests, quorum = 1, step_minutes = 2, window_start = "2030-03-05T00:00Z", window_end = "2030-03-17T00:00Z" });
        var slots = found.ShouldBe(200)["available_slots"]!.AsArray();
        slots.Count.ShouldBe(12 * 24 * 30);
        slots[0]!["unavailable_user_ids"]!.AsArray().Count.ShouldBe(240);
        slots.Sum(s => s!["unavailable_user_ids"]?.AsArray().Count ?? 0).ShouldBeInRange(999_000, 1_000_000);
        ((int)slots[^1]!["available_count"]!).ShouldBe(1, "how many can is told to the end");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_a_quorum_only_the_required_must_come_and_so_many_in_all(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, eve) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("eve"));
        await Busy(ana, "09:00", "11:00");
        await Busy(ben, "10:00", "13:00");
        await Busy(eve, "12:00", "16:00");
        async Task<string> Hours(int quorum, params object[] required) => Slots(
            await house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = new[] { ana.Id, ben.Id, eve.Id }, required, quorum, window_start = Day + "00:00Z", window_end = Day + "23:00Z", step_minutes = 60 }),
            s => $"{Hour(s)}:{s["available_count"]}");
        (await Hours(2)).ShouldBe("09:2 11:2 13:2 14:2 15:2 16:3");
        (await Hours(3)).ShouldBe("16:3");
        (await Hours(1)).ShouldBe("09:2 10:1 11:2 12:1 13:2 14:2 15:2 16:3");
        (await Hours(2, ana.Id)).ShouldBe("11:2 13:2 14:2 15:2 16:3");
        (await Hours(2, ana.Id, "eve@example.com")).ShouldBe("11:2 16:3");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_best_come_first_and_tell_their_score(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben", "America/New_York");
        await Busy(ana, "12:00", "13:00");
        async Task<string> Best(string rank, int limit, params long[] ids)
        {
            var found = await house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = ids, rank, limit, window_start = Day + "08:00Z", window_end = Day + "23:00Z", step_minutes = 60 });
            found["available_slots"]!.AsArray().ShouldAllBe(s => s!["available_count"] == null);
            return $"{Slots(found, s => $"{Hour(s)}:{s["score"]}")} of {found["total_slots_found"]}";
        }

        (await Best("earliest", 3, ana.Id)).ShouldBe("09:60 10:120 11:180 of 7");
        (await Best("least_fragmentation", 5, ana.Id)).ShouldBe("09:0 11:0 13:0 16:0 10:1 of 7");
        // New York's day is from 14 to 22 in UTC; at twelve Ana is busy.
        (await Best("fewest_out_of_hours", 7, ana.Id, ben.Id)).ShouldBe("14:0 15:0 16:0 09:1 10:1 11:1 13:1 of 14");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_contradicts_itself_or_is_too_much_is_refused_on_its_field_with_the_number(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var (body, field, words) in ((object, string, string)[])
        [
            (new { user_ids = new[] { 1, 2 }, quorum = 3 }, "quorum", "Only 2 people"),
            (new { user_ids = new[] { 1, 1 }, quorum = 2 }, "quorum", "Only 1 people"),
            (new { quorum = 0 }, "quorum", "greater than or equal to 1"),
            (new { required = new object[] { 1, "Ana@example.com" }, optional = new object[] { "ana@EXAMPLE.com", 1, 2 } }, "optional", "2 of these"),
            (new { user_ids = Enumerable.Range(1, 700), optional = Enumerable.Range(701, 301) }, "optional", "1001 people"),
            (new { user_ids = Enumerable.Range(1, 700), required = Enumerable.Range(701, 301) }, "required", "1001 people"),
            (new { user_ids = Enumerable.Range(1, 999), emails = new[] { "a@example.com", "b@example.com" } }, "emails", "1001 people"),
            (new { optional = Enumerable.Range(1, 1001) }, "optional", "1000"),
            (new { optional = 1 }, "optional", "list"),
            (new { rank = "best" }, "rank", "valid choice"),
        ])
            (await ana.Post("/api/scheduling/find-slots/", body)).ShouldBe(400).Error(field).ShouldContain(words);
        var items = (await ana.Post("/api/scheduling/find-slots/", new { required = new object?[] { 1, "nonsense", null, -1, true, 1.5 } })).ShouldBe(400);
        items["required"]!.AsObject().Select(p => p.Key).ShouldBe(["1", "2", "3", "4", "5"]);
        ((int)(await ana.Post("/api/scheduling/find-slots/", new { user_ids = Enumerable.Range(1, 600), required = Enumerable.Range(1, 1000), quorum = 1000 }))["total_slots_found"]!).ShouldBe(0, "a thousand may be named twice");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_somebodys_rules_block_is_told_by_kind_and_never_by_its_words(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ben.Put("/api/availability/", new { focus_time = new object[] { new { day_of_week = 1, start_time = "09:00", end_time = "10:00" } } });
        (await ben.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-05", hours = new object[] { new { start_time = "11:00", end_time = "12:00" } }, reason = "Secret" })).ShouldBe(201);
        (await ben.Post("/api/availability/overrides/", new { kind = "out_of_office", start_time = "2030-03-05T13:00", end_time = "2030-03-05T14:00", reason = "Secret" })).ShouldBe(201);
        await Busy(ben, "13:30", "14:00");
        async Task<string> Why(string time)
        {
            var told = (await ana.Post("/api/scheduling/explain/", new { user_ids = new[] { ben.Id }, start_time = Day + time + "Z", duration_minutes = 30, buffer_before_minutes = 15 })).ShouldBe(200);
            told.Text.ShouldNotContain("Secret");
            return told["people"]!.AsArray() is [{ } one] ? string.Join(' ', one["reasons"]!.AsArray()) : "";
        }

        (await Why("09:30")).ShouldBe("focus_time");
        (await Why("10:00")).ShouldBe("buffer");
        (await Why("11:30")).ShouldBe("blocked");
        (await Why("13:15")).ShouldBe("busy out_of_office");
        (await Why("08:45")).ShouldBe("outside_hours focus_time");
        (await Why("15:00")).ShouldBe("");
    }

    private static async Task Busy(Caller who, string from, string to) =>
        (await who.Post("/api/events/", new { title = "Secret", start_time = $"{Day}{from}:00Z", end_time = $"{Day}{to}:00Z" })).ShouldBe(201);

    private static string Slots(Reply found, Func<JsonNode, string> tell) => string.Join(' ', found.ShouldBe(200)["available_slots"]!.AsArray().Select(s => tell(s!)));

    private static string Hour(JsonNode slot) => slot["start_time"]!.ToString()[11..13];
}
