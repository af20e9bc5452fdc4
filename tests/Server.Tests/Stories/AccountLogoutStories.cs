using System.Net.Http.Headers;

namespace Convene.Server.Tests.Stories;

/// One door to sign out through, however one is signed in; everything that the login was given stops working, other logins stay.
public sealed class AccountLogoutStories
{
    private const string Path = "/api/auth/logout/";

    private static readonly (string Way, Func<TestHouse, Caller, AccountLogin, Task<Reply>> Go)[] Ways =
    [
        ("refresh in the body", (house, _, login) => house.Somebody().Post(Path, new { refresh = login.Refresh })),
        ("bearer, no body", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path)),
        ("bearer, empty object", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, new { })),
        ("bearer, blank body", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, " ")),
        ("bearer, a body that is not JSON", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, "no json {")),
        ("bearer, a body of another type", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, new StringContent("bye", new MediaTypeHeaderValue("text/plain")))),
        ("bearer, a list", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, "[]")),
        ("bearer and its refresh", (house, _, login) => house.With($"Bearer {login.Access}").Post(Path, new { refresh = login.Refresh })),
        ("opaque token", (house, _, login) => house.With($"Token {login.Token}").Post(Path)),
        ("opaque token as bearer", (house, _, login) => house.With($"Bearer {login.Token}").Post(Path)),
        ("cookie", (_, caller, _) => caller.Post(Path)),
        ("cookie, a form", (_, caller, _) => caller.Post(Path, new FormUrlEncodedContent([new("next", "/")]))),
    ];

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_way_of_signing_out_ends_everything_that_the_login_was_given_and_nothing_else(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, stays) = await house.Join("ana");
        foreach (var (way, go) in Ways)
        {
            var (caller, login) = await house.Enter("ana");
            (await login.Alive(house)).ShouldBe(AccountLogin.All, way);

            var reply = (await go(house, caller, login)).ShouldBe(200, way);
            ((string)reply["message"]!).ShouldBe("Logout successful");
            reply.Detail().ShouldNotBeEmpty();

            (await login.Alive(house)).ShouldBeEmpty(way);
            (await house.Refresh(login.Refresh)).ShouldBeUnauthorized("Token is blacklisted");
            (await house.Somebody().Post(Path, new { refresh = login.Refresh })).ShouldBeUnauthorized();
        }

        (await stays.Alive(house)).ShouldBe(AccountLogin.All, "another login of the same account");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Signing_out_by_cookie_takes_the_cookies_from_the_browser(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (browser, _) = await house.Join("ana");
        (await browser.Post(Path)).ShouldBe(200);
        browser.Cookie("sessionid").ShouldBeNull();
        browser.Cookie("csrftoken").ShouldBeNull();
        (await browser.Get("/api/auth/me/")).ShouldBeUnauthorized();
        (await browser.Post(Path)).ShouldBeUnauthorized("Authentication credentials were not provided.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_nothing_to_sign_out_of_it_is_401(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        (await house.Somebody().Post(Path)).ShouldBeUnauthorized("Authentication credentials were not provided.");
        (await house.Somebody().Post(Path, new { })).ShouldBeUnauthorized();
        (await house.Somebody().Post(Path, "nonsense")).ShouldBeUnauthorized();
        (await house.With("Bearer a.b.c").Post(Path)).ShouldBeUnauthorized("Given token not valid for any token type");
        (await house.With("Token 0000").Post(Path)).ShouldBeUnauthorized("Invalid token.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refresh_token_that_is_not_valid_signs_nobody_out(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (browser, login) = await house.Join("ana");
        foreach (var wrong in (string[])["nonsense", "a.b.c", login.Access, login.Refresh + "x", ""])
        {
            var reply = (await house.With($"Bearer {login.Access}").Post(Path, new { refresh = wrong })).ShouldBeUnauthorized();
            ((string)reply["code"]!).ShouldBe("token_not_valid", wrong);
            (await browser.Post(Path, new { refresh = wrong })).ShouldBeUnauthorized();
        }

        (await login.Alive(house)).ShouldBe(AccountLogin.All);
        house.Clock.Advance(NodaTime.Duration.FromDays(2));
        ((string)(await house.Somebody().Post(Path, new { refresh = login.Refresh })).ShouldBeUnauthorized("Token is invalid or expired")["code"]!).ShouldBe("token_not_valid");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_refresh_token_that_was_used_already_is_not_valid_for_signing_out_either(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        (await house.Refresh(login.Refresh)).ShouldBe(200);
        ((string)(await house.Somebody().Post(Path, new { refresh = login.Refresh })).ShouldBeUnauthorized("Token is blacklisted")["code"]!).ShouldBe("token_not_valid");
    }
}
