namespace Convene.Server.Tests.Stories;

/// Signing in by address or by name, and the ways to show who one is afterwards.
public sealed class AccountSignInStories
{
    private const string Path = "/api/auth/login/";

    [Theory, OnSqlite, OnPostgres]
    public async Task An_account_signs_in_by_address_or_user_name_in_either_field_and_any_case(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var id = (await house.SignUp("ana")).Id;
        foreach (var login in (object[])
        [
            new { email = "ana@example.com", password = Caller.Password },
            new { email = " ANA@Example.com ", password = Caller.Password },
            new { username = "ana", password = Caller.Password },
            new { username = "ANA", password = Caller.Password },
            new { username = "Ana@example.com", password = Caller.Password },
            new { email = "ana", password = Caller.Password },
            new { email = "", username = "ana", password = Caller.Password },
        ])
        {
            var reply = (await house.Somebody().Post(Path, login)).ShouldBe(200);
            ((string)reply["message"]!).ShouldBe("Login successful");
            ((long)reply["user"]!["id"]!).ShouldBe(id);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_answer_has_the_credentials_of_every_scheme_and_each_of_them_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.SignUp("ana");
        var caller = house.Somebody();
        var reply = (await caller.Post(Path, new { email = "ana@example.com", password = Caller.Password })).ShouldBe(200);
        reply.Json.Keys().ShouldBe(["message", "refresh", "access", "token", "user"], ignoreOrder: true);
        foreach (var key in (string[])["id", "email", "username", "timezone", "is_active", "date_joined"])
            reply["user"]![key].ShouldNotBeNull(key);
        ((string)reply["token"]!).ShouldMatch("^[0-9a-f]{40}$");

        var login = AccountLogin.Of(caller, reply);
        (await login.Alive(house)).ShouldBe(AccountLogin.All);
        (await caller.Get("/api/auth/me/")).ShouldBe(200);
        (await house.With($"bearer {login.Access}").Get("/api/auth/me/")).ShouldBe(200);
        (await house.With($"token {login.Token}").Get("/api/auth/me/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_wrong_password_and_an_unknown_account_look_alike(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.SignUp("ana");
        var wrong = (await house.Somebody().Post(Path, new { email = "ana@example.com", password = "wrong-horse-7" })).ShouldBeUnauthorized("No active account found with the given credentials");
        wrong["non_field_errors"]!.ToJsonString().ShouldBe("""["Invalid credentials"]""");
        wrong.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();
        foreach (var login in (object[])
        [
            new { email = "nobody@example.com", password = Caller.Password },
            new { username = "nobody", password = Caller.Password },
            new { username = "ana", password = Caller.Password.ToUpperInvariant() },
            new { email = "ana@example.com", password = new string('x', 5000) },
        ])
            (await house.Somebody().Post(Path, login)).ShouldBe(401).Text.ShouldBe(wrong.Text);
        // Someone invited has no password at all.
        var ana = await house.SignUp("host");
        await ana.Book("Plan", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "guest@example.com");
        (await house.Somebody().Post(Path, new { email = "guest@example.com", password = Caller.Password })).ShouldBe(401).Text.ShouldBe(wrong.Text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Missing_fields_are_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var nothing = (await house.Somebody().Post(Path, new { })).ShouldBe(400);
        foreach (var field in (string[])["email", "username", "password"])
            nothing.Error(field).ShouldBe("This field is required.");
        var nobody = (await house.Somebody().Post(Path, new { password = Caller.Password })).ShouldBe(400);
        nobody.Error("email").ShouldBe("This field is required.");
        nobody.Error("username").ShouldBe("This field is required.");
        nobody["password"].ShouldBeNull();
        var open = (await house.Somebody().Post(Path, new { email = "ana@example.com" })).ShouldBe(400);
        open.Error("password").ShouldBe("This field is required.");
        open["email"].ShouldBeNull();
        (await house.Somebody().Post(Path, new { username = "ana", password = "" })).ShouldBe(400).Error("password").ShouldBe("This field may not be blank.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_bad_header_is_401_even_beside_a_good_cookie(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, login) = await house.Join("ana");
        (await ana.Get("/api/auth/me/")).ShouldBe(200);
        foreach (var header in (string[])["Bearer nonsense", "Bearer a.b.c", $"Bearer {login.Access}x", "Bearer", "Basic YW5hOnB3", "nonsense", $"Bearer {login.Access} {login.Access}", $"Bearer {login.Session}"])
        {
            ana.Authorization(header);
            (await ana.Get("/api/auth/me/")).ShouldBeUnauthorized();
        }

        ana.Authorization("Bearer a.b.c");
        var jwt = (await ana.Get("/api/auth/me/")).ShouldBeUnauthorized("Given token not valid for any token type");
        ((string)jwt["code"]!).ShouldBe("token_not_valid");
        jwt["messages"]![0].Keys().ShouldBe(["token_class", "token_type", "message"]);
        ana.Authorization($"Token {new string('0', 40)}");
        (await ana.Get("/api/auth/me/")).ShouldBeUnauthorized("Invalid token.");
        ana.Authorization($"Token {login.Access}");
        (await ana.Get("/api/auth/me/")).ShouldBeUnauthorized("Invalid token.");
        ana.Authorization(null);
        (await ana.Get("/api/auth/me/")).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_any_credential_every_closed_door_says_so(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var nobody = house.Somebody();
        foreach (var (method, path) in ((string, string)[])
            [("GET", "/api/auth/me/"), ("PUT", "/api/auth/me/"), ("PATCH", "/api/auth/me/"), ("GET", "/api/auth/profile/"), ("PUT", "/api/auth/profile/"),
             ("POST", "/api/auth/change-password/"), ("POST", "/api/auth/verify-email/resend/"), ("POST", "/api/auth/logout/"), ("GET", "/api/meetings/")])
            (await nobody.Send(new HttpMethod(method), path, null)).ShouldBeUnauthorized("Authentication credentials were not provided.");
    }
}
