using System.Text.Json.Nodes;
using Convene.Server.Features.Accounts;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Keys that somebody's own programs sign in with.
public sealed class ApiKeyStories
{
    private const string LoginOnly = "An API key can't do this. Sign in.";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_is_shown_once_and_listed_without_itself(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var made = await ana.MakeKey("read", "Office screen");
        made.Json.Keys().ShouldBe(["id", "name", "scope", "hint", "created_at", "expires_at", "last_used_at", "expired", "key"]);
        made.Headers["Cache-Control"].ShouldBe("no-store");
        var key = (string)made["key"]!;
        key.ShouldMatch("^cvn_[A-Za-z0-9]{43}$");
        key.ShouldEndWith((string)made["hint"]!);
        ((string)made["expires_at"]!).ShouldBe("2030-06-02T09:00:00Z", "90 days");
        ((string)(await ana.MakeKey("write", days: 7))["expires_at"]!).ShouldBe("2030-03-11T09:00:00Z");

        var list = (await ana.Get(KeyHelp.Keys)).ShouldBe(200);
        list.Json!.AsArray().Select(k => $"{k!["name"]} {k["scope"]}").ShouldBe(["script write", "Office screen read"], "the newest first");
        list.Text.ShouldNotContain(key[4..]);
        list.Text.ShouldNotContain(Credentials.Hash(key));
        list.Text.ShouldNotContain("\"key\"");
        (await ben.Get(KeyHelp.Keys)).Json!.AsArray().ShouldBeEmpty();
        (await house.Somebody().Get(KeyHelp.Keys)).ShouldBeUnauthorized();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_session_left_open_makes_no_key_it_takes_the_password_again(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Post(KeyHelp.Keys, new { name = "x", scope = "write" })).ShouldBe(400).Error("password").ShouldBe("This field is required.");
        (await ana.TryMakeKey("write", password: "wrong-horse-8")).ShouldBe(400).Error("password").ShouldBe("This is not your password.");
        (await ana.Get(KeyHelp.Keys)).Json!.AsArray().ShouldBeEmpty();
        await ana.MakeKey("write");

        // What is wrong with the key is no guess at the password; a wrong password is one, as where it is changed.
        for (var i = 0; i < 20; i++)
            (await ana.TryMakeKey("read", days: 5_000)).ShouldBe(400).Error("expires_in_days").ShouldNotBeEmpty();
        for (var i = 1; i < 10; i++)
            (await ana.TryMakeKey("read", password: $"wrong-horse-{i}")).ShouldBe(400);
        (await ana.TryMakeKey("read", password: "wrong-horse")).ShouldBe(429);
        (await ana.TryMakeKey("read")).ShouldBe(429, "the right one neither, for a while");
        house.Clock.Advance(Duration.FromMinutes(1));
        await ana.MakeKey("read");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_has_no_password_makes_a_key_just_after_signing_in(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        var ana = house.Somebody();
        await house.ComesBack(ana);
        (await ana.Post(KeyHelp.Keys, new { name = "x", scope = "read" })).ShouldBe(201);
        (await ana.TryMakeKey("read", password: "a-guess-7")).ShouldBe(400, "a password that is given is looked at");
        house.Clock.Advance(Duration.FromMinutes(10));
        (await ana.Post(KeyHelp.Keys, new { name = "y", scope = "read" })).ShouldBe(403).Detail().ShouldStartWith("Give your password, or sign in again first:");
        (await ana.Post("/api/auth/provider/link/")).ShouldBe(403);
        provider.Lies = c => (c["iat"], c["exp"]) = (house.Clock.GetCurrentInstant().ToUnixTimeSeconds(), house.Clock.GetCurrentInstant().ToUnixTimeSeconds() + 300);
        (await house.ComesBack(ana)).ShouldBe("/dashboard");
        (await ana.Post(KeyHelp.Keys, new { name = "y", scope = "read" })).ShouldBe(201);
        (await ana.Post("/api/auth/provider/link/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_that_may_read_reads_and_asks_and_changes_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var screen = await house.Program(ana, "read");
        (await screen.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);
        (await screen.Get($"/api/meetings/{meeting.Id}/")).ShouldBe(200);
        (await screen.Send(HttpMethod.Head, "/api/meetings/", null)).ShouldBe(200);
        ((string)(await screen.Get("/api/auth/me/"))["email"]!).ShouldBe("ana@example.com");
        (await screen.Post("/api/meetings/check-conflicts/", new { start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", participant_emails = new[] { "ben@example.com" } })).ShouldBe(200, "it only asks");
        (await screen.Post("/api/scheduling/find-slots/", new { emails = new[] { "ana@example.com" } })).ShouldBe(200, "whoever is not signed in may");

        var no = (await screen.TryBook("More", "2030-03-05T12:00Z", "2030-03-05T13:00Z")).ShouldBe(403);
        no.Detail().ShouldBe("This API key may only read; this takes one with the scope write.");
        (await screen.Patch($"/api/meetings/{meeting.Id}/", new { title = "Mine" })).ShouldBe(403);
        (await screen.Delete($"/api/meetings/{meeting.Id}/")).ShouldBe(403);
        (await screen.Patch("/api/auth/me/", new { first_name = "Eve" })).ShouldBe(403);
        (await ana.Get("/api/meetings/")).Json!.AsArray().Single()!["title"]!.ToString().ShouldBe("Standup");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_that_may_write_books_in_its_owners_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUpAdmin("ana");
        var made = await ana.MakeKey("write");
        foreach (var scheme in (string[])["Bearer", "Token"])
        {
            var script = house.With($"{scheme} {(string)made["key"]!}");
            var meeting = await script.Book(scheme, "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
            (await script.Patch($"/api/meetings/{meeting.Id}/", new { title = $"{scheme} moved" })).ShouldBe(200);
            (await script.Delete($"/api/meetings/{meeting.Id}/")).ShouldBe(204);
            (await script.Get("/api/admin/people/")).ShouldBe(403, "what its owner may as an administrator is another scope");
            (await script.Post("/meetings/meeting-types", new { name = "Retro" })).ShouldBe(403, "also where the route is for everybody");
        }

        (await ana.Audit("&kind=meeting.created")).ShouldAllBe(l => l.StartsWith("meeting.created ana", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_with_the_scope_admin_is_for_administrators_as_long_as_they_are(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var root = await house.SignUpAdmin("root");
        var ana = await house.SignUpAdmin("ana");
        var ben = await house.SignUp("ben");
        (await ben.TryMakeKey("admin")).ShouldBe(400).Error("scope").ShouldBe("Only administrators can make a key with this scope.");
        var script = await house.Program(ana, "admin");
        (await script.Get("/api/admin/people/")).ShouldBe(200);
        (await script.Post($"/api/admin/people/{ben.Id}/sign-out/")).ShouldBe(200);
        (await script.Get("/api/meetings/")).ShouldBe(200);

        (await root.Patch($"/api/admin/people/{ana.Id}/", new { is_staff = false })).ShouldBe(200);
        (await script.Get("/api/admin/people/")).ShouldBe(403);
        (await script.Get("/api/meetings/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_a_key_nobody_gets_at_what_lets_its_owner_in(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (browser, login) = await house.Join("ana");
        browser.Bearer(login.Access);
        (await browser.Post("/api/feeds/", new { name = "Phone" })).ShouldBe(201);
        var script = await house.Program(browser, "write");
        foreach (var (method, path, body) in ((string, string, object?)[])[
            ("POST", KeyHelp.Keys, new { name = "another", scope = "read" }), ("GET", KeyHelp.Keys, null), ("DELETE", $"{KeyHelp.Keys}1/", null),
            ("POST", "/api/auth/change-password/", new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" }),
            ("GET", "/api/auth/sessions/", null), ("DELETE", "/api/auth/sessions/", null), ("POST", "/api/auth/logout/", null), ("POST", "/api/auth/verify-email/resend/", null),
            ("GET", "/api/feeds/", null), ("POST", "/api/feeds/", new { name = "Mine" }), ("POST", "/api/admin/claim/", new { token = "x" }), ("POST", "/users/logout/", null)])
            (await script.Send(new HttpMethod(method), path, body)).ShouldBe(403, $"{method} {path}").Detail().ShouldBe(LoginOnly);
        (await login.Alive(house)).ShouldBe(AccountLogin.All);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_revoked_key_is_over_at_once_on_every_node(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        var (ana, eve) = (await house.SignUp("ana"), await house.SignUp("eve"));
        var made = await ana.MakeKey("read");
        var path = $"{KeyHelp.Keys}{(long)made["id"]!}/";
        var there = other.With($"Bearer {(string)made["key"]!}");
        (await there.Get("/api/meetings/")).ShouldBe(200);
        (await eve.Delete(path)).ShouldBe(404, "somebody else's is not there");
        (await there.Get("/api/meetings/")).ShouldBe(200);
        (await ana.Delete(path)).ShouldBe(204);
        (await there.Get("/api/meetings/")).ShouldBeUnauthorized("Given token not valid for any token type");
        (await ana.Delete(path)).ShouldBe(404);
        (await ana.Get(KeyHelp.Keys)).Json!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_key_expires_and_stays_in_the_list_for_a_month(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var script = await house.Program(ana, "read");
        house.Clock.Advance(Duration.FromDays(90) - Duration.FromMinutes(1));
        (await script.Get("/api/meetings/")).ShouldBe(200);
        house.Clock.Advance(Duration.FromMinutes(1));
        (await script.Get("/api/meetings/")).ShouldBeUnauthorized();
        await ana.SignIn();
        ((bool)(await ana.Get(KeyHelp.Keys)).Json!.AsArray().Single()!["expired"]!).ShouldBeTrue();
        house.Clock.Advance(Duration.FromDays(31));
        await house.Services.GetRequiredService<ForgetOldSignIns>().Handle(CancellationToken.None);
        await ana.SignIn();
        (await ana.Get(KeyHelp.Keys)).Json!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_password_leaves_keys_a_closed_account_ends_them(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var root = await house.SignUpAdmin("root");
        var ana = await house.SignUp("ana");
        var script = await house.Program(ana, "read");
        (await ana.Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).ShouldBe(200);
        (await script.Get("/api/meetings/")).ShouldBe(200);
        (await root.Patch($"/api/admin/people/{ana.Id}/", new { is_active = false })).ShouldBe(200);
        (await script.Get("/api/meetings/")).ShouldBeUnauthorized();
        (await root.Patch($"/api/admin/people/{ana.Id}/", new { is_active = true })).ShouldBe(200);
        (await script.Get("/api/meetings/")).ShouldBeUnauthorized();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task When_a_key_was_used_is_written_down_by_the_clock(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var script = await house.Program(ana, "read");
        Task Note() => house.Services.GetRequiredService<SeenSignIns>().Handle(CancellationToken.None);
        async Task<string?> Used() => (string?)(await ana.Get(KeyHelp.Keys)).Json!.AsArray().Single()!["last_used_at"];
        (await Used()).ShouldBeNull();
        (await house.Statements(() => script.Get("/api/auth/me/"))).ShouldBe(2, "whose key it is, and the account");
        await Note();
        (await Used()).ShouldBe("2030-03-04T09:00:00Z");
        house.Clock.Advance(Duration.FromMinutes(4));
        await script.Get("/api/auth/me/");
        await Note();
        (await Used()).ShouldBe("2030-03-04T09:00:00Z", "coarse");
        house.Clock.Advance(Duration.FromMinutes(1));
        await script.Get("/api/auth/me/");
        await Note();
        (await Used()).ShouldBe("2030-03-04T09:05:00Z");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mistakes_are_told_field_by_field(string engine)
    {
        await using var house = await TestHouse.Open(engine, "API_KEY_DAYS=5", "API_KEY_MOST_DAYS=10");
        var ana = await house.SignUp("ana");
        var empty = (await ana.Post(KeyHelp.Keys, new { })).ShouldBe(400);
        empty.Error("name").ShouldBe("This field is required.");
        empty.Error("scope").ShouldBe("This field is required.");
        (await ana.TryMakeKey("root")).ShouldBe(400).Error("scope").ShouldContain("not a valid choice");
        (await ana.TryMakeKey("read", days: 11)).ShouldBe(400).Error("expires_in_days").ShouldBe("A key can work for at most 10 days.");
        (await ana.TryMakeKey("read", days: 0)).ShouldBe(400).Error("expires_in_days").ShouldNotBeEmpty();
        (await ana.TryMakeKey("read", new string('x', 101))).ShouldBe(400).Error("name").ShouldNotBeEmpty();
        ((string)(await ana.MakeKey("read"))["expires_at"]!).ShouldBe("2030-03-09T09:00:00Z", "the default is the setting's");
        for (var i = 1; i < 50; i++)
            await ana.MakeKey("read");
        (await ana.TryMakeKey("read")).ShouldBe(400).Error("name").ShouldContain("50 keys");
        house.Clock.Advance(Duration.FromDays(6));
        await ana.SignIn();
        await ana.MakeKey("read", "what expired does not count");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Making_and_revoking_is_in_the_audit_and_the_key_is_not(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var root = await house.SignUpAdmin("root");
        var made = await root.MakeKey("admin", "Backup");
        (await root.Delete($"{KeyHelp.Keys}{(long)made["id"]!}/")).ShouldBe(204);
        var hint = (string)made["hint"]!;
        var values = $$"""{"name":"Backup","scope":"admin","hint":"{{hint}}","expires_at":"2030-06-02T09:00:00Z"}""";
        (await root.Audit("&kind=account")).Take(2).ShouldBe([$"account.key_revoked root: {values} → –", $"account.key_created root: – → {values}"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_not_a_key_opens_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var key = (string)(await ana.MakeKey("read"))["key"]!;
        foreach (var header in (string[])["Bearer cvn_", "Bearer cvn_x", $"Bearer {key[..^1]}", $"Bearer {key}x", $"Bearer {key.ToUpperInvariant()}", $"Token {key}.x", $"Bearer {key[4..]}"])
            (await house.With(header).Get("/api/meetings/")).ShouldBeUnauthorized();
        (await house.With($"Basic {key}").Get("/api/meetings/")).ShouldBeUnauthorized();
        var cookie = house.Somebody();
        cookie.Cookies.Add(house.Url, new System.Net.Cookie("sessionid", key));
        (await cookie.Get("/api/meetings/")).ShouldBeUnauthorized();
    }
}
