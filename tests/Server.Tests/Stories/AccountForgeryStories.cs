using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Only what we signed, as we sign it, is a token; and what we sign is a token to others too.
public sealed class AccountForgeryStories
{
    private const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string OtherKey = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_tampered_token_opens_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine, $"SIGNING_KEY={Key}");
        var (_, ana) = await house.Join("ana");
        var (_, eve) = await house.Join("eve");
        var payload = AccountForger.Payload(eve.Access);
        var parts = eve.Access.Split('.');
        (await Accepts(house, AccountForger.Sign(AccountForger.Header, payload, Key))).ShouldBeTrue("the forger signs as we do");

        const string None = """{"alg":"none","typ":"JWT"}""";
        foreach (var (what, token) in ((string, string)[])
        [
            ("alg none, no signature", $"{AccountForger.Encode(None)}.{parts[1]}."),
            ("alg None", $"{AccountForger.Encode("""{"alg":"None"}""")}.{parts[1]}."),
            ("alg none, our signature", $"{AccountForger.Encode(None)}.{parts[1]}.{parts[2]}"),
            ("alg none, signed with our key", AccountForger.Sign(None, payload, Key)),
            ("another algorithm's name, signed with our key", AccountForger.Sign("""{"alg":"HS512","typ":"JWT"}""", payload, Key)),
            ("another key", AccountForger.Sign(AccountForger.Header, payload, OtherKey)),
            ("an empty key", AccountForger.Sign(AccountForger.Header, payload, "")),
            ("Ana's payload, Eve's signature", $"{parts[0]}.{ana.Access.Split('.')[1]}.{parts[2]}"),
            ("a changed payload", $"{parts[0]}.{AccountForger.Encode(payload.Replace("\"sid\":", "\"sid\":1", StringComparison.Ordinal))}.{parts[2]}"),
            ("no signature", $"{parts[0]}.{parts[1]}."),
            ("two parts", $"{parts[0]}.{parts[1]}"),
            ("four parts", $"{eve.Access}.{parts[2]}"),
            ("half a signature", eve.Access[..^20]),
            ("not base64", $"{parts[0]}.{parts[1]}.!!!"),
            ("a refresh token", eve.Refresh),
            ("signed, but no JSON", AccountForger.Sign(AccountForger.Header, "nonsense", Key)),
            ("signed, but a list", AccountForger.Sign(AccountForger.Header, "[]", Key)),
            ("signed, but null", AccountForger.Sign(AccountForger.Header, "null", Key)),
            ("signed, but empty", AccountForger.Sign(AccountForger.Header, "{}", Key)),
            ("signed, but of wrong types", AccountForger.Sign(AccountForger.Header, """{"token_type":1,"exp":"x","sid":[]}""", Key)),
        ])
            (await Accepts(house, token)).ShouldBeFalse(what);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Without_a_key_of_its_own_in_the_settings_a_house_makes_one_that_others_do_not_know(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var neighbour = await TestHouse.Open(engine);
        var (_, here) = await house.Join("ana");
        var (_, there) = await neighbour.Join("ana");
        (await Accepts(neighbour, here.Access)).ShouldBeFalse();
        (await Accepts(house, there.Access)).ShouldBeFalse();
    }

    [JwtTheory, OnSqlite, OnPostgres]
    public async Task Another_implementation_verifies_our_tokens(string engine)
    {
        await using var house = await TestHouse.Open(engine, $"SIGNING_KEY={Key}");
        var ana = await house.SignUp("ana");
        var (_, login) = await house.Enter("ana");
        var now = house.Clock.GetCurrentInstant().ToUnixTimeSeconds();

        var access = (await AccountJwt.Decode(login.Access, Key)).ShouldNotBeNull();
        ((string)access["token_type"]!).ShouldBe("access");
        ((long)access["user_id"]!).ShouldBe(ana.Id);
        ((long)access["iat"]!).ShouldBe(now);
        ((long)access["exp"]!).ShouldBe(now + (360 * 60));
        var refresh = (await AccountJwt.Decode(login.Refresh, Key)).ShouldNotBeNull();
        ((string)refresh["token_type"]!).ShouldBe("refresh");
        ((long)refresh["exp"]!).ShouldBe(now + (24 * 60 * 60));
        ((string)refresh["jti"]!).ShouldNotBe((string)access["jti"]!);
        (await AccountJwt.Header(login.Access)).ToJsonString().ShouldBe(AccountForger.Header);
        (await AccountJwt.Decode(login.Access, OtherKey)).ShouldBeNull();
    }

    [JwtTheory, OnSqlite, OnPostgres]
    public async Task A_token_of_another_implementation_with_our_key_and_claims_is_ours(string engine)
    {
        await using var house = await TestHouse.Open(engine, $"SIGNING_KEY={Key}");
        var (_, login) = await house.Join("ana");
        var claims = JsonNode.Parse(AccountForger.Payload(login.Access))!.AsObject();

        (await Accepts(house, await AccountJwt.Encode(claims, Key))).ShouldBeTrue();
        (await Accepts(house, await AccountJwt.Encode(claims, OtherKey))).ShouldBeFalse();
        (await Accepts(house, await AccountJwt.Encode(claims, Key, "HS512"))).ShouldBeFalse();
        house.Clock.Advance(Duration.FromHours(6));
        (await Accepts(house, await AccountJwt.Encode(claims, Key))).ShouldBeFalse("expired");
    }

    private static async Task<bool> Accepts(TestHouse house, string token)
    {
        var reply = await house.With($"Bearer {token}").Get("/api/auth/me/");
        reply.Status.ShouldBeOneOf(200, 401);
        return reply.Status == 200;
    }
}
