using Convene.Server.Features.Mail;
using Convene.Server.Outside.Mail;
using Convene.Server.Storage;
using Convene.Server.Storage.Engines;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Several servers on one database, and what one of them may do to the others.
public sealed class NodeStories
{
    [Theory, OnPostgres]
    public async Task What_happens_while_a_node_hears_nothing_is_heard_of_all_the_same(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        using var listener = await Listener.Open(other, ben);
        (await listener.Next()).Event.ShouldBe("ready");
        var (here, there) = (house.Services.GetRequiredService<Engine>(), other.Services.GetRequiredService<Engine>());
        await ServerProcess.Until(() => Task.FromResult(there.HearsOthers), "the other node listens");

        await ana.Book("Before", "2030-03-05T08:00Z", "2030-03-05T08:30Z", "ben@example.com");
        var seen = (await listener.Next()).Id;

        // Its connection is cut, and cut again as often as it is made, while others book.
        for (var n = 0; n < 3; n++)
        {
            await ServerProcess.Until(async () => await Cut(here) > 0, "a listening connection was cut");
            await ana.Book("Meanwhile", $"2030-03-05T1{n}:00Z", $"2030-03-05T1{n}:30Z", "ben@example.com");
        }

        while (seen < await Revision(here, ben.Id))
            seen = (await listener.Next()).Id;
        await ServerProcess.Until(() => Task.FromResult(there.HearsOthers), "the other node listens again");
        await ana.Book("After", "2030-03-05T20:00Z", "2030-03-05T20:30Z", "ben@example.com");
        (await listener.Next()).Id.ShouldBe(seen + 1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_sender_that_was_frozen_until_another_took_its_mail_neither_sends_nor_says_anything(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await (await house.SignUp("ana")).Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await house.DeliverMail();
        await (await house.SignUp("cho")).Book("Review", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "dan@example.com");
        var store = house.Services.GetRequiredService<Store>();
        var now = house.Clock.GetCurrentInstant();
        var frozen = (await store.WriteAlways(tx => OutboxRows.Claim(tx, now, now + Duration.FromSeconds(30), 1))).Single();

        house.Clock.Advance(Duration.FromSeconds(31));
        now = house.Clock.GetCurrentInstant();
        var awake = (await store.WriteAlways(tx => OutboxRows.Claim(tx, now, now + Duration.FromSeconds(30), 100))).Single(o => o.Id == frozen.Id);
        awake.Attempts.ShouldBe(frozen.Attempts + 1);

        (await store.WriteAlways(tx => OutboxRows.Renew(tx, frozen.Id, frozen.Attempts, now + Duration.FromHours(1)))).ShouldBeFalse("it asks before it sends");
        await store.WriteAlways(tx => OutboxRows.Sent(tx, frozen.Id, frozen.Attempts, now));
        await store.WriteAlways(tx => OutboxRows.GiveUp(tx, frozen.Id, frozen.Attempts, now, "nonsense"));
        await store.WriteAlways(tx => OutboxRows.TryLater(tx, frozen.Id, frozen.Attempts, now, "nonsense"));
        var row = (await store.Read(tx => OutboxList.Hold(tx, frozen.Id)))!;
        (row.State, row.LastError, row.DueAt).ShouldBe((OutboxList.Owed, null, now + Duration.FromSeconds(30)));

        (await store.WriteAlways(tx => OutboxRows.Renew(tx, awake.Id, awake.Attempts, now + Duration.FromSeconds(40)))).ShouldBeTrue();
        await store.WriteAlways(tx => OutboxRows.Sent(tx, awake.Id, awake.Attempts, now));
        (await store.Read(tx => OutboxList.Hold(tx, frozen.Id)))!.State.ShouldBe(OutboxList.Sent);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_not_to_go_any_more_is_kept_back(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var mail = new OutgoingMail("1", new MailParty("ben@example.com", "Ben"), null, null, "Subject", "Text", "<p>Text</p>", null);
        (await house.Services.GetRequiredService<Mailer>().Send(mail, () => Task.FromResult(false), CancellationToken.None)).ShouldBeFalse();
        (await house.Mails()).ShouldBeEmpty();
        if (!SmtpServer.IsThere)
            return;

        await using var smtp = await SmtpServer.Start();
        var mailer = new SmtpMailer(new("noreply@example.com"), "example.com", new Settings.SmtpSettings("127.0.0.1", smtp.Port, false, null, null));
        (await mailer.Send(mail, () => Task.FromResult(false), CancellationToken.None)).ShouldBeFalse();
        (await mailer.Send(mail, () => Task.FromResult(true), CancellationToken.None)).ShouldBeTrue();
        (await smtp.Mails()).Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task After_a_clock_was_put_back_mail_is_not_kept_until_the_time_that_it_showed_before(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        house.Clock.Advance(Duration.FromHours(5));
        await ana.SignIn();
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        house.Clock.Advance(-Duration.FromHours(5));
        (await house.DeliverMail()).ShouldBe(1, "only the welcome, which was owed before");

        await house.Services.GetRequiredService<SendOwedMail>().MendTimes();
        (await house.DeliverMail()).ShouldBe(1, "the invitation");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_server_goes_on_while_and_after_a_newer_one_adds_to_the_schema(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, store) = (await house.SignUp("ana"), house.Services.GetRequiredService<Store>());
        await ana.Book("Before", "2030-03-05T08:00Z", "2030-03-05T08:30Z", "ben@example.com");

        // Statements that are prepared by now meet tables with more columns than when they were.
        var working = Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => ana.Copy().TryBook("Meanwhile", Text(n), Text(n + 1), $"guest{n}@example.com"))));
        await NewerSteps(store, worksFrom: 0);
        (await working).ShouldAllBe(r => r.Status == 201);

        (await house.Somebody().Get("/readyz")).ShouldBe(200)["schema_step"]!.GetValue<long>().ShouldBeGreaterThan(SchemaSteps.Newest);
        await Works(house, ana);
        // One of the older version that is started anew meanwhile.
        await using var again = await house.AnotherNode();
        await Works(again, again.Somebody().As(ana));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_server_that_cannot_work_with_a_newer_schema_says_so_and_does_not_start(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await NewerSteps(house.Services.GetRequiredService<Store>(), worksFrom: SchemaSteps.Newest + 1);
        (await house.Somebody().Get("/readyz")).ShouldBe(503);
        (await Should.ThrowAsync<SettingsException>(house.AnotherNode)).Message.ShouldContain("made by a newer Convene");
    }

    /// What the next version might bring: a column with a default in each table that is written all the time, one at a time, and a table of its own.
    private static async Task NewerSteps(Store store, long worksFrom)
    {
        var number = SchemaSteps.Newest;
        foreach (var table in (string[])["people", "accounts", "calendars", "entries", "participants", "busy", "letters", "outbox", "audit", "sign_ins"])
            await Apply($"ALTER TABLE {table} ADD COLUMN of_the_future bigint NOT NULL DEFAULT 0");
        await Apply("CREATE TABLE of_the_future (id bigint PRIMARY KEY)");

        Task Apply(string step) => store.WriteAlways(async tx =>
        {
            await tx.Execute(step);
            await tx.Execute("INSERT INTO schema_steps (number, name, works_from) VALUES (@number, 'from the future', @worksFrom)", new { number = ++number, worksFrom });
        });
    }

    private static async Task Works(TestHouse house, Caller ana)
    {
        var name = Guid.NewGuid().ToString("N");
        await house.SignUp(name);
        var meeting = await ana.Book("Works", "2031-03-05T08:00Z", "2031-03-05T08:30Z", $"{name}@example.com");
        (await ana.Get("/api/meetings/")).ShouldBe(200);
        (await ana.Patch($"/api/meetings/{meeting.Id}/", new { title = "Still works" })).ShouldBe(200);
        (await ana.Get($"/api/meetings/{meeting.Id}/export-ics/")).ShouldBe(200);
        (await ana.Post($"/api/meetings/{meeting.Id}/cancel/")).ShouldBe(200);
        (await ana.Delete($"/api/meetings/{meeting.Id}/")).ShouldBe(204);
        (await house.DeliverMail()).ShouldBeGreaterThan(0);
    }

    private static string Text(int hours) => (TestHouse.Start + Duration.FromHours(24 + hours)).ToString();

    private static Task<int> Cut(Engine engine) => engine.ReadOne(
        async tx => (await tx.Query<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'convene listener' AND datname = current_database()")).Count(b => b),
        default);

    private static Task<long> Revision(Engine engine, long person) => engine.ReadOne(tx => tx.One<long>("SELECT revision FROM calendars WHERE person_id = @person", new { person }), default);
}
