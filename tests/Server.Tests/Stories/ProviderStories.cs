using Convene.Server.Features.Mail;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Signing in by an OpenID provider.
public sealed class ProviderStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_comes_from_the_provider_gets_an_account_and_finds_it_again(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        (await house.Somebody().Get("/api/auth/ways-in/")).ShouldBe(200).Text.ShouldBe("""{"provider":"House login"}""");
        // Somebody invited her before.
        var ben = await house.SignUp("ben");
        var meeting = (await ben.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ana@example.com")).Id;

        var ana = house.Somebody();
        (await house.ComesBack(ana, "/api/auth/provider/login/?next=/dashboard/meetings")).ShouldBe("/dashboard/meetings");
        var me = (await ana.Get("/api/auth/me/")).ShouldBe(200);
        ((string)me["email"]!, (string)me["first_name"]!, (bool)me["email_verified"]!).ShouldBe(("ana@example.com", "Ana", true));
        (await ana.Get($"/api/meetings/{meeting}/")).ShouldBe(200);
        // Nobody knows a password of this account.
        (await house.Somebody().Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(401);

        // She comes again, with another address at the provider: it is still her.
        provider.Person["email"] = "ana.married@example.com";
        var again = house.Somebody();
        (await house.ComesBack(again)).ShouldBe("/dashboard");
        ((long)(await again.Get("/api/auth/me/"))["id"]!).ShouldBe((long)me["id"]!);
        (await again.Get("/api/auth/provider/identities/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);
        // A session of the browser like any other.
        (await again.Post("/api/auth/logout/")).ShouldBe(200);
        (await again.Get("/api/auth/me/")).ShouldBe(401);

        var boss = await house.SignUpAdmin("boss");
        (await boss.Audit("&kind=account.provider_linked")).ShouldBe([$$"""account.provider_linked ana: – → {"issuer":"{{provider.Issuer}}"}"""]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_account_is_taken_over_by_address_only_if_both_sides_have_confirmed_it(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        // Somebody signed up with her address and waits for her.
        var waiting = await house.SignUp("ana");
        var browser = house.Somebody();
        (await house.ComesBack(browser)).ShouldBe("/login#provider=address_not_confirmed");
        browser.Cookies.GetAllCookies().ShouldNotContain(c => c.Name == "sessionid");

        // It was herself after all.
        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor("ana@example.com", "verify-email") })).ShouldBe(200);
        provider.Person["email_verified"] = false;
        (await house.ComesBack(browser)).ShouldBe("/login#provider=no_address");
        provider.Person["email_verified"] = "true";
        (await house.ComesBack(browser)).ShouldBe("/login#provider=no_address", "a word is no yes");
        provider.Person["email_verified"] = true;
        (await house.ComesBack(browser)).ShouldBe("/dashboard");
        ((long)(await browser.Get("/api/auth/me/"))["id"]!).ShouldBe(waiting.Id);
        (await house.Services.GetRequiredService<ReadSentMail>().Handle())[0].Mail.Subject.ShouldBe("Another way to sign in");

        // An account of somebody else with another subject but the same address does not exist: the subject decides.
        provider.Person["sub"] = "u-18";
        provider.Person["email"] = "cho@example.com";
        var cho = house.Somebody();
        (await house.ComesBack(cho)).ShouldBe("/dashboard");
        ((string)(await cho.Get("/api/auth/me/"))["email"]!).ShouldBe("cho@example.com");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_nobody_may_sign_up_by_it_only_those_with_an_account_come_in(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, [.. provider.Settings, "OIDC_SIGN_UP=false"]);
        (await house.ComesBack(house.Somebody())).ShouldBe("/login#provider=no_account");
        var ana = await house.SignUp("ana");
        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor("ana@example.com", "verify-email") })).ShouldBe(200);
        (await house.ComesBack(house.Somebody())).ShouldBe("/dashboard");
        var boss = await house.SignUpAdmin("boss");
        (await boss.Patch($"/api/admin/people/{ana.Id}/", new { is_active = false })).ShouldBe(200);
        (await house.ComesBack(house.Somebody())).ShouldBe("/login#provider=deactivated");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_has_a_second_factor_here_shows_it_too(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        var ana = await house.SignUp("ana");
        (await house.Somebody().Post("/api/auth/verify-email/", new { token = await house.TokenFor("ana@example.com", "verify-email") })).ShouldBe(200);
        var (app, _) = await house.SetUpSecondFactor(ana);
        house.NextCode();
        var browser = house.Somebody();
        var page = await house.ComesBack(browser, "/api/auth/provider/login/?next=/dashboard/calendar");
        page.ShouldStartWith("/login?next=%2Fdashboard%2Fcalendar#challenge=");
        (await browser.Get("/api/auth/me/")).ShouldBe(401);
        (await browser.Post("/api/auth/login/second-factor/", new { challenge = page.Split("#challenge=")[1], code = house.Code(app) })).ShouldBe(200);
        (await browser.Get("/api/auth/me/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_provider_is_added_to_an_account_and_taken_off_again(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        provider.Person["email"] = "private@example.org";
        var (ana, _) = await house.Join("ana");
        // Whoever finds her browser open does not let themselves in for good.
        (await ana.Post("/api/auth/provider/link/")).ShouldBe(400).Error("password").ShouldBe("This field is required.");
        (await ana.Post("/api/auth/provider/link/", new { password = "wrong-horse-8" })).ShouldBe(400).Error("password").ShouldBe("This is not your password.");
        var away = (string)(await ana.Post("/api/auth/provider/link/", new { password = Caller.Password })).ShouldBe(200)["url"]!;
        (await house.Returns(ana, away)).ShouldBe("/dashboard/settings/ways-in");
        var browser = house.Somebody();
        (await house.ComesBack(browser)).ShouldBe("/dashboard");
        ((string)(await browser.Get("/api/auth/me/"))["email"]!).ShouldBe("ana@example.com");

        // It is hers: nobody else can add it.
        var (ben, _) = await house.Join("ben");
        away = (string)(await ben.Post("/api/auth/provider/link/", new { password = Caller.Password })).ShouldBe(200)["url"]!;
        (await house.Returns(ben, away)).ShouldBe("/dashboard/settings/ways-in#provider=taken");
        var id = (long)(await ana.Get("/api/auth/provider/identities/")).Json![0]!["id"]!;
        (await ben.Delete($"/api/auth/provider/identities/{id}/")).ShouldBe(404);
        // What was begun signed in is not finished signed out.
        away = (string)(await ben.Post("/api/auth/provider/link/", new { password = Caller.Password })).ShouldBe(200)["url"]!;
        (await ben.Post("/api/auth/logout/")).ShouldBe(200);
        (await house.Returns(ben, away)).ShouldBe("/login#provider=over");

        (await ana.Delete($"/api/auth/provider/identities/{id}/")).ShouldBe(204);
        (await house.ComesBack(house.Somebody())).ShouldBe("/dashboard", "another account, of that address");
        (await ana.Get("/api/auth/provider/identities/")).Json!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_account_is_on_the_browsers_clock(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        foreach (var (said, zone) in ((string, string)[])[("Asia/Dhaka", "Asia/Dhaka"), ("Europe/Berlin", "Europe/Berlin"), ("Mars/Base", "UTC"), ("", "UTC")])
        {
            (provider.Person["sub"], provider.Person["email"]) = ($"u-{said}", $"ana.{said.Replace('/', '.')}x@example.com");
            var browser = house.Somebody();
            (await house.ComesBack(browser, $"/api/auth/provider/login/?timezone={said}")).ShouldBe("/dashboard");
            ((string)(await browser.Get("/api/auth/me/"))["timezone"]!).ShouldBe(zone);
            // Where they sign in later changes nothing.
            (await house.ComesBack(browser, "/api/auth/provider/login/?timezone=America/Lima")).ShouldBe("/dashboard");
            ((string)(await browser.Get("/api/auth/me/"))["timezone"]!).ShouldBe(zone);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_only_way_in_is_not_taken_off(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        var ana = house.Somebody();
        await house.ComesBack(ana);
        async Task<long[]> Linked() => [.. (await ana.Get("/api/auth/provider/identities/")).ShouldBe(200).Json!.AsArray().Select(i => (long)i!["id"]!)];
        async Task<Reply> TakeOff(long id) => await ana.Delete($"/api/auth/provider/identities/{id}/");
        var first = (await Linked()).Single();
        (await TakeOff(first)).ShouldBe(403).Detail().ShouldStartWith("This is your only way in.");

        (provider.Person["sub"], provider.Person["email"]) = ("u-18", "ana.private@example.org");
        await house.Returns(ana, (string)(await ana.Post("/api/auth/provider/link/")).ShouldBe(200)["url"]!);
        (await TakeOff(first)).ShouldBe(204);
        var second = (await Linked()).Single();
        (await TakeOff(second)).ShouldBe(403);

        await house.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" });
        var reset = new { token = await house.TokenFor("ana@example.com", "reset-password"), new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" };
        (await house.Somebody().Post("/api/auth/reset-password/", reset)).ShouldBe(200);
        (await house.ComesBack(ana)).ShouldBe("/dashboard", "a new password signs everybody out");
        (await TakeOff(second)).ShouldBe(204);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_address_may_come_from_userinfo_and_the_keys_may_change(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        provider.KeepsAddress = true;
        (await house.ComesBack(house.Somebody())).ShouldBe("/dashboard");
        provider.OtherSubject = "u-99";
        (await house.ComesBack(house.Somebody())).ShouldBe("/login#provider=not_believed");
        provider.OtherSubject = null;

        // New keys are looked for when a token names one, but not for every such token.
        provider.Keys.Add(OpenIdServer.SigningKey.Ec("k2"));
        provider.KeysAsked.ShouldBe(1);
        (await house.ComesBack(house.Somebody())).ShouldBe("/login#provider=not_believed", "asked a moment ago");
        provider.KeysAsked.ShouldBe(1);
        house.Clock.Advance(Duration.FromMinutes(2));
        provider.Lies = c => (c["iat"], c["exp"]) = (house.Clock.GetCurrentInstant().ToUnixTimeSeconds(), house.Clock.GetCurrentInstant().ToUnixTimeSeconds() + 300);
        (await house.ComesBack(house.Somebody())).ShouldBe("/dashboard");
        provider.KeysAsked.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        (await house.Somebody().Get("/api/auth/ways-in/")).ShouldBe(200).Text.ShouldBe("""{"provider":null}""");
        (await house.Somebody().Get("/api/auth/provider/login/")).ShouldBe(404);
        (await house.Somebody().Get("/api/auth/provider/callback/?state=x&code=y")).ShouldBe(302).Headers["Location"].ShouldBe("/login#provider=over");
    }
}
