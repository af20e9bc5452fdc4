namespace Convene.Server.Tests.Stories;

/// What a password must be, and changing it.
public sealed class AccountPasswordStories
{
    private const string TooShort = "This password is too short. It must contain at least 8 characters.";
    private const string TooCommon = "This password is too common.";
    private const string Numeric = "This password is entirely numeric.";
    private const string Mismatch = "Passwords do not match.";

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_password_of_the_documents_is_accepted(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        (await house.Somebody().Post("/api/auth/register/", new { username = "test10", email = "test10@example.com", password = "Test@123" })).ShouldBe(201, "likeness to the user name is no fault");
        foreach (var (name, password) in ((string, string)[])[("a", "yourpassword"), ("b", "securePass123"), ("c", "Ahnaf@0171"), ("d", " with spaces around "), ("e", "пароль-и-é-😀")])
        {
            (await house.Somebody().Post("/api/auth/register/", new { email = $"{name}@example.com", password })).ShouldBe(201, password);
            (await house.Somebody().Post("/api/auth/login/", new { email = $"{name}@example.com", password })).ShouldBe(200, password);
        }

        (await house.Somebody().Post("/api/auth/login/", new { email = "d@example.com", password = "with spaces around" })).ShouldBe(401, "spaces are part of a password");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Weak_passwords_are_refused_with_every_reason(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        foreach (var (password, reasons) in ((string, string[])[])
            [("x7!kq", [TooShort]), ("password123", [TooCommon]), ("PassWord123", [TooCommon]), ("83920175", [Numeric]), ("1234567", [TooShort, Numeric])])
        {
            var reply = (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password, password2 = password })).ShouldBe(400);
            reply.Error("password").ShouldBe(string.Join(' ', reasons), password);
            reply["password"]!.AsArray().Count.ShouldBe(reasons.Length);
        }

        (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = "" })).ShouldBe(400).Error("password").ShouldBe("This field may not be blank.");
        (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = new string('x', 5000) })).ShouldBe(400).Error("password").ShouldBe("Ensure this field has no more than 1024 characters.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Two_different_passwords_are_told_only_once_the_fields_are_fine(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var mismatch = (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = "securePass123", password2 = "securePass124" })).ShouldBe(400);
        mismatch.Error("password").ShouldBe(Mismatch);
        mismatch["password2"].ShouldBeNull();

        var first = (await house.Somebody().Post("/api/auth/register/", new { email = "nonsense", password = "securePass123", password2 = "securePass124" })).ShouldBe(400);
        first.Error("email").ShouldBe("Enter a valid email address.");
        first["password"].ShouldBeNull("the mismatch comes after the field checks");
        (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", password = "short", password2 = "other" })).ShouldBe(400).Error("password").ShouldBe(TooShort);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Changing_the_password_ends_all_other_logins_and_keeps_ones_own(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, own) = await house.Join("ana");
        var (_, other) = await house.Enter("ana");
        var (_, ben) = await house.Join("ben");

        (await house.With($"Bearer {own.Access}").Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" }))
            .ShouldBe(200).Detail().ShouldBe("Password changed successfully.");

        (await own.Alive(house)).ShouldBe(AccountLogin.All);
        (await other.Alive(house)).ShouldBeEmpty();
        (await ben.Alive(house)).ShouldBe(AccountLogin.All);
        (await house.Refresh(own.Refresh)).ShouldBe(200);
        (await house.Refresh(other.Refresh)).ShouldBeUnauthorized("Token is blacklisted");
        (await house.Somebody().Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(401);
        (await house.Somebody().Post("/api/auth/login/", new { email = "ana@example.com", password = "fresh-horse-8" })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_password_change_with_mistakes_changes_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var ana = house.With($"Bearer {login.Access}");
        const string Path = "/api/auth/change-password/";

        (await ana.Post(Path, new { old_password = "wrong-horse", new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).ShouldBe(400).Error("old_password").ShouldBe("Old password is incorrect.");
        (await ana.Post(Path, new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-9" })).ShouldBe(400).Error("new_password").ShouldBe(Mismatch);
        (await ana.Post(Path, new { old_password = Caller.Password, new_password = "short", new_password2 = "short" })).ShouldBe(400).Error("new_password").ShouldBe(TooShort);
        var empty = (await ana.Post(Path, new { })).ShouldBe(400);
        foreach (var field in (string[])["old_password", "new_password", "new_password2"])
            empty.Error(field).ShouldBe("This field is required.");
        (await house.Somebody().Post(Path, new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).ShouldBeUnauthorized("Authentication credentials were not provided.");

        (await login.Alive(house)).ShouldBe(AccountLogin.All);
        await house.Enter("ana");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_password_makes_the_reset_link_in_an_older_mail_worthless(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        (await house.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" })).ShouldBe(200);
        var token = await house.TokenFor("ana@example.com", "reset-password");

        (await house.With($"Bearer {login.Access}").Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "fresh-horse-8", new_password2 = "fresh-horse-8" })).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/reset-password/", new { token, new_password = "other-horse-9" })).ShouldBe(400).Error("token").ShouldNotBeEmpty();
    }
}
