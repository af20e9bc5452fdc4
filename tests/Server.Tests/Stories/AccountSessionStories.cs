using NodaTime;

namespace Convene.Server.Tests.Stories;

/// The session cookie: system 2's programs send no CSRF token, system 3's do, and no other site's page may act for its visitor.
public sealed class AccountSessionStories
{
    private const string Me = "/api/auth/me/";
    private const string Elsewhere = "https://evil.example.com";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_program_that_sends_no_csrf_token_and_says_no_origin_is_let_in(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, _) = await house.Join("ana");
        (await ana.Put(Me, new { first_name = "Ana" })).ShouldBe(200);
        (await ana.Post("/api/meetings/", new { title = "Plan", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z" })).ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_csrf_token_that_is_sent_must_be_right(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, login) = await house.Join("ana");
        ana.Header("X-CSRFToken", login.Csrf);
        (await ana.Patch(Me, new { first_name = "Ana" })).ShouldBe(200);
        ana.Header("Origin", Elsewhere);
        (await ana.Patch(Me, new { first_name = "Ana" })).ShouldBe(200, "another site's page can't know the token");
        ana.Header("Origin", null);

        foreach (var wrong in (string[])["wrong", login.Csrf + "x", login.Csrf.ToUpperInvariant() + "y", login.Session])
        {
            ana.Header("X-CSRFToken", wrong);
            (await ana.Patch(Me, new { first_name = "Eve" })).ShouldBe(403).Detail().ShouldBe("CSRF Failed: CSRF token incorrect.");
            (await ana.Post("/api/auth/logout/")).ShouldBe(403);
            (await ana.Get(Me)).ShouldBe(200, "reading changes nothing");
        }

        ana.Header("Origin", house.Url.GetLeftPart(UriPartial.Authority));
        (await ana.Patch(Me, new { first_name = "Eve" })).ShouldBe(403, "a wrong token is wrong from anywhere");
        ((string)(await ana.Get(Me))["first_name"]!).ShouldBe("Ana");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_a_token_a_browsers_request_must_come_from_our_own_pages(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, _) = await house.Join("ana");
        var own = house.Url.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value, allowed) in ((string, string, bool)[])
        [
            ("Origin", own, true),
            ("Origin", "http://convene.example.com", true),
            ("Origin", Elsewhere, false),
            ("Origin", "null", false),
            ("Origin", "http://convene.example.com.evil.example.com", false),
            ("Origin", "http://convene.example.com:81", false),
            ("Origin", own + ".evil.example.com", false),
            ("Origin", "http://127.0.0.1:1", false),
            ("Referer", own + "/dashboard", true),
            ("Referer", "http://convene.example.com/dashboard?x=1", true),
            ("Referer", Elsewhere + "/page", false),
            ("Referer", $"{Elsewhere}/?{own}", false),
            ("Referer", $"http://{house.Url.Authority}@evil.example.com/", false),
            ("Referer", "nonsense", false),
            ("Sec-Fetch-Site", "same-origin", true),
            ("Sec-Fetch-Site", "none", true),
            ("Sec-Fetch-Site", "same-site", false),
            ("Sec-Fetch-Site", "cross-site", false),
        ])
        {
            ana.Header(name, value);
            var put = await ana.Put(Me, new { last_name = "Lee" });
            put.ShouldBe(allowed ? 200 : 403, $"{name}: {value}");
            if (!allowed)
            {
                put.Detail().ShouldStartWith("CSRF Failed: ");
                (await ana.Delete($"/api/meetings/{Guid.Empty}/")).ShouldBe(403, $"{name}: {value}");
                (await ana.Post("/api/auth/logout/")).ShouldBe(403, $"{name}: {value}");
            }

            (await ana.Get(Me)).ShouldBe(200, $"{name}: {value}");
            ana.Header(name, null);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Headers_that_contradict_each_other_are_not_trusted(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, _) = await house.Join("ana");
        ana.Header("Origin", house.Url.GetLeftPart(UriPartial.Authority));
        ana.Header("Sec-Fetch-Site", "cross-site");
        (await ana.Put(Me, new { last_name = "Lee" })).ShouldBe(403);
        ana.Header("Sec-Fetch-Site", "same-origin");
        ana.Header("Referer", Elsewhere);
        (await ana.Put(Me, new { last_name = "Lee" })).ShouldBe(403);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Csrf_is_no_matter_where_a_header_shows_who_one_is(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, login) = await house.Join("ana");
        ana.Header("Origin", Elsewhere);
        ana.Header("X-CSRFToken", "wrong");
        foreach (var header in (string[])[$"Bearer {login.Access}", $"Token {login.Token}"])
        {
            ana.Authorization(header);
            (await ana.Put(Me, new { last_name = "Lee" })).ShouldBe(200);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Another_sites_form_can_not_sign_its_visitor_in_as_somebody_else(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Join("eve");
        var victim = house.Somebody();
        victim.Header("Sec-Fetch-Site", "cross-site");
        using var form = new FormUrlEncodedContent([new("email", "eve@example.com"), new("password", Caller.Password)]);
        var reply = await victim.Post("/api/auth/login/", form);
        reply.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
        victim.Cookie("sessionid").ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_the_public_address_is_https_the_cookies_travel_by_tls_only(string engine)
    {
        await using var house = await TestHouse.Open(engine, "PUBLIC_URL=https://convene.example.com");
        var reply = (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(201);
        reply.Headers["Set-Cookie"].Split("secure", StringSplitOptions.None).Length.ShouldBe(3, "both cookies");
        await using var plain = await TestHouse.Open(engine);
        (await plain.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = Caller.Password })).Headers["Set-Cookie"].ShouldNotContain("secure");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_session_ends_after_two_weeks(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, _) = await house.Join("ana");
        house.Clock.Advance(Duration.FromDays(14) - Duration.FromSeconds(1));
        (await ana.Get(Me)).ShouldBe(200);
        house.Clock.Advance(Duration.FromSeconds(1));
        (await ana.Get(Me)).ShouldBeUnauthorized("Authentication credentials were not provided.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_login_has_a_session_of_its_own_and_its_cookies_change(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, first) = await house.Join("ana");
        var again = AccountLogin.Of(ana, (await ana.Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(200));
        again.Session.ShouldNotBe(first.Session);
        again.Csrf.ShouldNotBe(first.Csrf);
        again.Token.ShouldNotBe(first.Token);
        (await again.Alive(house)).ShouldBe(AccountLogin.All);

        var fixated = house.Somebody();
        fixated.Cookies.Add(house.Url, new System.Net.Cookie("sessionid", "chosen-by-eve"));
        await fixated.Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password });
        fixated.Cookie("sessionid").ShouldNotBe("chosen-by-eve");
        (await (again with { Session = "chosen-by-eve" }).Alive(house)).ShouldNotContain("session");
    }
}
