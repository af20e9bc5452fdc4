namespace Convene.Server.Tests.Stories;

/// Changes are heard of as they happen, whoever made them and wherever.
public sealed class LiveStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_listens_hears_of_what_others_do(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        using var anas = await Listener.Open(house, ana);
        using var bens = await Listener.Open(house, ben);
        (await anas.Next()).Event.ShouldBe("ready");
        (await bens.Next()).Event.ShouldBe("ready");

        var meeting = await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com", "cho@example.com");
        (await anas.Next()).Event.ShouldBe("change");
        (await bens.Next()).Event.ShouldBe("change");

        var bensPart = meeting["participants"]!.AsArray().Single(p => (string)p!["email"]! == "ben@example.com")!["id"];
        (await ben.Patch($"/api/meetings/{meeting.Id}/participants/{bensPart}/status/", new { status = "accepted" })).ShouldBe(200);
        (await anas.Next()).Event.ShouldBe("change", "an answer");
        (await bens.Next()).Event.ShouldBe("change");

        var chos = meeting["participants"]!.AsArray().Single(p => (string)p!["email"]! == "cho@example.com")!["id"];
        (await ana.Patch($"/api/meetings/{meeting.Id}/participants/{chos}/", new { role = "cohost" })).ShouldBe(200);
        (await bens.Next()).Event.ShouldBe("change", "another's role");
        (await ana.Delete($"/api/meetings/{meeting.Id}/participants/{chos}/")).ShouldBe(204);
        (await bens.Next()).Event.ShouldBe("change", "another is taken off");
        (await ana.Post($"/api/meetings/{meeting.Id}/participants/", new { email = "dan@example.com" })).ShouldBe(201);
        (await bens.Next()).Event.ShouldBe("change", "another is invited");
        (await ana.Patch($"/api/meetings/{meeting.Id}/", new { title = "Stand-up" })).ShouldBe(200);
        (await bens.Next()).Event.ShouldBe("change", "a title");
        (await ana.Post($"/api/meetings/{meeting.Id}/cancel/")).ShouldBe(200);
        (await bens.Next()).Event.ShouldBe("change");
        (await ana.Delete($"/api/meetings/{meeting.Id}/")).ShouldBe(204);
        (await bens.Next()).Event.ShouldBe("change");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_break_one_number_tells_whether_something_was_missed(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        long seen;
        using (var first = await Listener.Open(house, ben))
            seen = (await first.Next()).Id;

        using (var nothing = await Listener.Open(house, ben, seen))
            (await nothing.Next()).ShouldBe(("ready", seen));

        await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com");
        using var again = await Listener.Open(house, ben, seen);
        (await again.Next()).ShouldBe(("change", seen + 1));
    }

    [Theory, OnPostgres]
    public async Task What_happens_through_another_node_is_heard_too(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        using var listener = await Listener.Open(other, ben);
        (await listener.Next()).Event.ShouldBe("ready");

        await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com");

        (await listener.Next()).Event.ShouldBe("change");
    }

    [Theory, OnSqlite]
    public async Task Listening_needs_a_sign_in_that_lasts(string engine)
    {
        await using var house = await TestHouse.Open(engine, "LIVE_HEARTBEAT_SECONDS=1");
        (await house.Somebody().Get("/api/live/")).ShouldBe(401);
        var ben = await house.SignUp("ben");
        using var listener = await Listener.Open(house, ben);
        (await listener.Next()).Event.ShouldBe("ready");
        (await ben.Post("/api/auth/logout/")).ShouldBe(200);
        (await listener.Ends()).ShouldBeTrue();
    }

    [Theory, OnSqlite]
    public async Task One_person_cannot_take_all_connections(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ben = await house.SignUp("ben");
        var open = new List<Listener>();
        for (var i = 0; i < 20; i++)
            open.Add(await Listener.Open(house, ben));
        (await ben.Get("/api/live/")).ShouldBe(429);
        open.ForEach(l => l.Dispose());
    }
}
