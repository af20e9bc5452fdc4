using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Two servers on one database are one house to their visitors.
public sealed class AccountNodeStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_one_node_issues_the_other_accepts_and_what_one_ends_is_over_on_both(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        var (_, here) = await house.Join("ana");
        var (_, there) = await other.Enter("ana");
        (await here.Alive(other)).ShouldBe(AccountLogin.All);
        (await there.Alive(house)).ShouldBe(AccountLogin.All);

        var rotated = (await other.Refresh(here.Refresh)).ShouldBe(200);
        (await house.With($"Bearer {(string)rotated["access"]!}").Get("/api/auth/me/")).ShouldBe(200);
        (await other.Somebody().Post("/api/auth/logout/", new { refresh = (string)rotated["refresh"]! })).ShouldBe(200);
        (await here.Alive(house)).ShouldBeEmpty();
        (await house.Refresh((string)rotated["refresh"]!)).ShouldBeUnauthorized("Token is blacklisted");
        (await there.Alive(house)).ShouldBe(AccountLogin.All);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_refresh_token_used_on_both_nodes_at_once_wins_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        for (var round = 0; round < 5; round++)
        {
            var (_, login) = await house.Join($"ana{round}");
            var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? house : other).Refresh(login.Refresh)));
            replies.Count(r => r.Status == 200).ShouldBe(1);
            replies.Where(r => r.Status != 200).ShouldAllBe(r => r.Status == 401);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_link_mailed_by_one_node_works_on_the_other(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        await house.Join("ana");
        var token = await other.TokenFor("ana@example.com", "verify-email");
        token.ShouldBe(await house.TokenFor("ana@example.com", "verify-email"));
        (await other.Somebody().Post("/api/auth/verify-email/", new { token })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Logins_outlive_a_restart_and_the_monthly_sweep(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var (_, ended) = await house.Enter("ana");
        (await house.With($"Token {ended.Token}").Post("/api/auth/logout/")).ShouldBe(200);
        await using var again = await house.Reopen();
        (await login.Alive(again)).ShouldBe(AccountLogin.All);
        (await ended.Alive(again)).ShouldBeEmpty();

        house.Clock.Advance(Duration.FromDays(40));
        await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Features.Accounts.ForgetOldSignIns>(again.Services).Handle(CancellationToken.None);
        (await login.Alive(again)).ShouldBe("opaque-as-bearer token", "an opaque token lives for a year");
        (await ended.Alive(again)).ShouldBeEmpty();
        (await again.Refresh(login.Refresh)).ShouldBeUnauthorized();
        await again.Enter("ana");
    }
}
