using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// The guard: however many ask at once, through whatever door, nobody ends up in two meetings at one time.
public sealed class RaceStories
{
    private const int Clients = 32;
    // 32 attempts each.
    private static readonly int Rounds = Faults.Length.Of(briefly: 50, thoroughly: 3_125);
    private static readonly int RoundsOnTwoNodes = Faults.Length.Of(briefly: 10, thoroughly: 3_125);

    /// The doors that book, each turning one hour of one person into a meeting; the winner's answer is the only one with the person in it.
    private static readonly string[] Doors = ["create", "reject", "invite", "move", "revive", "answer", "put", "hourly", "schedule", "series", "proposal"];

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_32_clients_that_want_one_persons_hour_exactly_one_gets_it_through_every_door(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await Race(house, house, Rounds);
    }

    [Theory, OnPostgres]
    public async Task Of_32_clients_on_two_nodes_exactly_one_gets_it_through_every_door(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        await Race(house, other, RoundsOnTwoNodes);
    }

    private static async Task Race(TestHouse house, TestHouse other, int rounds)
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => house.SignUp($"host{i}")));
        var target = await house.SignUp("target");
        // Every other host comes by the other node.
        hosts = [.. hosts.Select((h, i) => i % 2 == 0 ? h : new Caller(other.Url) { Email = h.Email, Id = h.Id }.As(h))];
        // Every hour of the week is offered to whoever books by system 4.
        (await target.Post("/meetings/availability", new { availabilities = Enumerable.Range(0, 7).Select(d => new { day_of_week = d, slots = new[] { new { start_time = "00:00", end_time = "24:00", meeting_type = 5 } } }) })).ShouldBe(201);
        for (var round = 0; round < rounds; round++)
        {
            var start = TestHouse.Start + NodaTime.Duration.FromHours(24 + (2 * round));
            // Each client has its own door: all kinds race against each other, and those of a kind from different nodes too.
            var ready = await Task.WhenAll(hosts.Select((host, i) => Prepare(host, target, Doors[((i / 2) + round) % Doors.Length], start, free: TestHouse.Start - NodaTime.Duration.FromHours(2 * ((round * Clients) + i + 1)))));
            var replies = await Task.WhenAll(ready.Select(go => go()));

            replies.ShouldAllBe(r => r.Reply.Status < 500 && r.Reply.Status != 409, $"round {round}");
            replies.Count(r => r.Won).ShouldBe(1, $"round {round}: {string.Join(", ", replies.Where(r => r.Won).Select(r => r.Door))}");
            foreach (var loser in replies.Where(r => !r.Won))
                (loser.Reply.Status is 400 ? Why(loser) : loser.Reply["skipped_participants"]).ShouldNotBeNull(loser.Door + loser.Reply.Text);
            (await BusyAt(target, start)).ShouldBe(1);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Meetings_of_many_people_in_any_order_never_wait_for_each_other_in_a_circle(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var hosts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => house.SignUp($"host{i}")));
        var random = new Random(7);
        for (var round = 0; round < 10; round++)
        {
            var start = TestHouse.Start + NodaTime.Duration.FromHours(24 + (2 * round));
            var plans = hosts.Select(_ => Enumerable.Range(0, 20).OrderBy(_ => random.Next()).Take(8).Select(n => $"r{round}p{n}@example.com").ToArray()).ToArray();
            var replies = await Task.WhenAll(hosts.Select((h, i) => h.TryBook("Crowd", Text(start), Text(start, 1), plans[i])));
            replies.ShouldAllBe(r => r.Status == 201);
            var seated = replies.SelectMany(r => r.Emails()).ToList();
            seated.Distinct().Count().ShouldBe(seated.Count, "nobody twice");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Answers_bookings_and_moves_of_the_same_few_people_all_get_an_answer(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => house.SignUp($"person{i}")));
        var meetings = await Task.WhenAll(people.Select((p, i) => p.Book("Standing", Text(TestHouse.Start, 24 + i), Text(TestHouse.Start, 25 + i), [.. people.Select(q => q.Email).Where(e => e != p.Email)])));
        var random = new Random(11);
        string[] words = ["accepted", "declined", "tentative"];
        var work = Enumerable.Range(0, 300).Select(n => (Kind: random.Next(3), Meeting: random.Next(6), Guest: random.Next(5), Word: words[random.Next(3)], Hour: random.Next(48))).ToList();
        var replies = new System.Collections.Concurrent.ConcurrentBag<Reply>();
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (w, _) =>
        {
            var (host, meeting) = (people[w.Meeting], meetings[w.Meeting]);
            replies.Add(w.Kind switch
            {
                0 => await host.Patch($"/api/meetings/{meeting.Id}/participants/{(long)meeting["participants"]![w.Guest]!["id"]!}/status/", new { status = w.Word }),
                1 => await host.Patch($"/api/meetings/{meeting.Id}/", new { start_time = Text(TestHouse.Start, w.Hour), end_time = Text(TestHouse.Start, w.Hour + 1) }),
                _ => await host.TryBook("More", Text(TestHouse.Start, w.Hour), Text(TestHouse.Start, w.Hour + 1), [.. people.Select(p => p.Email)]),
            });
        });
        replies.ShouldAllBe(r => r.Status == 200 || r.Status == 201 || r.Status == 400);
    }

    private sealed record Result(string Door, Reply Reply, bool Won);

    private static async Task<Func<Task<Result>>> Prepare(Caller host, Caller target, string door, NodaTime.Instant start, NodaTime.Instant free)
    {
        var (from, to) = (Text(start), Text(start, 1));
        switch (door)
        {
            case "create":
                return async () => Won(door, await host.TryBook("Race", from, to, target.Email));
            case "reject":
                return async () => Won(door, await host.Post("/api/meetings/", new { title = "Race", start_time = from, end_time = to, conflict_policy = "reject", participants = new[] { new { email = target.Email } } }));
            case "invite":
                var empty = await host.Book("Race", from, to);
                return async () => await host.Post($"/api/meetings/{empty.Id}/participants/", new { email = target.Email }) is var reply ? new Result(door, reply, reply.Status == 201) : null!;
            case "hourly":
                return async () => await host.Post("/api/event/", new { title = "Race", time_slot = from[..19].Replace('T', ' '), participants = new[] { target.Email } }) is var reply ? new Result(door, reply, reply.Status == 201) : null!;
            case "schedule":
                return async () => await host.Post("/meetings/schedule", new { organizer_id = target.Id, meeting_type = 5, title = "Race", start_time = from[..16], end_time = to[..16] }) is var reply ? new Result(door, reply, reply.Status == 201) : null!;
            case "move":
                var earlier = await host.Book("Race", Text(free), Text(free, 1), target.Email);
                return async () => Won(door, await host.Patch($"/api/meetings/{earlier.Id}/", new { start_time = from, end_time = to }));
            case "revive":
                var cancelled = await host.Post("/api/meetings/", new { title = "Race", start_time = from, end_time = to, status = "cancelled", participants = new[] { new { email = target.Email } } });
                return async () => Won(door, await host.Patch($"/api/meetings/{cancelled.Id}/", new { status = "scheduled" }));
            case "series":
                return async () => Won(door, await host.Post("/api/meetings/", new { title = "Race", start_time = from, end_time = to, recurrence = "FREQ=DAILY;COUNT=1", participants = new[] { new { email = target.Email } } }));
            case "proposal":
                // Only of what is to come another time can be proposed.
                var later = TestHouse.Start + (TestHouse.Start - free) + NodaTime.Duration.FromDays(1_000);
                var elsewhere = await host.Book("Race", Text(later), Text(later, 1), target.Email);
                var proposal = (await target.Post($"/api/meetings/{elsewhere.Id}/proposals/", new { start = from, end = to })).ShouldBe(201);
                return async () => Won(door, await host.Post($"/api/meetings/{elsewhere.Id}/proposals/{proposal["id"]}/accept/"));
            case "answer":
                var declined = (await host.Post("/api/meetings/", new { title = "Race", start_time = from, end_time = to, status = "cancelled", participants = new[] { new { email = target.Email } } })).ShouldBe(201);
                var status = $"/api/meetings/{declined.Id}/participants/{(long)declined["participants"]![0]!["id"]!}/status/";
                (await target.Patch(status, new { status = "declined" })).ShouldBe(200);
                (await host.Patch($"/api/meetings/{declined.Id}/", new { status = "scheduled" })).ShouldBe(200);
                return async () => await target.Patch(status, new { status = "accepted" }) is var reply ? new Result(door, reply, reply.Status == 200) : null!;
            default:
                var bare = await host.Book("Race", from, to);
                return async () => Won(door, await host.Put($"/api/meetings/{bare.Id}/", new { title = "Race", start_time = from, end_time = to, participants = new[] { new { email = target.Email } } }));
        }
    }

    /// Each door refuses in its own words.
    private static JsonNode? Why(Result loser) => loser.Door switch
    {
        "hourly" => loser.Reply["err_message"],
        "schedule" => loser.Reply["detail"],
        _ => loser.Reply["conflict"],
    };

    private static Result Won(string door, Reply reply) => new(door, reply, reply.Status is 200 or 201 && reply.Emails().Any());

    private static async Task<int> BusyAt(Caller person, NodaTime.Instant start)
    {
        var reply = await person.Post("/api/meetings/check-conflicts/", new { start_time = Text(start), end_time = Text(start, 1), participant_emails = new[] { person.Email } });
        return reply["conflicts"]![person.Email]!.AsArray().Count;
    }

    private static string Text(NodaTime.Instant start, int plusHours = 0) => (start + NodaTime.Duration.FromHours(plusHours)).ToString();
}
