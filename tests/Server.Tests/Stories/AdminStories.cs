using Convene.Server.Features.Admin;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Administrators: who becomes one, and what they see and do.
public sealed class AdminStories
{
    private const string Ten = "2030-03-05T10:00Z";
    private const string Eleven = "2030-03-05T11:00Z";

    private static readonly (string Method, string Path)[] Doors =
    [
        ("GET", "people/"), ("PATCH", "people/1/"), ("POST", "people/1/sign-out/"), ("GET", "meetings/"), ("POST", $"meetings/{Guid.Empty}/cancel/"),
        ("GET", "outbox/"), ("POST", "outbox/1/retry/"), ("POST", "outbox/retry-failed/"), ("DELETE", "outbox/1/"), ("GET", "jobs/"), ("GET", "health/"), ("GET", "audit/"),
    ];

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_administrators_are_let_in(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var (method, path) in Doors)
        {
            (await house.Somebody().Send(new HttpMethod(method), $"/api/admin/{path}", null)).ShouldBe(401, path);
            (await ana.Send(new HttpMethod(method), $"/api/admin/{path}", null)).ShouldBe(403, path).Error("detail").ShouldBe("You do not have permission to perform this action.");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_administrator_has_the_token_of_the_console(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var node = await house.AnotherNode();
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var (one, two) = (await Offer(house), await Offer(node));
        one.ShouldNotBe(two);
        (await ana.Get("/api/admin/claim/")).ShouldBe(200)["open"]!.GetValue<bool>().ShouldBeTrue();
        (await house.Somebody().Post("/api/admin/claim/", new { token = one })).ShouldBe(401);
        (await ana.Post("/api/admin/claim/", new { token = "guessed" })).ShouldBe(400).Error("token").ShouldContain("wrong or expired");
        (await ana.Post("/api/admin/claim/", new { })).ShouldBe(400).Error("token").ShouldBe("This field is required.");

        // The second node's offer has not ended the first's; both are over once one is taken.
        (await ana.Post("/api/admin/claim/", new { token = one })).ShouldBe(200)["is_staff"]!.GetValue<bool>().ShouldBeTrue();
        (await ben.Post("/api/admin/claim/", new { token = two })).ShouldBe(403).Error("detail").ShouldBe("There is an administrator already. They can make you one.");
        foreach (var who in (Caller[])[ana, ben])
            (await who.Get("/api/admin/claim/")).ShouldBe(200)["open"]!.GetValue<bool>().ShouldBeFalse();
        (await node.Services.GetRequiredService<OfferAdministration>().Handle()).ShouldBeNull();
        (await ana.Get("/api/admin/people/")).ShouldBe(200);
        (await ana.Audit("&kind=account.admin_given")).ShouldBe(["account.admin_given ana: – → –"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_token_is_good_for_an_hour_and_for_one_of_many(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var callers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => house.SignUp($"c{i}")));
        var old = await Offer(house);
        house.Clock.Advance(Duration.FromHours(1));
        (await callers[0].Post("/api/admin/claim/", new { token = old })).ShouldBe(400);
        (await callers[0].Get("/api/admin/claim/")).ShouldBe(200)["open"]!.GetValue<bool>().ShouldBeFalse();
        var token = await Offer(house);
        var answers = await Task.WhenAll(callers.Select(c => c.Post("/api/admin/claim/", new { token })));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status == 403).ShouldBe(5);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task People_are_found_deactivated_and_signed_out(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ana.Book("Kickoff", Ten, Eleven, "guest@example.com");
        (await ben.Post("/api/auth/login/", new { email = "ben@example.com", password = "wrong-horse-7" })).ShouldBe(401);
        (await ben.Post("/api/auth/login/", new { email = "nobody@example.com", password = "wrong-horse-7" })).ShouldBe(401);

        var all = (await admin.Get("/api/admin/people/?ordering=email&page_size=2")).ShouldBe(200);
        ((long)all["count"]!).ShouldBe(3, "a guest has no account");
        all.Emails("results").ShouldBe(["ada@example.com", "ana@example.com"]);
        all["next"]!.ToString().ShouldContain("page=2");
        var found = (await admin.Get("/api/admin/people/?search=ANA@")).ShouldBe(200)["results"]![0]!;
        ((long)found["meetings_hosted"]!).ShouldBe(1);
        found["last_seen"]!.ToString().ShouldBe("2030-03-04T09:00:00Z");
        ((bool)found["is_active"]!, (bool)found["is_staff"]!, (bool)found["email_verified"]!).ShouldBe((true, false, false));
        ((long)(await admin.Get("/api/admin/people/?search=ben")).ShouldBe(200)["results"]![0]!["failed_sign_ins"]!).ShouldBe(1);
        (await admin.Get("/api/admin/people/?is_staff=true")).Emails("results").ShouldBe(["ada@example.com"]);
        (await admin.Get("/api/admin/people/?search=%25")).Emails("results").ShouldBeEmpty("% is searched for as it is");
        (await admin.Get("/api/admin/people/?ordering=password")).ShouldBe(400);
        (await admin.Get("/api/admin/people/?page=9")).ShouldBe(404);

        (await admin.Patch($"/api/admin/people/{ben.Id}/", new { is_active = false })).ShouldBe(200)["is_active"]!.GetValue<bool>().ShouldBeFalse();
        (await ben.Get("/api/auth/me/")).ShouldBe(401);
        (await ben.Post("/api/auth/login/", new { email = "ben@example.com", password = Caller.Password })).ShouldBe(401);
        (await admin.Get("/api/admin/people/?is_active=false")).Emails("results").ShouldBe(["ben@example.com"]);
        (await admin.Patch($"/api/admin/people/{ben.Id}/", new { is_active = true })).ShouldBe(200);
        (await ben.Get("/api/auth/me/")).ShouldBe(401, "what ended has ended");
        await ben.SignIn();

        (await admin.Post($"/api/admin/people/{ana.Id}/sign-out/")).ShouldBe(200);
        (await ana.Get("/api/auth/me/")).ShouldBe(401);
        (await admin.Post("/api/admin/people/999/sign-out/")).ShouldBe(404);
        (await admin.Patch("/api/admin/people/999/", new { is_active = false })).ShouldBe(404);
        (await admin.Patch($"/api/admin/people/{ben.Id}/", new { is_active = "perhaps" })).ShouldBe(400);
        (await admin.Audit("&subject=ben@example.com")).Where(l => l.Contains(" ada:", StringComparison.Ordinal)).ShouldBe(["account.activated ada: – → –", "account.deactivated ada: – → –"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_administrator_is_always_left(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ada, bob) = (await house.SignUpAdmin("ada"), await house.SignUp("bob"));
        (await ada.Patch($"/api/admin/people/{ada.Id}/", new { is_staff = false })).ShouldBe(400).Error("is_staff").ShouldContain("another administrator");
        (await ada.Patch($"/api/admin/people/{ada.Id}/", new { is_active = false })).ShouldBe(400).Error("is_active").ShouldContain("another administrator");
        (await ada.Patch($"/api/admin/people/{bob.Id}/", new { is_staff = true })).ShouldBe(200);
        (await bob.Get("/api/admin/health/")).ShouldBe(200);

        // Each takes the other's away at the same time: one of them is left.
        var answers = await Task.WhenAll(
            ada.Patch($"/api/admin/people/{bob.Id}/", new { is_staff = false }), bob.Patch($"/api/admin/people/{ada.Id}/", new { is_staff = false }));
        answers.Select(a => a.Status).Order().ShouldBe([200, 403]);
        var left = answers[0].Status == 200 ? ada : bob;
        ((long)(await left.Get("/api/admin/people/?is_staff=true")).ShouldBe(200)["count"]!).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Anybodys_meeting_is_found_and_called_off_with_a_reason(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var meeting = await ana.Book("Kickoff", Ten, Eleven, "ben@example.com", "guest@example.com");
        await ben.Book("Lunch", "2030-03-06T12:00Z", "2030-03-06T13:00Z");
        (await admin.Get($"/api/meetings/{meeting.Id}/")).ShouldBe(404, "administration is not taking part");

        var list = (await admin.Get("/api/admin/meetings/?search=ana@example.com")).ShouldBe(200);
        list["results"]!.AsArray().Select(m => $"{m!["title"]} {m["host"]!["email"]} {m["participants"]} {m["status"]} {m["start_time"]}").ShouldBe(["Kickoff ana@example.com 2 scheduled 2030-03-05T10:00:00Z"]);
        (await admin.Get("/api/admin/meetings/?ordering=-start_time")).ShouldBe(200)["results"]![0]!["title"]!.ToString().ShouldBe("Lunch");
        (await admin.Get("/api/admin/meetings/?status=cancelled")).ShouldBe(200)["results"]!.AsArray().ShouldBeEmpty();
        (await admin.Get("/api/admin/meetings/?from_date=2030-03-06")).ShouldBe(200)["results"]!.AsArray().Count.ShouldBe(1);

        var cancel = $"/api/admin/meetings/{meeting.Id}/cancel/";
        (await admin.Post(cancel, new { })).ShouldBe(400).Error("reason").ShouldBe("This field is required.");
        (await admin.Post($"/api/admin/meetings/{Guid.NewGuid()}/cancel/", new { reason = "x" })).ShouldBe(404);
        await house.DeliverMail();
        var before = (await house.Mails()).Count;
        (await admin.Post(cancel, new { reason = "The office is closed." })).ShouldBe(200);
        (await ana.Get($"/api/meetings/{meeting.Id}/")).ShouldBe(200)["status"]!.ToString().ShouldBe("cancelled");
        (await admin.Post(cancel, new { reason = "Again." })).ShouldBe(400);
        await house.DeliverMail();
        var told = (await house.Mails()).Skip(before).ToArray();
        told.Select(m => m.To).Order().ShouldBe(["Ana <ana@example.com>", "ben <ben@example.com>", "guest <guest@example.com>"]);
        told.ShouldAllBe(m => m.Text.Contains("The office is closed."));
        told.Single(m => m.To.StartsWith("Ana", StringComparison.Ordinal)).Text.ShouldContain("An administrator cancelled your meeting");

        await ben.Book("Free again", Ten, Eleven);
        (await ana.Get($"/api/meetings/{meeting.Id}/history/")).ShouldBe(200).Json![0]!.ToJsonString().ShouldContain("\"reason\":\"The office is closed.\"");
        (await ana.Get($"/api/meetings/{meeting.Id}/audit/")).ShouldBe(200).Json!.AsArray().Select(AdminHelp.Line).First()
            .ShouldBe("""meeting.cancelled ada: {"start_time":"2030-03-05T10:00:00Z","end_time":"2030-03-05T11:00:00Z","status":"scheduled"} → {"status":"cancelled"} (The office is closed.)""");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Lists_cost_two_statements_however_long(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        for (var i = 0; i < 12; i++)
            await admin.Book($"Meeting {i}", $"2030-03-{10 + i}T10:00Z", $"2030-03-{10 + i}T11:00Z", $"p{i}@example.com", $"q{i}@example.com");
        foreach (var list in (string[])["meetings", "outbox", "audit"])
        {
            (await house.Statements(() => admin.Get($"/api/admin/{list}/?page_size=10"))).ShouldBe(3, $"{list}: who asks, the page, the count");
            (await house.Statements(() => admin.Get($"/api/admin/{list}/?page_size=5&page=2"))).ShouldBe(3, list);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Health_and_jobs_are_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        (await admin.Post("/api/auth/login/", new { email = "ada@example.com", password = "wrong-horse-7" })).ShouldBe(401);
        house.Clock.Advance(Duration.FromSeconds(90));
        var health = (await admin.Get("/api/admin/health/")).ShouldBe(200);
        health["database"]!["engine"]!.ToString().ShouldBe(engine);
        health["database"]!["version"]!.ToString().ShouldMatch(@"^\d+\.\d+");
        ((long)health["database"]!["schema_step"]!).ShouldBe(Storage.SchemaSteps.Newest);
        ((long)health["database"]!["size_bytes"]!).ShouldBeGreaterThan(10_000);
        ((long)health["uptime_seconds"]!).ShouldBe(90);
        ((long)health["outbox"]!["owed"]!).ShouldBe(1, "the verification");
        ((long)health["outbox"]!["lag_seconds"]!).ShouldBe(90);
        ((long)health["failed_sign_ins_today"]!).ShouldBe(1);
        health["tzdb"]!.ToString().ShouldStartWith("TZDB: 20");

        var run = house.Services.GetRequiredService<RunJob>();
        var mail = (await admin.Get("/api/admin/jobs/")).ShouldBe(200).Json!.AsArray();
        mail.Select(j => j!["name"]!.ToString()).ShouldBe(["mail", "reminders", "sign-ins", "repeats", "audit", "retention", "erasure", "series", "zones", "external-calendars"]);
        mail.ShouldAllBe(j => j!["runs"]!.AsArray().Count == 0);
        await run.Handle(Job.Mail, () => Task.CompletedTask);
        house.Clock.Advance(Duration.FromSeconds(2));
        (await house.Statements(async () => { await run.Handle(Job.Mail, () => Task.CompletedTask); return 0; })).ShouldBe(0, "a sign of life each minute is enough");
        await Should.ThrowAsync<InvalidOperationException>(() => run.Handle(Job.Mail, () => throw new InvalidOperationException("The server is full.")));
        var failed = (await admin.Get("/api/admin/jobs/")).ShouldBe(200).Json![0]!["runs"]![0]!;
        (failed["outcome"]!.ToString(), failed["error"]!.ToString()).ShouldBe(("failed", "The server is full."));
        failed["last_run"]!.ToString().ShouldBe("2030-03-04T09:01:32Z");
        failed["next_run"]!.ToString().ShouldBe("2030-03-04T09:01:34Z");
        failed["node"]!.ToString().ShouldBe(health["node"]!.ToString());
    }

    private static async Task<string> Offer(TestHouse house) => (await house.Services.GetRequiredService<OfferAdministration>().Handle())!;
}
