using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Links that travel by mail: a new password, a confirmed address.
public sealed class AccountMailStories
{
    private const string Forgot = "/api/auth/forgot-password/";
    private const string Reset = "/api/auth/reset-password/";
    private const string Verify = "/api/auth/verify-email/";
    private const string Email = "ana@example.com";
    private const string Fresh = "fresh-horse-8";

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_forgot_the_password_sets_a_new_one_with_the_link_of_a_mail_and_all_logins_end(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, first) = await house.Join("ana");
        var (_, second) = await house.Enter("ana");
        var (_, ben) = await house.Join("ben");
        (await house.Somebody().Post(Forgot, new { email = "ANA@example.com" })).ShouldBe(200);
        await house.DeliverMail();
        var mail = (await house.Mails()).Single(m => m.Text.Contains("/reset-password#token=", StringComparison.Ordinal));
        mail.To.ShouldContain(Email);
        mail.Text.ShouldContain("http://convene.example.com/reset-password#token=");
        (await first.Alive(house)).ShouldBe(AccountLogin.All, "asking alone ends nothing");

        (await house.Somebody().Post(Reset, new { token = mail.Token, new_password = Fresh })).ShouldBe(200).Detail().ShouldNotBeEmpty();

        (await first.Alive(house)).ShouldBeEmpty();
        (await second.Alive(house)).ShouldBeEmpty();
        (await ben.Alive(house)).ShouldBe(AccountLogin.All);
        (await house.Refresh(first.Refresh)).ShouldBeUnauthorized();
        (await house.Somebody().Post("/api/auth/login/", new { email = Email, password = Caller.Password })).ShouldBe(401);
        var (back, _) = await house.Enter("ana", Fresh);
        ((bool)(await back.Get("/api/auth/me/"))["email_verified"]!).ShouldBeTrue("whoever read the mail owns the address");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Plan", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "guest@example.com");
        var before = await house.Services.CountAllMails();
        var known = (await house.Somebody().Post(Forgot, new { email = Email })).ShouldBe(200);
        foreach (var email in (string[])["nobody@example.com", "guest@example.com"])
        {
            var unknown = (await house.Somebody().Post(Forgot, new { email })).ShouldBe(200);
            unknown.Text.ShouldBe(known.Text);
            unknown.Headers.Keys.ShouldBe(known.Headers.Keys, ignoreOrder: true);
        }

        (await house.Services.CountAllMails()).ShouldBe(before + 1);
        (await house.Somebody().Post(Forgot, new { email = "nonsense" })).ShouldBe(400).Error("email").ShouldBe("Enter a valid email address.");
        (await house.Somebody().Post(Forgot, new { })).ShouldBe(400).Error("email").ShouldBe("This field is required.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_reset_link_works_once_for_an_hour_and_only_the_newest(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Join("ana");
        var older = await Ask(house);
        var newer = await Ask(house);
        newer.ShouldNotBe(older);
        await Refused(house, Reset, older);

        (await house.Somebody().Post(Reset, new { token = newer, new_password = "short" })).ShouldBe(400).Error("new_password").ShouldStartWith("This password is too short.");
        (await house.Somebody().Post(Reset, new { token = newer, new_password = Fresh, new_password2 = Fresh + "x" })).ShouldBe(400).Error("new_password").ShouldBe("Passwords do not match.");
        (await house.Somebody().Post(Reset, new { token = newer, new_password = Fresh, new_password2 = Fresh })).ShouldBe(200, "a mistake on the page does not use the link up");
        await Refused(house, Reset, newer);

        var late = await Ask(house);
        house.Clock.Advance(Duration.FromHours(1));
        await Refused(house, Reset, late);
        var just = await Ask(house);
        house.Clock.Advance(Duration.FromHours(1) - Duration.FromSeconds(1));
        (await house.Somebody().Post(Reset, new { token = just, new_password = "third-horse-9" })).ShouldBe(200);

        foreach (var wrong in (string[])["nonsense", new string('x', 43), just + "x"])
            await Refused(house, Reset, wrong);
        (await house.Somebody().Post(Reset, new { })).ShouldBe(400).Error("token").ShouldBe("This field is required.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_parallel_uses_of_one_reset_link_exactly_one_wins(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Join("ana");
        var token = await Ask(house);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => house.Somebody().Post(Reset, new { token, new_password = $"fresh-horse-{i}" })));
        replies.Select(r => r.Status).Order().ShouldBe([200, .. Enumerable.Repeat(400, 7)]);
        await house.Enter("ana", $"fresh-horse-{Array.FindIndex(replies, r => r.Status == 200)}");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_address_is_confirmed_once_with_the_link_of_the_newest_mail_within_a_week(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (_, login) = await house.Join("ana");
        var ana = house.With($"Token {login.Token}");
        ((bool)(await ana.Get("/api/auth/me/"))["email_verified"]!).ShouldBeFalse();
        var first = await house.TokenFor(Email, "verify-email");
        house.Clock.Advance(Duration.FromDays(7));
        await Refused(house, Verify, first);

        (await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(200).Detail().ShouldNotBeEmpty();
        var second = await house.TokenFor(Email, "verify-email");
        (await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(200);
        var third = await house.TokenFor(Email, "verify-email");
        await Refused(house, Verify, second);
        (await house.Somebody().Post(Verify, new { token = third })).ShouldBe(200, "no login is needed to open a link");

        ((bool)(await ana.Get("/api/auth/me/"))["email_verified"]!).ShouldBeTrue();
        await Refused(house, Verify, third);
        (await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(400).Error("email").ShouldBe("This address is verified already.");
        (await login.Alive(house)).ShouldNotBeEmpty("confirming ends no login");
        (await house.CountMails(Email)).ShouldBe(3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_link_of_one_kind_does_nothing_at_the_other_kinds_door(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Join("ana");
        var verify = await house.TokenFor(Email, "verify-email");
        var reset = await Ask(house);
        await Refused(house, Reset, verify);
        await Refused(house, Verify, reset);
        (await house.Somebody().Post(Verify, new { token = verify })).ShouldBe(200);
        (await house.Somebody().Post(Reset, new { token = reset, new_password = Fresh })).ShouldBe(200);
    }

    private static async Task<string> Ask(TestHouse house)
    {
        (await house.Somebody().Post(Forgot, new { email = Email })).ShouldBe(200);
        return await house.TokenFor(Email, "reset-password");
    }

    private static async Task Refused(TestHouse house, string path, string token) =>
        (await house.Somebody().Post(path, new { token, new_password = "refused-horse-0" })).ShouldBe(400).Error("token").ShouldContain("invalid, used or expired");
}
