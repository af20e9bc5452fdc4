using System.Data.Common;
using System.Net;
using Convene.Server.Doors.Rest;
using Convene.Server.Features.Admin;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// The audit: who did what, when and from where. What is written there stays.
public sealed class AuditStories
{
    private const string Ten = "2030-03-05T10:00Z";
    private const string Eleven = "2030-03-05T11:00Z";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_meetings_life_is_told_before_and_after(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var made = await ana.Book("Kickoff", Ten, Eleven, "ben@example.com");
        var path = $"/api/meetings/{made.Id}/";
        var bens = $"{path}participants/{made["participants"]![0]!["id"]}/";
        (await ben.Patch(bens + "status/", new { status = "accepted" })).ShouldBe(200);
        (await ana.Patch(path, new { title = "Launch", start_time = "2030-03-05T12:00Z", end_time = "2030-03-05T13:00Z" })).ShouldBe(200);
        (await ana.Patch(path, new { location = "Office", participants = new[] { new { email = "cho@example.com" } } })).ShouldBe(200);
        (await ana.Patch(path, new { location = "Office" })).ShouldBe(200);
        (await ana.Post(path + "participants/", new { email = "dee@example.com", role = "cohost" })).ShouldBe(201);
        var dees = $"{path}participants/{(await ana.Get(path + "participants/")).Json!.AsArray().Single(p => p!["email"]!.ToString() == "dee@example.com")!["id"]}/";
        (await ana.Patch(dees, new { role = "attendee" })).ShouldBe(200);
        (await ana.Delete(dees)).ShouldBe(204);
        (await ana.Patch($"/meetings/{made.Id}/extend/", new { extended_end_time = "2030-03-05T13:30", reason = "More to say" })).ShouldBe(200);
        (await ana.Patch(path, new { start_time = "2030-03-05T12:00Z", end_time = "2030-03-05T12:00Z" })).ShouldBe(400, "what was refused is not told");

        var story = (await ana.Get(path + "audit/")).ShouldBe(200).Json!.AsArray();
        string[] expected =
        [
            """meeting.extended ana: {"end_time":"2030-03-05T13:00:00Z","start_time":"2030-03-05T12:00:00Z"} → {"end_time":"2030-03-05T13:30:00Z","start_time":"2030-03-05T12:00:00Z"} (More to say)""",
            """meeting.participant_removed ana: {"participant":"dee@example.com","role":"attendee","answer":"pending"} → –""",
            """meeting.participant_changed ana: {"participant":"dee@example.com","name":"","role":"cohost"} → {"participant":"dee@example.com","name":"","role":"attendee"}""",
            """meeting.participant_added ana: – → {"participant":"dee@example.com","role":"cohost"}""",
            """meeting.changed ana: {"location":"","participants":{"ben@example.com":"attendee"}} → {"location":"Office","participants":{"cho@example.com":"attendee"}}""",
            """meeting.rescheduled ana: {"title":"Kickoff","start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:00:00Z"} → {"title":"Launch","start_time":"2030-03-05T12:00:00Z","end_time":"2030-03-05T13:00:00Z"}""",
            """meeting.answered ben: {"participant":"ben@example.com","answer":"pending"} → {"participant":"ben@example.com","answer":"accepted"}""",
        ];
        story.SkipLast(1).Select(AdminHelp.Line).ShouldBe(expected);
        AdminHelp.Line(story[^1]).ShouldStartWith("""meeting.created ana: – → {"title":"Kickoff",""");
        story.ShouldAllBe(e => e!["from"] == null);
        (await ben.Get(path + "audit/")).ShouldBe(404, "no longer invited");
        (await admin.Get(path + "audit/")).ShouldBe(404);

        var cho = await house.SignUp("cho");
        (await cho.Get(path + "audit/")).ShouldBe(403).Error("detail").ShouldBe("Only the organiser can see who changed what.");
        (await cho.Get(path + "history/")).ShouldBe(200).Json!.AsArray().Select(c => $"{c!["kind"]} {c["new_end_time"]} {c["reason"]}")
            .ShouldBe(["extended 2030-03-05T13:30:00Z More to say", "rescheduled 2030-03-05T13:00:00Z "]);

        (await ana.Delete(path)).ShouldBe(204);
        var all = (await admin.Get($"/api/admin/audit/?subject={made.Id}")).ShouldBe(200);
        ((long)all["count"]!).ShouldBe(9);
        var last = all["results"]![0]!;
        (last["kind"]!.ToString(), last["from"]!.ToString(), last["subject"]!["name"], last["at"]!.ToString()).ShouldBe(("meeting.deleted", "127.0.0.0/24", null, "2030-03-04T09:00:00Z"));
        last["before"]!["title"]!.ToString().ShouldBe("Launch");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Accounts_and_availability_are_told_without_secrets(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var ana = await house.SignUp("ana");
        (await ana.Patch("/api/auth/me/", new { first_name = "Anna", working_hours_start = "08:00" })).ShouldBe(200);
        (await ana.Patch("/api/auth/me/", new { first_name = "Anna" })).ShouldBe(200);
        (await ana.Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "battery-staple-8", new_password2 = "battery-staple-8" })).ShouldBe(200);
        (await ana.Put("/api/availability/", new { timezone = "UTC", weekly_hours = new[] { new { day_of_week = 0, start_time = "09:00", end_time = "12:00" } } })).ShouldBe(200);
        var away = (await ana.Post("/api/availability/overrides/", new { kind = "blocked", date = "2030-03-06", hours = new[] { new { start_time = "09:00", end_time = "10:00" } } })).ShouldBe(201);
        (await ana.Delete($"/api/availability/overrides/{away["id"]}/")).ShouldBe(204);
        (await ana.Post("/api/user/block_slots/", new { date = "2030-03-07", blocked_slots = new[] { 9 } })).ShouldBe(200);
        var slot = (await ana.Post("/meetings/availability", new { day_of_week = 2, start_time = "08:00", end_time = "09:00", meeting_type = 5 })).ShouldBe(201);
        (await ana.Delete($"/meetings/availability/{slot["created_slots"]![0]!["id"]}")).ShouldBe(204);
        (await house.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" })).ShouldBe(200);

        var lines = await admin.Audit("&subject=ana");
        lines.Select(l => l.Split(' ')[0]).ShouldBe(
        [
            "availability.changed", "availability.changed", "availability.changed", "availability.changed", "availability.changed", "availability.changed",
            "account.password_changed", "account.changed", "account.created",
        ]);
        lines[^1].ShouldBe("""account.created ana: – → {"email":"ana@example.com","username":"ana","name":"Ana"}""");
        lines[^2].ShouldBe("""account.changed ana: {"first_name":"Ana","working_hours_start":"09:00:00"} → {"first_name":"Anna","working_hours_start":"08:00:00"}""");
        lines[^3].ShouldBe("account.password_changed ana: – → –");
        lines[5].ShouldEndWith("""→ {"weekly_hours":"Monday 09:00:00–12:00:00"}""");
        lines[3].ShouldEndWith("→ –");
        string.Join('\n', lines).ShouldNotContain("battery");
        string.Join('\n', await admin.Audit()).ShouldNotContain("hash", Case.Insensitive);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_audit_is_filtered_by_who_what_and_when(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var one = await ana.Book("One", Ten, Eleven);
        house.Clock.Advance(Duration.FromDays(1));
        await ana.SignIn();
        await ben.SignIn();
        await admin.SignIn();
        await ben.Book("Two", Ten, Eleven);
        (await ana.Post($"/api/meetings/{one.Id}/cancel/")).ShouldBe(200);

        async Task<string[]> Kinds(string query) => [.. (await admin.Audit(query)).Select(l => string.Join(' ', l.Split(' ')[..2]))];
        (await Kinds("&kind=meeting")).ShouldBe(["meeting.cancelled ana:", "meeting.created ben:", "meeting.created ana:"]);
        (await Kinds("&kind=meeting.created&ordering=at")).ShouldBe(["meeting.created ana:", "meeting.created ben:"]);
        (await Kinds("&actor=ana@example.com")).ShouldBe(["meeting.cancelled ana:", "session.begun ana:", "meeting.created ana:", "account.created ana:"]);
        (await Kinds($"&actor={ben.Id}&kind=meeting")).ShouldBe(["meeting.created ben:"]);
        (await Kinds("&actor=BEN&kind=account")).ShouldBe(["account.created ben:"]);
        (await Kinds($"&subject={one.Id}")).ShouldBe(["meeting.cancelled ana:", "meeting.created ana:"]);
        (await Kinds("&from=2030-03-05")).ShouldBe(["meeting.cancelled ana:", "meeting.created ben:", "session.begun ada:", "session.begun ben:", "session.begun ana:"]);
        (await Kinds("&to=2030-03-04&kind=meeting")).ShouldBe(["meeting.created ana:"]);
        (await Kinds("&kind=%25")).ShouldBeEmpty();
        (await admin.Get("/api/admin/audit/?from=yesterday")).ShouldBe(400).Error("from").ShouldNotBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_database_refuses_to_change_or_lose_what_is_in_the_audit(string engine)
    {
        await using var house = await TestHouse.Open(engine, "AUDIT_DAYS=30");
        var admin = await house.SignUpAdmin("ada");
        var store = house.Services.GetRequiredService<Store>();
        string[] attempts = ["UPDATE audit SET kind = 'x'", "DELETE FROM audit", .. engine == OnPostgresAttribute.Engine ? ["TRUNCATE audit"] : Array.Empty<string>()];
        foreach (var sql in attempts)
        {
            var refused = await Should.ThrowAsync<DbException>(() => store.WriteAlways(tx => tx.Execute(sql)));
            refused.Message.ShouldContain("the audit is append-only", Case.Insensitive, sql);
        }

        // Retention has a switch of its own, and is over with the transaction that used it.
        var forget = house.Services.GetRequiredService<ForgetOldAudit>();
        house.Clock.Advance(Duration.FromDays(29));
        await forget.Handle(CancellationToken.None);
        await admin.SignIn();
        (await admin.Audit("&kind=account")).Length.ShouldBe(2);
        house.Clock.Advance(Duration.FromDays(2));
        await admin.SignIn();
        await admin.Book("Kept", "2030-05-06T10:00Z", "2030-05-06T11:00Z");
        await forget.Handle(CancellationToken.None);
        (await admin.Audit()).Select(l => l.Split(' ')[0]).ShouldBe(["meeting.created", "session.begun", "session.begun"]);
        await Should.ThrowAsync<DbException>(() => store.WriteAlways(tx => tx.Execute("DELETE FROM audit WHERE at < 0 OR at > 0")));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_a_limit_nothing_is_ever_removed(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        house.Clock.Advance(Duration.FromDays(10_000));
        await house.Services.GetRequiredService<ForgetOldAudit>().Handle(CancellationToken.None);
        await admin.SignIn();
        (await admin.Audit("&kind=account")).Length.ShouldBe(2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_insert_is_all_that_the_audit_costs_a_booking(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var before = await house.Statements(() => ana.Book("Warm", Ten, Eleven));
        var made = await ana.Book("Moved", Ten, Eleven);
        (await house.Statements(() => ana.Patch($"/api/meetings/{made.Id}/", new { start_time = "2030-03-05T11:00Z", end_time = "2030-03-05T12:00Z", title = "Both" }))).ShouldBeLessThanOrEqualTo(17);
        before.ShouldBeLessThanOrEqualTo(13);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_a_request_came_from_is_told_by_trusted_proxies_only(string engine)
    {
        await using var house = await TestHouse.Open(engine, "TRUSTED_PROXIES=127.0.0.1, ::1 192.0.2.0/24");
        await using var plain = await TestHouse.Open(engine);
        foreach (var (where, expected) in ((TestHouse, string)[])[(house, "203.0.113.0/24"), (plain, "127.0.0.0/24")])
        {
            var admin = await where.SignUpAdmin("ada");
            // The browser's own claim stands left of what the proxies wrote, and is not believed.
            admin.Header("X-Forwarded-For", "198.51.100.9, 203.0.113.77, 192.0.2.8");
            await admin.Book("Far", Ten, Eleven);
            (await admin.Get("/api/admin/audit/?kind=meeting")).ShouldBe(200)["results"]![0]!["from"]!.ToString().ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:12:3456::9", "2001:db8:12::/48")]
    [InlineData("::1", "::/48")]
    public void Addresses_are_shortened_to_networks(string address, string network) => Door.Network(IPAddress.Parse(address)).ToString().ShouldBe(network);
}
