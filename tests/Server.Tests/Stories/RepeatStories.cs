namespace Convene.Server.Tests.Stories;

/// Whoever got no answer sends the same again, with the same Idempotency-Key: it is done once.
public sealed class RepeatStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_request_again_gets_the_first_answer_and_nothing_is_made_twice(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var first = (await Book(ana, "key-1", "Kickoff")).ShouldBe(201);
        first.Headers.ContainsKey("Idempotent-Replayed").ShouldBeFalse();
        // Whatever has become of it meanwhile.
        (await ana.Patch($"/api/meetings/{first.Id}/", new { title = "Renamed" })).ShouldBe(200);

        var again = (await Book(ana, "key-1", "Kickoff")).ShouldBe(201);
        again.Text.ShouldBe(first.Text);
        again.Headers["Content-Type"].ShouldBe(first.Headers["Content-Type"]);
        again.Headers["Idempotent-Replayed"].ShouldBe("true");
        (await Book(ana, "key-1", "Something else")).ShouldBe(422)["detail"]!.ToString().ShouldContain("Idempotency-Key");
        (await ana.Get("/api/meetings/")).Json!.AsArray().Count.ShouldBe(1);

        // The name is each person's own, and is forgotten after a day.
        var ben = await house.SignUp("ben");
        (await Book(ben, "key-1", "Something else")).ShouldBe(201);
        house.Clock.Advance(NodaTime.Duration.FromHours(25));
        await ana.SignIn();
        (await Book(ana, "key-1", "Something else")).ShouldBe(201);
        (await ana.Get("/api/meetings/")).Json!.AsArray().Count.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_with_one_name_that_come_at_once_one_is_done_and_all_are_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        for (var round = 0; round < 5; round++)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Book(ana, $"round {round}", $"Round {round}", $"guest{round}@example.com")));
            replies.ShouldAllBe(r => r.Status == 201);
            replies.Select(r => r.Text).Distinct().Count().ShouldBe(1);
            replies.Count(r => !r.Headers.ContainsKey("Idempotent-Replayed")).ShouldBe(1);
        }

        (await ana.Get("/api/meetings/")).Json!.AsArray().Count.ShouldBe(5);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refusal_is_told_again_too_and_takes_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("There", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z");
        var ben = await house.SignUp("ben");
        var refused = (await Book(ben, "k", "Clash", "ana@example.com")).ShouldBe(400);
        (await Book(ben, "k", "Clash", "ana@example.com")).ShouldBe(400).Text.ShouldBe(refused.Text);
        (await Send(ben, "/api/meetings/", "bad\tkey", new { })).ShouldBe(400)["detail"]!.ToString().ShouldContain("Idempotency-Key");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Through_every_door_that_makes_something(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var meeting = (await ana.Book("Team", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z")).Id;
        (await ben.Post("/meetings/availability", new { availabilities = Enumerable.Range(0, 7).Select(d => new { day_of_week = d, slots = new[] { new { start_time = "00:00", end_time = "24:00", meeting_type = 5 } } }) })).ShouldBe(201);
        (string Path, object Body)[] requests =
        [
            ("/api/meetings/", new { title = "Weekly", start_time = "2030-04-05T10:00:00Z", end_time = "2030-04-05T11:00:00Z", recurrence = "FREQ=WEEKLY;COUNT=3" }),
            ($"/api/meetings/{meeting}/participants/", new { email = "cho@example.com" }),
            ("/api/events/", new { title = "Dentist", start_time = "2030-03-07T10:00:00Z", end_time = "2030-03-07T11:00:00Z" }),
            ("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-08", hours = new[] { new { start_time = "10:00", end_time = "11:00" } } }),
            ("/api/event/", new { title = "Hour", time_slot = "2030-03-09T10:00:00", participants = Array.Empty<string>() }),
            ("/meetings/schedule", new { organizer_id = ben.Id, meeting_type = 5, title = "Talk", start_time = "2030-03-11T10:00", end_time = "2030-03-11T10:30" }),
        ];
        foreach (var (path, body) in requests)
        {
            var first = await Send(ana, path, path, body);
            first.Status.ShouldBe(201, $"{path}: {first.Text}");
            var again = (await Send(ana, path, path, body)).ShouldBe(201);
            again.Text.ShouldBe(first.Text, path);
            again.Headers["Idempotent-Replayed"].ShouldBe("true", path);
        }
    }

    private static Task<Reply> Book(Caller who, string key, string title, params string[] emails) => Send(who, "/api/meetings/", key, new
    {
        title, start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:00:00Z", conflict_policy = "reject", participants = emails.Select(email => new { email }),
    });

    private static Task<Reply> Send(Caller who, string path, string key, object body)
    {
        var named = who.Copy();
        named.Header("Idempotency-Key", key);
        return named.Post(path, body);
    }
}
