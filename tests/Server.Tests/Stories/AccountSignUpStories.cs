using System.Globalization;
using System.Text.Json;

namespace Convene.Server.Tests.Stories;

/// Signing up as systems 0, 1 and 2 document it, with one answer that suits them all.
public sealed class AccountSignUpStories
{
    private static readonly string[] Shared =
    [
        "id", "email", "username", "first_name", "last_name", "timezone", "working_hours_start", "working_hours_end", "working_days", "is_active", "date_joined",
    ];

    [Theory, OnSqlite, OnPostgres]
    public async Task System_zeros_sign_up_names_a_person_and_repeats_the_password(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var reply = (await house.Somebody().Post("/api/auth/register/", new { email = "host@example.com", first_name = "adullah", last_name = "ahnaf", password = "Ahnaf@0171", password2 = "Ahnaf@0171" })).ShouldBe(201);

        ((string)reply["email"]!).ShouldBe("host@example.com");
        ((string)reply["first_name"]!).ShouldBe("adullah");
        ((string)reply["last_name"]!).ShouldBe("ahnaf");
        reply["username"].ShouldBeNull();
        (await house.Somebody().Post("/api/auth/login/", new { email = "host@example.com", password = "Ahnaf@0171" })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task System_ones_sign_up_gives_the_keys_its_front_end_reads(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var reply = (await house.Somebody().Post("/api/auth/register/", new { email = "user@example.com", username = "user1", password = "securePass123", password2 = "securePass123" })).ShouldBe(201);

        reply["id"]!.GetValueKind().ShouldBe(JsonValueKind.Number);
        ((long)reply["id"]!).ShouldBeGreaterThan(0);
        ((string)reply["username"]!).ShouldBe("user1");
        ((bool)reply["is_active"]!).ShouldBeTrue();
        ((string)reply["date_joined"]!).ShouldBe("2030-03-04T09:00:00Z");
        Guid.TryParse((string)reply["uuid"]!, CultureInfo.InvariantCulture, out _).ShouldBeTrue();

        // An explicit null is as good as no user name.
        (await house.Somebody().Post("/api/auth/register/", new { email = "other@example.com", username = (string?)null, password = "securePass123" })).ShouldBe(201)["username"].ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task System_twos_sign_up_has_no_second_password_and_signs_in_by_cookie(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var john = house.Somebody();
        var reply = (await john.Post("/api/auth/register/", new { username = "john", password = "securePass123", email = "john@example.com", timezone = "America/New_York" })).ShouldBe(201);

        ((string)reply["message"]!).ShouldBe("User registered successfully");
        var user = reply["user"]!;
        ((string)user["username"]!).ShouldBe("john");
        ((string)user["email"]!).ShouldBe("john@example.com");
        ((string)user["timezone"]!).ShouldBe("America/New_York");
        ((string)user["working_hours_start"]!).ShouldBe("09:00:00");
        ((string)user["working_hours_end"]!).ShouldBe("17:00:00");
        (await john.Get("/api/auth/profile/")).ShouldBe(200)["id"]!.ToJsonString().ShouldBe(user["id"]!.ToJsonString(), "registered is signed in");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_answer_is_the_union_of_all_and_every_key_means_one_thing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var reply = (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", username = "ana", password = Caller.Password })).ShouldBe(201);

        reply.Json.Keys().ShouldBeSubsetOf([.. reply["user"].Keys(), "message", "user", "access", "refresh", "token"]);
        foreach (var key in Shared)
            reply[key]?.ToJsonString().ShouldBe(reply["user"]![key]?.ToJsonString(), key);
        reply["user"].Keys().ShouldBe([.. Shared, "uuid", "email_verified", "is_staff", "notifications", "default_reminder_minutes", "free_busy_visibility"], ignoreOrder: true);
        ((string)reply["timezone"]!).ShouldBe("UTC");
        ((string)reply["token"]!).ShouldMatch("^[0-9a-f]{40}$");
        ((string)reply["access"]!).Split('.').Length.ShouldBe(3);
        ((string)reply["refresh"]!).Split('.').Length.ShouldBe(3);
        reply.Text.ShouldNotContain("password");

        var cookies = reply.Headers["Set-Cookie"].Split(", sessionid=").SelectMany(c => c.Split(", csrftoken=")).Select(c => c.ToLowerInvariant()).ToArray();
        cookies.Length.ShouldBe(2, reply.Headers["Set-Cookie"]);
        cookies.ShouldAllBe(c => c.Contains("samesite=lax") && c.Contains("path=/") && c.Contains("expires=mon, 18 mar 2030 09:00:00 gmt"));
        cookies[0].ShouldStartWith("sessionid=");
        cookies[0].ShouldContain("httponly");
        cookies[1].ShouldNotContain("httponly", Case.Sensitive, "scripts copy it into X-CSRFToken");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_user_name_alone_will_do(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var reply = (await house.Somebody().Post("/api/auth/register/", new { username = "solo", password = Caller.Password })).ShouldBe(201);
        ((string?)reply["email"] ?? "").ShouldBeEmpty();
        (await house.Somebody().Post("/api/auth/register/", new { username = "solo2", password = Caller.Password })).ShouldBe(201, "a second account without an address");
        (await house.Somebody().Post("/api/auth/login/", new { username = "solo", password = Caller.Password })).ShouldBe(200);
        (await house.With($"Token {(string)reply["token"]!}").Post("/api/auth/verify-email/resend/")).ShouldBe(400);
        (await house.Services.CountAllMails()).ShouldBe(0, "there is nobody to write to");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Zone_and_working_hours_may_be_sent_along(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var body = new { email = "ana@example.com", password = Caller.Password, timezone = "Asia/Dhaka", working_hours_start = "08:30", working_hours_end = "22:00:00" };
        var reply = (await house.Somebody().Post("/api/auth/register/", body)).ShouldBe(201);
        ((string)reply["timezone"]!).ShouldBe("Asia/Dhaka");
        ((string)reply["working_hours_start"]!).ShouldBe("08:30:00");
        ((string)reply["working_hours_end"]!).ShouldBe("22:00:00");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Addresses_and_user_names_are_taken_in_every_case_of_letters(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        ((string)(await house.Somebody().Post("/api/auth/register/", new { email = "Ana@Example.COM", username = "Ana", password = Caller.Password })).ShouldBe(201)["email"]!).ShouldBe("ana@example.com");

        var both = (await house.Somebody().Post("/api/auth/register/", new { email = "ANA@example.com", username = "aNA", password = Caller.Password })).ShouldBe(400);
        both.Error("email").ShouldBe("user with this email already exists.");
        both.Error("username").ShouldBe("user with this username already exists.");
        var name = (await house.Somebody().Post("/api/auth/register/", new { email = "other@example.com", username = "ANA", password = Caller.Password })).ShouldBe(400);
        name["email"].ShouldBeNull();
        name.Error("username").ShouldBe("user with this username already exists.");
        (await house.Somebody().Post("/api/auth/register/", new { email = "other@example.com", username = "ben", password = Caller.Password })).ShouldBe(201, "the refused sign-up left nothing behind");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_who_sign_up_with_one_address_at_once_exactly_one_gets_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            house.Somebody().Post("/api/auth/register/", new { email = i % 2 == 0 ? "ana@example.com" : "ANA@example.com", username = $"ana{i}", password = Caller.Password })));
        replies.Count(r => r.Status == 201).ShouldBe(1);
        foreach (var loser in replies.Where(r => r.Status != 201))
            loser.ShouldBe(400).Error("email").ShouldBe("user with this email already exists.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobodys_user_name_may_be_somebody_elses_address(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        (await house.Somebody().Post("/api/auth/register/", new { email = "eve@example.com", username = "ana@example.com", password = Caller.Password })).ShouldBe(400).Error("username").ShouldNotBeEmpty();
        (await house.Somebody().Post("/api/auth/register/", new { email = "ana@example.com", username = "Ana@example.com", password = Caller.Password })).ShouldBe(201);
    }
}
