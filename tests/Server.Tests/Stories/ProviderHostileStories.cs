using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// A provider, a browser or somebody between them that lies.
public sealed class ProviderHostileStories
{
    public static TheoryData<string, Action<JsonObject>> Lies => new()
    {
        { "the nonce of another sign-in", c => c["nonce"] = new string('n', 43) },
        { "no nonce", c => c.Remove("nonce") },
        { "another issuer", c => c["iss"] = "https://evil.example.com" },
        { "the issuer with a slash", c => c["iss"] = $"{c["iss"]}/" },
        { "another audience", c => c["aud"] = "other" },
        { "an audience besides", c => c["aud"] = new JsonArray("convene", "other") },
        { "no audience", c => c.Remove("aud") },
        { "another authorized party", c => c["azp"] = "other" },
        { "expired", c => c["exp"] = (long)c["iat"]! - 61 },
        { "no expiry", c => c.Remove("exp") },
        { "expiry as text", c => c["exp"] = "4102444800" },
        { "issued long ago", c => c["iat"] = (long)c["iat"]! - 601 },
        { "issued in the future", c => c["iat"] = (long)c["iat"]! + 61 },
        { "not good yet", c => c["nbf"] = (long)c["iat"]! + 61 },
        { "nobody", c => c["sub"] = "" },
        { "a number for a name", c => c["sub"] = 17 },
        { "another access token", c => c["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA" },
    };

    [Theory, MemberData(nameof(Lies))]
    public async Task A_token_that_says_something_wrong_is_not_believed(string lie, Action<JsonObject> tell)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, provider.Settings);
        provider.Lies = tell;
        var browser = house.Somebody();
        (await house.ComesBack(browser)).ShouldBe("/login#provider=not_believed", lie);
        (await browser.Get("/api/auth/me/")).ShouldBe(401);
        // The same, without the lie.
        provider.Lies = _ => { };
        (await house.ComesBack(browser)).ShouldBe("/dashboard");
    }

    public static TheoryData<string, Func<OpenIdServer, JsonObject, JsonObject, string>> Forgeries => new()
    {
        { "alg none", (_, h, c) => { h["alg"] = "none"; return $"{OpenIdServer.Encode(h)}.{OpenIdServer.Encode(c)}."; } },
        { "alg none, signed", (p, h, c) => { h["alg"] = "none"; return p.Sign(h, c); } },
        { "alg NONE", (_, h, c) => { h["alg"] = "NONE"; return $"{OpenIdServer.Encode(h)}.{OpenIdServer.Encode(c)}."; } },
        { "HS256 with the client's secret", (_, h, c) => Shared(h, c, Encoding.UTF8.GetBytes(OpenIdServer.ClientSecret)) },
        { "HS256 with the public key", (p, h, c) => Shared(h, c, p.Keys[0].PublicBytes()) },
        { "another key of the same name", (p, h, c) => p.Sign(h, c, OpenIdServer.SigningKey.Rsa("k1")) },
        { "an unknown kid", (p, h, c) => { h["kid"] = "k9"; return p.Sign(h, c); } },
        { "an RSA key named as ES256", (p, h, c) => { h["alg"] = "ES256"; return p.Sign(h, c); } },
        { "its own key in the header", (p, h, c) => { var own = OpenIdServer.SigningKey.Rsa("k9"); (h["kid"], h["jwk"]) = ("k9", own.Public()); return p.Sign(h, c, own); } },
        { "something that must be understood", (p, h, c) => { h["crit"] = new JsonArray("exp"); return p.Sign(h, c); } },
        { "no signature", (p, h, c) => p.Sign(h, c).Split('.') is [var a, var b, _] ? $"{a}.{b}." : "" },
        { "changed afterwards", (p, h, c) => { var parts = p.Sign(h, c).Split('.'); c["sub"] = "u-1"; return $"{parts[0]}.{OpenIdServer.Encode(c)}.{parts[2]}"; } },
        { "two subjects", (p, h, c) => Signed(p, h, c.ToJsonString().Replace("\"sub\":", "\"sub\":\"u-1\",\"sub\":", StringComparison.Ordinal)) },
        { "no token", (_, _, _) => "x" },
        { "no JSON", (p, h, _) => Signed(p, h, "nonsense") },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_not_the_providers_is_not_believed(string forgery, Func<OpenIdServer, JsonObject, JsonObject, string> forge)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, provider.Settings);
        provider.Signs = (header, claims) => forge(provider, header, claims);
        (await house.ComesBack(house.Somebody())).ShouldBe("/login#provider=not_believed", forgery);
    }

    public static TheoryData<string, Action<JsonObject>> WrongDescriptions => new()
    {
        { "another name", d => d["issuer"] = "https://evil.example.com" },
        { "tokens in the open", d => d["token_endpoint"] = "http://login.example.com/token" },
        { "keys from nowhere", d => d.Remove("jwks_uri") },
        { "a page that is none", d => d["authorization_endpoint"] = "javascript:alert(1)" },
    };

    [Theory, MemberData(nameof(WrongDescriptions))]
    public async Task A_provider_that_describes_itself_wrongly_is_not_gone_to(string what, Action<JsonObject> change)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, provider.Settings);
        provider.Describes = change;
        (await house.Somebody().Get("/api/auth/provider/login/")).ShouldBe(302).Headers["Location"].ShouldBe("/login#provider=unreachable", what);
    }

    [Fact]
    public async Task A_provider_inside_is_not_asked_unless_that_is_said()
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, [.. provider.Settings, "OIDC_ALLOWED_NETWORKS=10.0.0.0/8"]);
        (await house.Somebody().Get("/api/auth/provider/login/")).ShouldBe(302).Headers["Location"].ShouldBe("/login#provider=unreachable");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_answer_is_for_the_browser_that_asked_once_and_in_time(string engine)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(engine, provider.Settings);
        // Another browser: somebody sends a link that would sign its reader in as them.
        var (ana, eve) = (house.Somebody(), house.Somebody());
        var away = (await eve.Get("/api/auth/provider/login/")).ShouldBe(302).Headers["Location"];
        (await house.Returns(ana, away)).ShouldBe("/login#provider=over");
        (await ana.Get("/api/auth/provider/login/")).ShouldBe(302);
        (await house.Returns(ana, away)).ShouldBe("/login#provider=over", "with a cookie of her own");

        // Another state, and none.
        (await house.ComesBack(ana, changed: b => b.Replace("state=", "state=x", StringComparison.Ordinal))).ShouldBe("/login#provider=over");
        (await house.ComesBack(ana, changed: b => b.Replace("state=", "estate=", StringComparison.Ordinal))).ShouldBe("/login#provider=over");
        // Another provider's answer (mix-up), or one that does not say whose it is although it said it would.
        (await house.ComesBack(ana, changed: b => b.Replace("iss=", "iss=https%3A%2F%2Fevil.example.com%2F", StringComparison.Ordinal))).ShouldBe("/login#provider=not_believed");
        (await house.ComesBack(ana, changed: b => b.Replace("iss=", "was=", StringComparison.Ordinal))).ShouldBe("/login#provider=not_believed");
        // A code of another sign-in: its verifier is not ours.
        var other = "";
        await house.ComesBack(eve, changed: b => { other = b.Split("code=")[1].Split('&')[0]; return b.Replace("code=", "code=x", StringComparison.Ordinal); });
        (await house.ComesBack(ana, changed: b => b.Replace("code=", $"code={other}&nocode=", StringComparison.Ordinal))).ShouldBe("/login#provider=not_believed");
        // The provider says no.
        (await house.ComesBack(ana, changed: b => b.Replace("code=", "error=access_denied&x=", StringComparison.Ordinal))).ShouldBe("/login#provider=denied");
        // Too late.
        away = (await ana.Get("/api/auth/provider/login/")).ShouldBe(302).Headers["Location"];
        house.Clock.Advance(Duration.FromMinutes(10));
        (await house.Returns(ana, away)).ShouldBe("/login#provider=over");
        house.Clock.Set(TestHouse.Start);

        // Twice the same.
        var back = "";
        (await house.ComesBack(ana, changed: b => back = b)).ShouldBe("/dashboard");
        var kept = $"{back.Split("state=")[1].Split('&')[0]}..{System.Buffers.Text.Base64Url.EncodeToString("/dashboard"u8)}.";
        ana.Cookies.Add(house.Url, new System.Net.Cookie("convene_provider", kept, "/api/auth/provider/"));
        (await ana.Get(back["http://convene.example.com".Length..])).ShouldBe(302).Headers["Location"].ShouldBe("/dashboard/settings/ways-in#provider=over", "signed in as she is");
        (await ana.Get("/api/auth/me/")).ShouldBe(200);
    }

    [Theory]
    [InlineData("another page", "{0}..L2Rhc2hib2FyZC9zZXR0aW5ncw.{2}")]
    [InlineData("another zone", "{0}..{1}.QXNpYS9EaGFrYQ")]
    [InlineData("another account to add it to", "{0}.1.{1}.{2}")]
    [InlineData("the state alone", "{0}")]
    [InlineData("the state in another spelling", "{0}=..{1}.{2}")]
    [InlineData("no state", "..{1}.{2}")]
    [InlineData("no number", "{0}.x.{1}.{2}")]
    public async Task What_the_browser_keeps_meanwhile_can_not_be_changed(string what, string change)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, provider.Settings);
        var ana = await house.SignUp("ana");
        foreach (var changed in (bool[])[false, true])
        {
            var browser = ana.Copy();
            var away = (await browser.Get("/api/auth/provider/login/?timezone=Europe/Berlin")).ShouldBe(302).Headers["Location"];
            var path = new Uri(house.Url, "/api/auth/provider/");
            var cookie = browser.Cookies.GetCookies(path)["convene_provider"]!;
            var parts = cookie.Value.Split('.');
            parts.Length.ShouldBe(4);
            if (changed)
                cookie.Value = string.Format(System.Globalization.CultureInfo.InvariantCulture, change, parts[0], parts[2], parts[3]);
            (await house.Returns(browser, away)).EndsWith("#provider=over", StringComparison.Ordinal).ShouldBe(changed, what);
        }
    }

    [Theory]
    [InlineData("//evil.example.com")]
    [InlineData("https://evil.example.com/dashboard")]
    [InlineData("/dashboard.evil")]
    [InlineData("/dashboard/\\evil")]
    [InlineData("/dashboard/%0d%0aSet-Cookie: x=y")]
    [InlineData("javascript:alert(1)")]
    public async Task One_comes_back_to_our_own_pages_only(string next)
    {
        await using var provider = await OpenIdServer.Start();
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine, provider.Settings);
        (await house.ComesBack(house.Somebody(), $"/api/auth/provider/login/?next={Uri.EscapeDataString(Uri.UnescapeDataString(next))}")).ShouldBe("/dashboard");
    }

    private static string Shared(JsonObject header, JsonObject claims, byte[] secret)
    {
        header["alg"] = "HS256";
        var text = $"{OpenIdServer.Encode(header)}.{OpenIdServer.Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Signed(OpenIdServer provider, JsonObject header, string payload)
    {
        var text = $"{OpenIdServer.Encode(header)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(provider.Keys[^1].Sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
