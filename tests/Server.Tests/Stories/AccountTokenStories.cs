using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Access tokens expire, refresh tokens work once, and one that comes back ends its login.
public sealed class AccountTokenStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task An_access_token_lives_six_hours_and_not_a_second_longer(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        house.Clock.Advance(Duration.FromMinutes(360) - Duration.FromSeconds(1));
        (await login.Alive(house)).ShouldBe(AccountLogin.All);
        house.Clock.Advance(Duration.FromSeconds(1));
        (await login.Alive(house)).ShouldBe("opaque-as-bearer token session");
        ((string)(await house.With($"Bearer {login.Access}").Get("/api/auth/me/")).ShouldBeUnauthorized("Given token not valid for any token type")["code"]!).ShouldBe("token_not_valid");

        var fresh = (await house.Refresh(login.Refresh)).ShouldBe(200);
        (await house.With($"Bearer {(string)fresh["access"]!}").Get("/api/auth/me/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_lives_of_tokens_and_sessions_are_settings(string engine)
    {
        await using var house = await TestHouse.Open(engine, "ACCESS_TOKEN_MINUTES=5", "REFRESH_TOKEN_MINUTES=10", "SESSION_DAYS=1", "TOKEN_DAYS=2");
        var (_, login) = await house.Join("ana");
        house.Clock.Advance(Duration.FromMinutes(5));
        (await login.Alive(house)).ShouldBe("opaque-as-bearer token session");
        house.Clock.Advance(Duration.FromMinutes(5));
        (await house.Refresh(login.Refresh)).ShouldBeUnauthorized("Token is invalid or expired");
        house.Clock.Advance(Duration.FromDays(1));
        (await login.Alive(house)).ShouldBe("opaque-as-bearer token");
        house.Clock.Advance(Duration.FromDays(1));
        (await login.Alive(house)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_opaque_token_lives_for_a_year(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        house.Clock.Advance(Duration.FromDays(365) - Duration.FromSeconds(1));
        (await login.Alive(house)).ShouldBe("opaque-as-bearer token");
        house.Clock.Advance(Duration.FromSeconds(1));
        (await house.With($"Token {login.Token}").Get("/api/auth/me/")).ShouldBeUnauthorized("Invalid token.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Refreshing_gives_a_new_pair_each_time_for_as_long_as_one_keeps_coming(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var refresh = login.Refresh;
        var seen = new HashSet<string>(StringComparer.Ordinal) { login.Access, refresh };
        for (var day = 0; day < 5; day++)
        {
            house.Clock.Advance(Duration.FromHours(23));
            var pair = (await house.Refresh(refresh)).ShouldBe(200);
            pair.Json.Keys().ShouldBe(["access", "refresh"], ignoreOrder: true);
            refresh = (string)pair["refresh"]!;
            seen.Add(refresh).ShouldBeTrue();
            seen.Add((string)pair["access"]!).ShouldBeTrue();
            (await house.With($"Bearer {(string)pair["access"]!}").Get("/api/auth/me/")).ShouldBe(200);
        }

        house.Clock.Advance(Duration.FromDays(1));
        (await house.Refresh(refresh)).ShouldBeUnauthorized("Token is invalid or expired");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_used_refresh_token_that_comes_back_ends_the_whole_login(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var (_, other) = await house.Enter("ana");
        var second = (await house.Refresh(login.Refresh)).ShouldBe(200);
        (await house.With($"Bearer {(string)second["access"]!}").Get("/api/auth/me/")).ShouldBe(200);

        ((string)(await house.Refresh(login.Refresh)).ShouldBeUnauthorized("Token is blacklisted")["code"]!).ShouldBe("token_not_valid");

        (await house.With($"Bearer {(string)second["access"]!}").Get("/api/auth/me/")).ShouldBeUnauthorized();
        (await house.Refresh((string)second["refresh"]!)).ShouldBeUnauthorized("Token is blacklisted");
        (await login.Alive(house)).ShouldBeEmpty("the session and the opaque token belong to the same login");
        (await other.Alive(house)).ShouldBe(AccountLogin.All);
        (await house.Refresh(other.Refresh)).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_parallel_uses_of_one_refresh_token_exactly_one_wins(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        for (var round = 0; round < 5; round++)
        {
            var (_, login) = await house.Join($"ana{round}");
            var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.Refresh(login.Refresh)));
            replies.Count(r => r.Status == 200).ShouldBe(1);
            foreach (var loser in replies.Where(r => r.Status != 200))
                loser.ShouldBeUnauthorized("Token is blacklisted");
            (await login.Alive(house)).ShouldBeEmpty("the second use ended the login");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_no_refresh_token_gets_no_new_pair(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        foreach (var wrong in (string[])["nonsense", "a.b.c", "..", login.Access, login.Token, login.Refresh + "A", new string('x', 5000)])
            ((string)(await house.Refresh(wrong)).ShouldBeUnauthorized("Token is invalid or expired")["code"]!).ShouldBe("token_not_valid", wrong);
        (await house.Somebody().Post("/api/auth/token/refresh/", new { })).ShouldBe(400).Error("refresh").ShouldBe("This field is required.");
        (await house.Somebody().Post("/api/auth/token/refresh/", new { refresh = "" })).ShouldBe(400).Error("refresh").ShouldBe("This field may not be blank.");
        (await house.Somebody().Post("/api/auth/token/refresh/", "{\"refresh\": null}")).ShouldBe(400).Error("refresh").ShouldBe("This field may not be null.");
        (await house.With("Bearer a.b.c").Post("/api/auth/token/refresh/", new { refresh = login.Refresh })).ShouldBe(200, "an expired access token in the header must not keep one from refreshing");
    }
}
