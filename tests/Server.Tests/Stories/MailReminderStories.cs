using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Everybody is reminded before a meeting begins: once, at the right time, and only if it is still on for them.
public sealed class MailReminderStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Half_an_hour_before_the_start_guests_and_host_are_reminded_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Asia/Dhaka");
        await Book(ana);

        (await RemindedAt(house, "2030-03-05T09:29:59Z")).ShouldBeEmpty();
        (await RemindedAt(house, "2030-03-05T09:30:00Z")).ShouldBe(["Ana <ana@example.com>", "ben@example.com", "cy@example.com"]);
        (await RemindedAt(house, "2030-03-05T09:31:00Z")).ShouldBeEmpty();
        (await RemindedAt(house, "2030-03-05T10:00:00Z")).ShouldBeEmpty();
        var host = (await house.Mails()).Single(m => m.Subject.StartsWith("Reminder", StringComparison.Ordinal) && m.To.Contains("ana@"));
        host.Subject.ShouldBe("Reminder: Kickoff @ Tuesday, 5 March 2030, 16:00–17:00 (Asia/Dhaka, UTC+06)");
        host.Calendar.ShouldBeNull("a reminder is no new invitation: the event is in the calendar already");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_meeting_says_when_its_reminder_comes_and_whether(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await Book(ana, 0, "zero@example.com");
        await Book(ana, 90, "ninety@example.com");
        await Book(ana, (int?)null, "never@example.com");

        (await GuestsRemindedAt(house, "2030-03-05T08:29:59Z")).ShouldBeEmpty();
        (await GuestsRemindedAt(house, "2030-03-05T08:30:00Z")).ShouldBe(["ninety@example.com"]);
        (await GuestsRemindedAt(house, "2030-03-05T09:59:59Z")).ShouldBeEmpty();
        // A reminder of 0 minutes: "it begins"; 0 means then.
        (await GuestsRemindedAt(house, "2030-03-05T10:00:00Z")).ShouldBe(["zero@example.com"]);
        (await GuestsRemindedAt(house, "2030-03-05T12:00:00Z")).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_house_may_have_another_default(string engine)
    {
        await using var house = await TestHouse.Open(engine, "REMINDER_MINUTES=10");
        var booked = await Book(await house.SignUp("ana"));
        ((int)booked["reminder_minutes"]!).ShouldBe(10);

        (await GuestsRemindedAt(house, "2030-03-05T09:49:59Z")).ShouldBeEmpty();
        (await GuestsRemindedAt(house, "2030-03-05T09:50:00Z")).Count.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_is_reminded_of_what_is_off_declined_deleted_or_has_begun(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var cancelled = await Book(ana, 30, "a@example.com");
        (await ana.Post($"/api/meetings/{cancelled.Id}/cancel/")).ShouldBe(200);
        var patched = await Book(ana, 30, "b@example.com");
        (await ana.Patch($"/api/meetings/{patched.Id}/", new { status = "completed" })).ShouldBe(200);
        var deleted = await Book(ana, 30, "c@example.com");
        (await ana.Delete($"/api/meetings/{deleted.Id}/")).ShouldBe(204);
        var declined = await Book(ana, 30, "d@example.com", "e@example.com");
        (await ana.Patch($"/api/meetings/{declined.Id}/participants/{declined["participants"]![0]!["id"]}/status/", new { status = "declined" })).ShouldBe(200);
        // Down when its reminder was due, up again when it has begun.
        await ana.Book("Early", "2030-03-05T07:00Z", "2030-03-05T08:00Z", "f@example.com");
        await ana.Book("Past", "2030-03-01T07:00Z", "2030-03-01T08:00Z", "g@example.com");

        (await GuestsRemindedAt(house, "2030-03-05T09:30:00Z")).ShouldBe(["e@example.com"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reminder_moves_with_its_meeting(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ACCESS_TOKEN_MINUTES=10080");
        var ana = await house.SignUp("ana");
        var id = (await Book(ana)).Id;
        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-06T10:00Z", end_time = "2030-03-06T11:00Z" })).ShouldBe(200);
        (await GuestsRemindedAt(house, "2030-03-05T10:00:00Z")).ShouldBeEmpty();
        (await GuestsRemindedAt(house, "2030-03-06T09:30:00Z")).Count.ShouldBe(2);

        // Reminded already; put off to the next day it is another meeting to be reminded of.
        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff 2" })).ShouldBe(200);
        (await GuestsRemindedAt(house, "2030-03-06T09:45:00Z")).ShouldBeEmpty("a new title is no reason to remind again");
        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-07T10:00Z", end_time = "2030-03-07T11:00Z" })).ShouldBe(200);
        (await GuestsRemindedAt(house, "2030-03-07T09:30:00Z")).Count.ShouldBe(2);

        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-08T10:00Z", end_time = "2030-03-08T11:00Z", reminder_minutes = 60 })).ShouldBe(200);
        (await GuestsRemindedAt(house, "2030-03-08T09:00:00Z")).Count.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_nodes_remind_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var n in Enumerable.Range(0, 8))
            await Book(ana, 30, $"guest{n}@example.com");
        await using var other = await house.AnotherNode();

        house.Clock.Set(At("2030-03-05T09:30:00Z"));
        var reminded = await Task.WhenAll(house.Remind(), other.Remind(), house.Remind(), other.Remind());
        reminded.Sum().ShouldBe(8);
        (await GuestsRemindedAt(house, "2030-03-05T09:30:01Z")).ShouldBe(Enumerable.Range(0, 8).Select(n => $"guest{n}@example.com"));
    }

    private static Task<Reply> Book(Caller ana) => Book(ana, new
    {
        title = "Kickoff", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z",
        participants = new[] { new { email = "ben@example.com" }, new { email = "cy@example.com" } },
    });

    private static Task<Reply> Book(Caller ana, int? minutes, params string[] emails) => Book(ana, new
    {
        title = "Kickoff", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", reminder_minutes = minutes,
        participants = emails.Select(email => new { email }),
    });

    private static async Task<Reply> Book(Caller ana, object meeting) => (await ana.Post("/api/meetings/", meeting)).ShouldBe(201);

    /// Whom the house reminds at this time, the host too.
    private static async Task<IReadOnlyList<string>> RemindedAt(TestHouse house, string time)
    {
        var before = (await house.Mails()).Select(m => m.MessageId).ToHashSet(StringComparer.Ordinal);
        house.Clock.Set(At(time));
        await house.Remind();
        await house.DeliverMail();
        return [.. (await house.Mails()).Where(m => !before.Contains(m.MessageId) && m.Subject.StartsWith("Reminder: ", StringComparison.Ordinal)).Select(m => m.To).Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> GuestsRemindedAt(TestHouse house, string time) =>
        [.. (await RemindedAt(house, time)).Where(to => !to.Contains("ana@", StringComparison.Ordinal))];

    private static Instant At(string time) => NodaTime.Text.InstantPattern.General.Parse(time).Value;
}
