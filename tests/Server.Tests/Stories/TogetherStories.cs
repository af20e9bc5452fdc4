using System.Collections.Concurrent;
using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// Bookings that come at the same time share a transaction, and know nothing of each other.
public sealed class TogetherStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Who_comes_while_others_are_written_goes_together_and_one_that_fails_harms_no_neighbour(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var store = house.Services.GetRequiredService<Store>();
        var (sizes, begun, gate) = (new ConcurrentQueue<int>(), new TaskCompletionSource(), new TaskCompletionSource());
        var together = new Together<string, string>(store, async (tx, emails) =>
        {
            begun.TrySetResult();
            await gate.Task;
            sizes.Enqueue(emails.Count);
            foreach (var email in emails)
                await PeopleRows.Add(tx, email, "", null, TestHouse.Start);
            return [.. emails.Select(e => (Outcome<string>)e)];
        }, patience: Timeout.InfiniteTimeSpan);
        await house.SignUp("taken");

        var asked = Enumerable.Range(0, 48).Select(n => n % 7 == 6 ? "taken@example.com" : $"p{n}@example.com").ToArray();
        List<Task<Outcome<string>>> answers = [together.Ask(asked[0])];
        await begun.Task;
        answers.AddRange(asked.Skip(1).Select(together.Ask));
        gate.SetResult();
        for (var n = 0; n < asked.Length; n++)
        {
            if (asked[n] == "taken@example.com")
                await Should.ThrowAsync<DbException>(() => answers[n]);
            else
                (await answers[n]).Answer.ShouldBe(asked[n]);
        }

        // One began at once; the others shared transactions (where the next one can be at work meanwhile, half of them at a time), until it turned out that one of them is impossible.
        sizes.Max().ShouldBe(store.Transactions > 1 ? (asked.Length - 1) / 2 : asked.Length - 1);
        (await store.Read(tx => PeopleRows.ByEmail(tx, asked))).Count.ShouldBe(43);
    }

    [Theory, OnPostgres]
    public async Task One_that_waits_for_something_of_its_own_does_not_keep_the_others_waiting(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var together = new Together<int, int>(
            house.Services.GetRequiredService<Store>(),
            async (_, asked) =>
            {
                if (asked.Contains(0))
                {
                    begun.SetResult();
                    await goOn.Task;
                }

                return [.. asked.Select(n => (Outcome<int>)n)];
            },
            patience: TimeSpan.FromMilliseconds(1));
        var first = together.Ask(0);
        await begun.Task;
        (await together.Ask(1).WaitAsync(TimeSpan.FromSeconds(60))).Answer.ShouldBe(1);
        first.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await first).Answer.ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_is_forgotten_who_comes_just_as_the_last_before_them_is_done(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var together = new Together<int, int>(
            house.Services.GetRequiredService<Store>(), (_, asked) => Task.FromResult<IReadOnlyList<Outcome<int>>>([.. asked.Select(n => (Outcome<int>)n)]));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 1_000; n++)
                (await together.Ask(n).WaitAsync(TimeSpan.FromSeconds(60))).Answer.ShouldBe(n);
        })));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_bookings_at_once_those_that_are_refused_leave_no_guests_behind(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var bert = await house.SignUp("bert");
        await ana.Book("Alone", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z");

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => n % 3 == 0
            ? bert.Post("/api/meetings/", new
            {
                title = "Refused", start_time = "2030-03-05T10:30:00Z", end_time = "2030-03-05T11:30:00Z", conflict_policy = "reject",
                participants = ((string[])[$"guest{n}@example.com", "ana@example.com"]).Select(email => new { email }),
            })
            : ana.TryBook($"M{n}", $"2030-04-{n + 1:00}T10:00:00Z", $"2030-04-{n + 1:00}T11:00:00Z", $"guest{n}@example.com")));

        replies.Select(r => r.Status).ShouldBe(Enumerable.Range(0, 30).Select(n => n % 3 == 0 ? 400 : 201));
        var guests = await house.Services.GetRequiredService<Store>().Read(tx => PeopleRows.ByEmail(tx, Enumerable.Range(0, 30).Select(n => $"guest{n}@example.com")));
        guests.Count.ShouldBe(20);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_who_ask_at_once_who_is_busy_each_gets_their_own_answer(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var bert = await house.SignUp("bert");
        foreach (var n in Enumerable.Range(1, 20))
            await ana.Book($"M{n}", $"2030-04-{n:00}T10:00:00Z", $"2030-04-{n:00}T11:00:00Z", $"p{n}@example.com");

        var replies = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => (n % 2 == 0 ? ana : bert).Post("/api/meetings/check-conflicts/", new
        {
            start_time = $"2030-04-{((n + 1) / 2):00}T10:30:00Z", end_time = $"2030-04-{((n + 1) / 2):00}T10:45:00Z",
            participant_emails = ((string[])[$"P{(n + 1) / 2}@example.com", $"p{(n % 20) + 1}@example.com", $"nobody{n}@example.com"]).Distinct(StringComparer.OrdinalIgnoreCase),
        })));

        foreach (var (reply, n) in replies.Select((r, n) => (r, n + 1)))
        {
            var conflicts = reply.ShouldBe(200)["conflicts"]!.AsObject();
            conflicts.Select(c => c.Key).ShouldBe([$"P{(n + 1) / 2}@example.com"]);
            // Only who is in the meeting is told what it is.
            conflicts.First().Value![0]!["title"]!.ToString().ShouldBe(n % 2 == 0 ? $"M{n / 2}" : "Busy");
        }
    }
}
