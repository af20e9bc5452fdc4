using System.Globalization;
using Convene.Server.Features.Repeats;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// While nothing changes, answers come from memory, or need not come at all; nobody ever gets one of yesterday.
public sealed class UnchangedStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_answered_before_takes_the_statement_that_recognises_who_asks(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        house.Services.GetRequiredService<AnswerFromMemory>().IsDoubted = false;
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com")).Id;
        foreach (var path in new[] { "/api/meetings/", "/api/meetings/?page_size=100", $"/api/meetings/{id}/export-ics/", $"/api/meetings/{id}/participants/" })
        {
            var first = (await ana.Get(path)).ShouldBe(200);
            Reply? again = null;
            (await house.Statements(async () => again = await ana.Get(path))).ShouldBe(1, path);
            again!.Text.ShouldBe(first.Text);
            foreach (var header in new[] { "Content-Type", "ETag", "X-Total-Count", "Content-Disposition" })
                again.Headers.GetValueOrDefault(header).ShouldBe(first.Headers.GetValueOrDefault(header), header);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whatever_changes_through_whichever_server_is_seen_at_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        foreach (var one in new[] { house, other })
            one.Services.GetRequiredService<AnswerFromMemory>().IsDoubted = false;
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var elsewhere = new Caller(other.Url);
        (await elsewhere.Post("/api/auth/login/", new { username = "ben", password = Caller.Password })).ShouldBe(200);
        var id = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T10:30Z", participants = new[] { new { email = "ben@example.com" } },
        })).ShouldBe(201).Id;
        var part = (await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["id"];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        async Task Read(string path, string text, string why)
        {
            // Twice: the first is new, the second is known.
            ana.Header("If-None-Match", known.GetValueOrDefault(path));
            var first = (await ana.Get(path)).ShouldBe(200, why);
            first.Text.ShouldContain(text, Case.Sensitive, why);
            ana.Header("If-None-Match", known[path] = first.Headers["ETag"]);
            (await ana.Get(path)).ShouldBe(304, why).Text.ShouldBeEmpty();
            ana.Header("If-None-Match", null);
        }

        async Task Reads(string text, string calendar, string why)
        {
            await Read("/api/meetings/", text, why);
            await Read($"/api/meetings/{id}/export-ics/", calendar, why);
        }

        await Reads("\"Standup\"", "SUMMARY:Standup", "as it was booked");
        await ana.Patch($"/api/meetings/{id}/", new { title = "Daily" });
        await Reads("\"Daily\"", "SUMMARY:Daily", "a new title");
        await elsewhere.Patch($"/api/meetings/{id}/participants/{part}/status/", new { status = "accepted" });
        await Reads("\"accepted\"", "PARTSTAT=ACCEPTED", "an answer, given on the other server");
        (await elsewhere.Patch("/api/auth/me/", new { first_name = "Benedict" })).ShouldBe(200);
        await Reads("Benedict", "Benedict", "another name, given on the other server");
        await elsewhere.Patch($"/api/meetings/{id}/participants/{part}/status/", new { status = "declined" });
        await Reads("\"declined\"", "PARTSTAT=DECLINED", "another answer");
        await ana.Post($"/api/meetings/{id}/cancel/");
        await Reads("\"cancelled\"", "METHOD:CANCEL", "called off");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_may_not_see_it_any_more_is_not_told_from_memory(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        house.Services.GetRequiredService<AnswerFromMemory>().IsDoubted = false;
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com")).Id;
        var part = (await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["id"];
        foreach (var _ in new[] { 1, 2 })
            (await ben.Get($"/api/meetings/{id}/export-ics/")).ShouldBe(200);
        (await ana.Delete($"/api/meetings/{id}/participants/{part}/")).ShouldBe(204);
        foreach (var _ in new[] { 1, 2 })
            (await ben.Get($"/api/meetings/{id}/export-ics/")).ShouldBe(404);
        (await house.SignUp("cem")).Bearer("nonsense");
        (await house.Somebody().Get($"/api/meetings/{id}/export-ics/")).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_comes_while_others_are_looked_up_shares_the_next_statement(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var asked = new List<long[]>();
        var (began, goOn) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var lookups = new Lookups<long, string>(
            house.Services.GetRequiredService<Store>(),
            async (_, keys) =>
            {
                int place;
                lock (asked)
                {
                    asked.Add(keys);
                    place = asked.Count;
                }

                began.Release();
                if (place <= 2)
                    await goOn.Task;
                return [.. keys.Where(k => k != 7).Select(k => k.ToString(CultureInfo.InvariantCulture))];
            },
            row => long.Parse(row, CultureInfo.InvariantCulture));
        // The first two begin at once, and are held up.
        var finds = new List<Task<string?>>();
        foreach (var key in new[] { 1, 2 })
        {
            finds.Add(lookups.Find(key));
            (await began.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue();
        }

        finds.AddRange(Enumerable.Range(3, 20).Append(3).Select(k => lookups.Find(k)));
        goOn.SetResult();
        (await Task.WhenAll(finds).WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(["1", "2", "3", "4", "5", "6", null, .. Enumerable.Range(8, 15).Select(k => $"{k}"), "3"]);
        asked.Count.ShouldBe(3);
        asked[2].ShouldBe(Enumerable.Range(3, 20).Select(k => (long)k));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_lookup_that_fails_is_told_and_the_next_one_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var lookups = new Lookups<long, string>(
            house.Services.GetRequiredService<Store>(),
            (_, keys) => keys.Contains(0) ? throw new InvalidOperationException("no") : Task.FromResult<IReadOnlyList<string>>([.. keys.Select(k => $"{k}")]),
            long.Parse);
        await Should.ThrowAsync<InvalidOperationException>(() => lookups.Find(0));
        (await lookups.Find(5)).ShouldBe("5");
    }

    [Fact]
    public void What_is_kept_takes_no_more_than_it_may_and_what_was_asked_for_last_stays()
    {
        var recent = new Recent<int, string>(1_000, (_, text) => text.Length);
        foreach (var key in Enumerable.Range(0, 1_000))
        {
            recent.Keep(key, new string('x', 10));
            recent.Bytes.ShouldBeLessThanOrEqualTo(1_000);
            recent.Find(0).ShouldNotBeNull("it is asked for all the time");
        }

        recent.Find(999).ShouldNotBeNull();
        recent.Find(500).ShouldBeNull();
        recent.Count.ShouldBeGreaterThan(40);
        recent.Keep(0, new string('y', 50));
        recent.Find(0).ShouldBe(new string('y', 50));
        recent.Keep(1_000, new string('z', 300));
        recent.Find(1_000).ShouldBeNull("it would drive out too many others");
    }
}
