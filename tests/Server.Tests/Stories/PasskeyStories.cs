using System.Buffers.Text;
using Convene.Server.Features.Mail;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Signing in with what a device keeps.
public sealed class PasskeyStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_passkey_is_added_signs_in_and_is_removed(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var isRsa in (bool[])[false, true])
        {
            var device = new PasskeyDevice(isRsa);
            var id = await Add(ana, device);
            var caller = house.Somebody();
            var reply = (await SignIn(house, device, caller)).ShouldBe(200);
            (await AccountLogin.Of(caller, reply).Alive(house)).ShouldBe(AccountLogin.All);
            ((string)(await ana.Get("/api/auth/passkeys/")).Json!.AsArray().Single(p => (long)p!["id"]! == id)!["last_used_at"]!).ShouldBe("2030-03-04T09:00:00Z");
            var ben = await house.SignUp($"ben{isRsa}".ToLowerInvariant());
            (await ben.Delete($"/api/auth/passkeys/{id}/")).ShouldBe(404);
            (await ana.Delete($"/api/auth/passkeys/{id}/")).ShouldBe(204);
            (await SignIn(house, device)).ShouldBeUnauthorized();
        }

        (await ana.Get("/api/auth/passkeys/")).ShouldBe(200).Text.ShouldBe("[]");
        var mails = await house.Services.GetRequiredService<ReadSentMail>().Handle();
        mails.Where(m => m.Mail.To.Email == ana.Email).Select(m => m.Mail.Subject).Reverse().Skip(1).ShouldBe(["New passkey", "Passkey removed", "New passkey", "Passkey removed"]);
        var boss = await house.SignUpAdmin("boss");
        (await boss.Audit("&kind=account.passkey_added")).ShouldBe([.. Enumerable.Repeat("""account.passkey_added ana: – → {"name":"Phone"}""", 2)]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_that_verifies_its_user_counts_as_both_factors_and_another_as_one(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var device = new PasskeyDevice();
        await Add(ana, device);
        device.UserVerified = false;
        (await SignIn(house, device)).ShouldBe(200, "there is no second factor yet");
        var (app, _) = await house.SetUpSecondFactor(ana);
        device.UserVerified = true;
        (await SignIn(house, device)).ShouldBe(200);
        device.UserVerified = false;
        var asked = (await SignIn(house, device)).ShouldBeUnauthorized();
        ((string)asked["code"]!).ShouldBe("second_factor_required");
        house.NextCode();
        (await house.Finish((string)asked["challenge"]!, house.Code(app))).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_shown_once_is_worth_nothing_again(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var device = new PasskeyDevice { Count = 1 };
        await Add(ana, device);
        device.Count = 2;
        var shown = device.Show(await Challenge(house));
        (await house.Somebody().Post("/api/auth/login/passkey/", shown)).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/login/passkey/", shown)).ShouldBeUnauthorized();
        // A copy of the device has not counted what the original did.
        (await SignIn(house, device)).ShouldBe(401, "the same count");
        device.Count = 1;
        (await SignIn(house, device)).ShouldBe(401, "an older count");
        device.Count = 0;
        (await SignIn(house, device)).ShouldBe(401, "no count, after it did count");
        device.Count = 3;
        (await SignIn(house, device)).ShouldBe(200);

        var late = await Challenge(house);
        house.Clock.Advance(Duration.FromMinutes(5));
        device.Count = 4;
        (await house.Somebody().Post("/api/auth/login/passkey/", device.Show(late))).ShouldBe(401);
        // A deactivated account's passkey opens nothing.
        var boss = await house.SignUpAdmin("boss");
        (await boss.Patch($"/api/admin/people/{ana.Id}/", new { is_active = false })).ShouldBe(200);
        (await SignIn(house, device)).ShouldBe(401);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_only_asks_for_a_challenge_fills_no_table(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var device = new PasskeyDevice();
        await Add(ana, device);
        var asked = new List<string>();
        for (var n = 0; n < 20; n++)
            asked.Add(await Challenge(house));
        asked.Distinct().Count().ShouldBe(20);
        (await house.Somebody().Post("/api/auth/login/passkey/", new PasskeyDevice { UserHandle = device.UserHandle }.Show(asked[0]))).ShouldBeUnauthorized();
        (await Kept(house)).ShouldBe(0);
        var shown = device.Show(asked[1]);
        (await house.Somebody().Post("/api/auth/login/passkey/", shown)).ShouldBe(200);
        (await Kept(house)).ShouldBe(1, "that it was used, until it would have ended by itself");
        // Of parallel uses of one exactly one wins.
        var same = device.Show(asked[2]);
        (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Somebody().Post("/api/auth/login/passkey/", same)))).Count(r => r.Status == 200).ShouldBe(1);
        house.Clock.Advance(Duration.FromMinutes(6));
        await house.Services.GetRequiredService<Convene.Server.Features.Accounts.ForgetOldSignIns>().Handle(CancellationToken.None);
        (await Kept(house)).ShouldBe(0);
    }

    private static Task<long> Kept(TestHouse house) => house.Services.GetRequiredService<Convene.Server.Storage.Store>().Read(tx => tx.One<long>("SELECT count(*) FROM challenges"));

    public static TheoryData<string, Action<PasskeyDevice>> Lies => new()
    {
        { "a page of somebody else's", d => d.Origin = "https://evil.example.com" },
        { "a page below ours", d => d.Origin = "http://login.convene.example.com" },
        { "the same page with TLS", d => d.Origin = "https://convene.example.com" },
        { "another port", d => d.Origin = "http://convene.example.com:8080" },
        { "inside somebody else's page", d => d.CrossOrigin = true },
        { "a key for another domain", d => d.RpId = "example.com" },
        { "nobody was there", d => d.UserPresent = false },
        { "something else was signed", d => d.Type = "payment.get" },
    };

    [Theory, MemberData(nameof(Lies))]
    public async Task What_is_not_as_it_must_be_is_refused_when_shown_and_when_made(string lie, Action<PasskeyDevice> change)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var device = new PasskeyDevice();
        await Add(ana, device);
        change(device);
        ((string)(await SignIn(house, device)).ShouldBeUnauthorized()["code"]!).ShouldBe("passkey_wrong", lie);
        var other = new PasskeyDevice();
        change(other);
        (await ana.Post("/api/auth/passkeys/", other.Make(await Begin(ana, other)))).ShouldBe(400, lie);
        (await ana.Get("/api/auth/passkeys/")).Json!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_shown_must_be_whole_and_of_the_account_it_says()
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var (device, bens) = (new PasskeyDevice(), new PasskeyDevice());
        await Add(ana, device);
        await Add(ben, bens);
        foreach (var (what, change) in ((string, Action<Dictionary<string, string>>)[])
        [
            ("another account", s => s["user_handle"] = bens.UserHandle),
            ("another key's name", s => s["credential_id"] = bens.CredentialId),
            ("an unknown key", s => s["credential_id"] = new PasskeyDevice().CredentialId),
            ("no signature", s => s["signature"] = "AA"),
            ("short data", s => s["authenticator_data"] = "AAAA"),
            ("no client data", s => s["client_data_json"] = Base64Url.EncodeToString("nonsense"u8)),
            ("a number for a challenge", s => s["client_data_json"] = Base64Url.EncodeToString("""{"type":"webauthn.get","challenge":1}"""u8)),
            ("changed data", s => s["authenticator_data"] = Flip(s["authenticator_data"])),
            ("a changed signature", s => s["signature"] = Flip(s["signature"])),
        ])
        {
            var shown = device.Show(await Challenge(house));
            change(shown);
            (await house.Somebody().Post("/api/auth/login/passkey/", shown)).ShouldBe(401, what);
        }

        (await house.Somebody().Post("/api/auth/login/passkey/", new { credential_id = "+/" })).ShouldBe(400).Error("credential_id").ShouldContain("base64url");
        // A challenge for adding one is none for signing in, nor the other way round; nor somebody else's.
        (await house.Somebody().Post("/api/auth/login/passkey/", device.Show(await Begin(ana, new PasskeyDevice())))).ShouldBe(401);
        (await ana.Post("/api/auth/passkeys/", new PasskeyDevice().Make(await Challenge(house)))).ShouldBe(400);
        (await ana.Post("/api/auth/passkeys/", new PasskeyDevice().Make(await Begin(ben, new PasskeyDevice())))).ShouldBe(400);
        // A key that is somebody's stays theirs.
        (await ben.Post("/api/auth/passkeys/", device.Make(await Begin(ben, new PasskeyDevice())))).ShouldBe(400);
        (await ana.Post("/api/auth/passkeys/options/", new { password = "wrong-horse-7" })).ShouldBe(400).Error("password").ShouldNotBeEmpty();
        var attested = new PasskeyDevice { Format = "packed" };
        (await ana.Post("/api/auth/passkeys/", attested.Make(await Begin(ana, attested)))).ShouldBe(400);
        (await SignIn(house, device)).ShouldBe(200);
    }

    private static async Task<string> Begin(Caller who, PasskeyDevice device)
    {
        var options = (await who.Post("/api/auth/passkeys/options/", new { password = Caller.Password })).ShouldBe(200);
        ((string)options["rp_id"]!).ShouldBe("convene.example.com");
        device.UserHandle = (string)options["user_handle"]!;
        return (string)options["challenge"]!;
    }

    private static async Task<long> Add(Caller who, PasskeyDevice device) =>
        (long)(await who.Post("/api/auth/passkeys/", device.Make(await Begin(who, device)))).ShouldBe(201)["id"]!;

    private static async Task<string> Challenge(TestHouse house) =>
        (string)(await house.Somebody().Post("/api/auth/login/passkey/options/")).ShouldBe(200)["challenge"]!;

    private static async Task<Reply> SignIn(TestHouse house, PasskeyDevice device, Caller? with = null) =>
        await (with ?? house.Somebody()).Post("/api/auth/login/passkey/", device.Show(await Challenge(house)));

    private static string Flip(string base64)
    {
        var bytes = Base64Url.DecodeFromChars(base64);
        bytes[^1] ^= 1;
        return Base64Url.EncodeToString(bytes);
    }
}
