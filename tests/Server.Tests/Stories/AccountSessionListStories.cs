using System.Net;
using System.Text.Json.Nodes;
using Convene.Server.Features.Accounts;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Where one is signed in, and ending what one does not know.
public sealed class AccountSessionListStories
{
    private const string Path = "/api/auth/sessions/";

    [Theory, OnSqlite, OnPostgres]
    public async Task Somebody_sees_their_own_logins_with_what_helps_to_recognise_them_and_no_secrets(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Join("ben");
        var laptop = house.Somebody();
        laptop.Header("User-Agent", "Mozilla/5.0 \t(X11) <b>" + new string('x', 300));
        var first = AccountLogin.Of(laptop, (await laptop.Post("/api/auth/register/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(201));
        house.Clock.Advance(Duration.FromHours(1));
        var (_, second) = await house.Enter("ana");

        var reply = (await house.With($"Bearer {second.Access}").Get(Path)).ShouldBe(200);
        var sessions = reply.Json!.AsArray();
        sessions.Count.ShouldBe(2, "Ben's is not among them");
        sessions[0].Keys().ShouldBe(["id", "created_at", "last_seen_at", "kinds", "expires_at", "user_agent", "address", "current"]);
        sessions.Select(s => (bool)s!["current"]!).ShouldBe([true, false]);
        sessions.Select(s => (string)s!["created_at"]!).ShouldBe(["2030-03-04T10:00:00Z", "2030-03-04T09:00:00Z"]);
        sessions.ShouldAllBe(s => (string)s!["address"]! == "127.0.0.1");
        Kinds(sessions[0]).ShouldBe("session token refresh");
        ((string)sessions[0]!["expires_at"]!).ShouldBe("2031-03-04T10:00:00Z", "the opaque token lives longest");
        var agent = (string)sessions[1]!["user_agent"]!;
        agent.ShouldStartWith("Mozilla/5.0 (X11) <b>xxx");
        agent.Length.ShouldBe(Visitor.LongestUserAgent);
        foreach (var secret in (string[])[first.Access, first.Refresh, first.Token, first.Session, second.Token, second.Session, Credentials.Hash(first.Token), Credentials.Hash(first.Session)])
            reply.Text.ShouldNotContain(secret);
        (await house.Somebody().Get(Path)).ShouldBeUnauthorized();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ending_one_stops_everything_it_was_given_and_nothing_else(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, stays) = await house.Join("ana");
        var (_, goes) = await house.Enter("ana");
        var ana = house.With($"Token {stays.Token}");
        var id = await Current(house, goes);

        (await ana.Delete($"{Path}{id}/")).ShouldBe(204);
        (await goes.Alive(house)).ShouldBeEmpty();
        (await house.Refresh(goes.Refresh)).ShouldBeUnauthorized();
        (await stays.Alive(house)).ShouldBe(AccountLogin.All);
        (await ana.Get(Path)).Json!.AsArray().Count.ShouldBe(1);
        (await ana.Delete($"{Path}{id}/")).ShouldBe(404, "it is gone");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ending_all_others_leaves_the_one_that_asks(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, ben) = await house.Join("ben");
        var (_, first) = await house.Join("ana");
        var (browser, mine) = await house.Enter("ana");
        var (_, third) = await house.Enter("ana");
        (await browser.Delete(Path)).ShouldBe(204);
        (await first.Alive(house)).ShouldBeEmpty();
        (await third.Alive(house)).ShouldBeEmpty();
        (await mine.Alive(house)).ShouldBe(AccountLogin.All);
        (await ben.Alive(house)).ShouldBe(AccountLogin.All);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Ending_the_own_one_takes_the_cookies_along(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (browser, login) = await house.Join("ana");
        (await browser.Delete($"{Path}{await Current(house, login)}/")).ShouldBe(204);
        browser.Cookie("sessionid").ShouldBeNull();
        (await login.Alive(house)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_logins_of_others_are_not_there(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, ana) = await house.Join("ana");
        var (_, eve) = await house.Join("eve");
        var id = await Current(house, ana);
        foreach (var path in (string[])[$"{id}", "0", "-1", "999999", "9223372036854775807"])
            (await house.With($"Bearer {eve.Access}").Delete($"{Path}{path}/")).ShouldBe(404, path);
        (await house.With($"Bearer {eve.Access}").Delete($"{Path}nonsense/")).ShouldBe(404);
        (await house.Somebody().Delete($"{Path}{id}/")).ShouldBeUnauthorized();
        var forged = house.Somebody();
        forged.Cookies.Add(house.Url, new Cookie("sessionid", ana.Session));
        forged.Header("Origin", "https://evil.example.com");
        (await forged.Delete(Path)).ShouldBe(403, "another site's page can't sign its visitor out");
        (await ana.Alive(house)).ShouldBe(AccountLogin.All);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_has_expired_is_told_no_more(string engine)
    {
        await using var house = await TestHouse.Open(engine, "TOKEN_DAYS=3", "SESSION_DAYS=2");
        var (_, old) = await house.Join("ana");
        house.Clock.Advance(Duration.FromHours(49));
        var (_, now) = await house.Enter("ana");
        var ana = house.With($"Bearer {now.Access}");
        Kinds((await ana.Get(Path)).Json![1]).ShouldBe("token", "cookie and refresh token are over");
        (await old.Alive(house)).ShouldBe("opaque-as-bearer token");
        house.Clock.Advance(Duration.FromHours(24));
        var (_, later) = await house.Enter("ana");
        (await house.With($"Bearer {later.Access}").Get(Path)).Json!.AsArray().Count.ShouldBe(2, "the first has nothing left");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task When_a_login_was_used_is_written_down_by_the_clock_at_most_every_five_minutes(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var ana = house.With($"Token {login.Token}");
        house.Clock.Advance(Duration.FromMinutes(4));
        await ana.Get(Path);
        (await Noting(house)).ShouldBe(0, "too soon");

        house.Clock.Advance(Duration.FromMinutes(2));
        (await house.Statements(() => ana.Get("/api/auth/me/"))).ShouldBe(2, "who it is, and the account: nothing is written while somebody waits");
        (await Seen(ana)).ShouldBe("2030-03-04T09:00:00Z");
        (await Noting(house)).ShouldBe(1, "one statement for all logins");
        (await Seen(ana)).ShouldBe("2030-03-04T09:06:00Z");
        (await Noting(house)).ShouldBe(0);

        await using var other = await house.AnotherNode();
        house.Clock.Advance(Duration.FromMinutes(5));
        await ana.Get(Path);
        await other.With($"Token {login.Token}").Get(Path);
        await Noting(house);
        house.Clock.Advance(Duration.FromMinutes(1));
        await Noting(other);
        (await Seen(ana)).ShouldBe("2030-03-04T09:11:00Z", "what one node has noted the other leaves");
    }

    [Fact]
    public void Of_what_a_program_says_it_is_only_plain_text_is_kept() =>
        Visitor.Of("  Curl\u0007 \u001b[31mGröße\u202e\r\nx  ", null).UserAgent.ShouldBe("Curl [31mGrex");

    [Fact]
    public void An_address_is_kept_as_far_as_it_tells_a_place()
    {
        foreach (var (address, kept) in ((string?, string)[])[
            ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("fe80::1%3", "fe80::/64"), ("::1", "::1"), (null, "")])
            Visitor.Of("", address is null ? null : IPAddress.Parse(address)).Address.ShouldBe(kept);
    }

    private static async Task<long> Current(TestHouse house, AccountLogin login) =>
        (long)(await house.With($"Token {login.Token}").Get(Path)).Json!.AsArray().Single(s => (bool)s!["current"]!)!["id"]!;

    private static async Task<string> Seen(Caller caller) => (string)(await caller.Get(Path)).ShouldBe(200).Json![0]!["last_seen_at"]!;

    private static string Kinds(JsonNode? session) => string.Join(' ', session!["kinds"]!.AsArray().Select(k => (string)k!));

    /// What the clock does every minute; how many statements it took.
    private static Task<long> Noting(TestHouse house) => house.Statements(async () =>
    {
        await house.Services.GetRequiredService<SeenSignIns>().Handle(CancellationToken.None);
        return true;
    });
}
