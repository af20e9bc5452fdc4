using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Signing in with a password and a code.
public sealed class SecondFactorStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_sets_up_a_second_factor_is_asked_for_a_code_at_sign_in(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Get("/api/auth/second-factor/")).ShouldBe(200).Text.ShouldBe("""{"enabled":false,"since":null,"recovery_codes_left":0}""");
        var (_, elsewhere) = await house.Enter("ana");

        var begun = (await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200);
        var key = (string)begun["key"]!;
        ((string)begun["uri"]!).ShouldBe($"otpauth://totp/Convene%20%28convene.example.com%29:ana%40example.com?secret={key}&issuer=Convene%20%28convene.example.com%29&algorithm=SHA1&digits=6&period=30");
        // It does not count until a code was shown.
        await house.Enter("ana");
        var app = new CodeApp(key);
        (await ana.Post("/api/auth/second-factor/confirm/", new { code = app.Wrong(house.Clock.GetCurrentInstant()) })).ShouldBe(400).Error("code").ShouldContain("wrong");
        var codes = (await ana.Post("/api/auth/second-factor/confirm/", new { code = house.Code(app) })).ShouldBe(200)["recovery_codes"]!.AsArray();
        codes.Count.ShouldBe(10);
        (await ana.Get("/api/auth/second-factor/")).Text.ShouldBe("""{"enabled":true,"since":"2030-03-04T09:00:00Z","recovery_codes_left":10}""");
        (await elsewhere.Alive(house)).ShouldBeEmpty("what was signed in with a password alone ended");
        (await ana.Get("/api/auth/me/")).ShouldBe(200);

        house.NextCode();
        var caller = house.Somebody();
        var first = await caller.Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password });
        first.ShouldBeUnauthorized();
        first.Json.Keys().ShouldBe(["code", "challenge", "expires_in", "detail", "type", "title", "status"]);
        caller.Cookies.Count.ShouldBe(0);
        var second = (await caller.Post("/api/auth/login/second-factor/", new { challenge = (string)first["challenge"]!, code = house.Code(app) })).ShouldBe(200);
        (await AccountLogin.Of(caller, second).Alive(house)).ShouldBe(AccountLogin.All);
        // A wrong password tells nothing of it.
        var wrong = await house.Somebody().Post("/api/auth/login/", new { email = "ana@example.com", password = "wrong-horse-7" });
        wrong.ShouldBeUnauthorized();
        wrong["code"].ShouldBeNull();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_systems_login_asks_for_it_and_those_without_one_see_no_difference(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await house.SignUp("ben");
        var (app, _) = await house.SetUpSecondFactor(ana);
        foreach (var path in (string[])["/api/auth/login/", "/api/user/login/", "/users/login/"])
        {
            house.NextCode();
            var asked = await house.Somebody().Post(path, new { username = "ana", password = Caller.Password });
            asked.ShouldBeUnauthorized();
            ((string)asked["code"]!).ShouldBe("second_factor_required", path);
            var token = (string)(await house.Finish((string)asked["challenge"]!, house.Code(app))).ShouldBe(200)["token"]!;
            (await house.With($"Token {token}").Get("/api/auth/me/")).ShouldBe(200);
            (await house.Somebody().Post(path, new { username = "ben", password = Caller.Password })).ShouldBe(200);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_code_works_once_and_so_does_a_challenge(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, _) = await house.SetUpSecondFactor(ana);
        var used = house.Code(app);
        // The code of the set-up is used already.
        ((string)(await house.Finish(await house.Challenge("ana"), used)).ShouldBeUnauthorized()["code"]!).ShouldBe("second_factor_wrong");
        house.NextCode();
        var (one, two) = (await house.Challenge("ana"), await house.Challenge("ana"));
        var both = await Task.WhenAll(house.Finish(one, house.Code(app)), house.Finish(two, house.Code(app)));
        both.Select(r => r.Status).Order().ShouldBe([200, 401]);
        ((string)(await house.Finish(both[0].Status == 200 ? one : two, app.At(house.Clock.GetCurrentInstant() + Duration.FromSeconds(30)))).ShouldBeUnauthorized()["code"]!).ShouldBe("challenge_over");
        // An older code than the newest that was taken is none, although it is near.
        (await house.Finish(await house.Challenge("ana"), used)).ShouldBe(401);
        house.NextCode();
        (await house.Finish(await house.Challenge("ana"), house.Code(app))).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Guessing_ends_the_challenge_and_then_makes_one_wait_longer_and_longer(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, recovery) = await house.SetUpSecondFactor(ana);
        house.NextCode();
        var wrong = app.Wrong(house.Clock.GetCurrentInstant());
        var challenge = await house.Challenge("ana");
        for (var i = 0; i < 5; i++)
            ((string)(await house.Finish(challenge, wrong)).ShouldBe(401)["code"]!).ShouldBe("second_factor_wrong");
        ((string)(await house.Finish(challenge, house.Code(app))).ShouldBe(401)["code"]!).ShouldBe("challenge_over", "five tries are over, even with the right code");

        challenge = await house.Challenge("ana");
        var wait = await house.Finish(challenge, house.Code(app));
        wait.ShouldBe(429, "the account is not looked at for a while, whatever the challenge").Headers["Retry-After"].ShouldBe("60");
        // A recovery code lets its owner in all the same.
        (await house.Finish(challenge, recovery[0])).ShouldBe(200);

        house.Clock.Advance(Duration.FromSeconds(60));
        (await house.Finish(await house.Challenge("ana"), wrong)).ShouldBe(401);
        (await house.Finish(await house.Challenge("ana"), house.Code(app))).ShouldBe(429).Headers["Retry-After"].ShouldBe("120");
        house.Clock.Advance(Duration.FromSeconds(120));
        (await house.Finish(await house.Challenge("ana"), house.Code(app))).ShouldBe(200);
        // It was right: all is forgiven.
        house.NextCode();
        (await house.Finish(await house.Challenge("ana"), wrong)).ShouldBe(401);
        (await house.Finish(await house.Challenge("ana"), house.Code(app))).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_challenge_is_for_five_minutes_and_ends_with_the_password(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, _) = await house.SetUpSecondFactor(ana);
        var challenge = await house.Challenge("ana");
        house.Clock.Advance(Duration.FromMinutes(5));
        ((string)(await house.Finish(challenge, house.Code(app))).ShouldBe(401)["code"]!).ShouldBe("challenge_over");

        // Somebody with the old password stands at the second step when it is changed.
        challenge = await house.Challenge("ana");
        (await ana.Post("/api/auth/change-password/", new { old_password = Caller.Password, new_password = "another-horse-8", new_password2 = "another-horse-8" })).ShouldBe(200);
        ((string)(await house.Finish(challenge, house.Code(app))).ShouldBe(401)["code"]!).ShouldBe("challenge_over");
        foreach (var strange in (string[])["", "x", new string('a', 43)])
            (await house.Finish(strange, "123456")).Status.ShouldBeOneOf(400, 401);
        await house.Services.GetRequiredService<ForgetOldSignIns>().Handle(CancellationToken.None);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Recovery_codes_work_once_each_in_any_spelling_and_can_be_renewed(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, codes) = await house.SetUpSecondFactor(ana);
        codes.Distinct().Count().ShouldBe(10);
        (await house.Finish(await house.Challenge("ana"), codes[0])).ShouldBe(200);
        (await house.Finish(await house.Challenge("ana"), codes[0])).ShouldBe(401);
        (await house.Finish(await house.Challenge("ana"), codes[1].ToLowerInvariant().Replace('-', ' '))).ShouldBe(200);
        ((int)(await ana.Get("/api/auth/second-factor/"))["recovery_codes_left"]!).ShouldBe(8);

        house.NextCode();
        (await ana.Post("/api/auth/second-factor/recovery-codes/", new { password = "wrong-horse-7", code = house.Code(app) })).ShouldBe(400).Error("password").ShouldNotBeEmpty();
        (await ana.Post("/api/auth/second-factor/recovery-codes/", new { password = Caller.Password, code = app.Wrong(house.Clock.GetCurrentInstant()) })).ShouldBe(400).Error("code").ShouldNotBeEmpty();
        var renewed = (await ana.Post("/api/auth/second-factor/recovery-codes/", new { password = Caller.Password, code = house.Code(app) })).ShouldBe(200)["recovery_codes"]!.AsArray();
        (await house.Finish(await house.Challenge("ana"), codes[2])).ShouldBe(401);
        (await house.Finish(await house.Challenge("ana"), (string)renewed[0]!)).ShouldBe(200);
        // Somebody else's are no good.
        var ben = await house.SignUp("ben");
        await house.SetUpSecondFactor(ben);
        (await house.Finish(await house.Challenge("ben"), (string)renewed[1]!)).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_switched_off_with_the_password_and_a_code_and_its_owner_is_told_of_everything(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Post("/api/auth/second-factor/", new { password = "wrong-horse-7" })).ShouldBe(400).Error("password").ShouldNotBeEmpty();
        (await ana.Post("/api/auth/second-factor/confirm/", new { code = "123456" })).ShouldBe(400);
        var (app, codes) = await house.SetUpSecondFactor(ana);
        (await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(400, "one can't be put in the place of another");
        (await house.Finish(await house.Challenge("ana"), codes[0])).ShouldBe(200);
        house.NextCode();
        (await ana.Post("/api/auth/second-factor/remove/", new { password = "wrong-horse-7", code = house.Code(app) })).ShouldBe(400);
        (await ana.Post("/api/auth/second-factor/remove/", new { password = Caller.Password, code = "" })).ShouldBe(400);
        (await ana.Post("/api/auth/second-factor/remove/", new { password = Caller.Password, code = house.Code(app) })).ShouldBe(204);
        await house.Enter("ana");
        ((int)(await ana.Get("/api/auth/second-factor/"))["recovery_codes_left"]!).ShouldBe(0);
        (await ana.Post("/api/auth/second-factor/remove/", new { password = Caller.Password, code = codes[1] })).ShouldBe(400);

        var mails = await house.Services.GetRequiredService<Convene.Server.Features.Mail.ReadSentMail>().Handle();
        mails.Select(m => m.Mail.Subject).Reverse().Skip(1).ShouldBe(["Second factor switched on", "A recovery code was used", "Second factor switched off"]);
        mails[0].Mail.Text.ShouldContain("Monday, 4 March 2030, 09:00 (UTC)");
        mails[0].Mail.Text.ShouldNotContain(codes[0]);
        var boss = await house.SignUpAdmin("boss");
        (await boss.Audit("&kind=account")).Where(l => l.Contains("factor", StringComparison.Ordinal) || l.Contains("recovery", StringComparison.Ordinal)).Reverse()
            .ShouldBe(["account.second_factor_added ana: – → –", "account.recovery_code_used ana: – → –", "account.second_factor_removed ana: – → –"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_database_tells_neither_secrets_nor_codes(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var begun = (await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200);
        var app = new CodeApp((string)begun["key"]!);
        var codes = (await ana.Post("/api/auth/second-factor/confirm/", new { code = house.Code(app) })).ShouldBe(200)["recovery_codes"]!.AsArray();
        var challenge = await house.Challenge("ana");
        var store = house.Services.GetRequiredService<Store>();
        var stored = string.Concat(await store.Read(async tx => (IReadOnlyList<string>)
        [
            .. await tx.Query<string>("SELECT secret FROM totp_factors"), .. await tx.Query<string>("SELECT hash FROM recovery_codes"), .. await tx.Query<string>("SELECT hash FROM challenges"),
        ]));
        stored.ShouldNotContain((string)begun["key"]!);
        stored.ShouldNotContain(challenge);
        stored.ShouldNotContain(((string)codes[0]!).Replace("-", "", StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_another_signing_key_recovery_codes_still_work(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, codes) = await house.SetUpSecondFactor(ana);
        var store = house.Services.GetRequiredService<Store>();
        await store.WriteAlways(tx => tx.Execute("UPDATE signing_keys SET secret = 'another-key-another-key-another-k'"));
        await using var again = await house.AnotherNode();
        again.NextCode();
        (await again.Finish(await again.Challenge("ana"), again.Code(app))).ShouldBe(401);
        (await again.Finish(await again.Challenge("ana"), codes[0])).ShouldBe(200);
    }
}
