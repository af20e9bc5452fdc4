using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace Convene.Server.Tests.Peers;

/// An OpenID provider: whoever comes is signed in there already, and sent back at once. Stories make it lie.
public sealed class OpenIdServer : IAsyncDisposable
{
    public const string ClientId = "convene";
    public const string ClientSecret = "a secret: with/odd?characters";

    private readonly ConcurrentDictionary<string, Dictionary<string, string>> codes = new(StringComparer.Ordinal);
    private readonly IClock clock;
    private WebServer server = null!;

    private OpenIdServer(IClock clock) => this.clock = clock;

    public string Issuer => server.Url.ToString().TrimEnd('/');

    /// What it says of who signs in.
    public JsonObject Person { get; set; } = new() { ["sub"] = "u-17", ["email"] = "ana@example.com", ["email_verified"] = true, ["given_name"] = "Ana", ["family_name"] = "Host" };

    /// Whether the address is told by userinfo only.
    public bool KeepsAddress { get; set; }

    /// Changes what the ID token says, before it is signed.
    public Action<JsonObject> Lies { get; set; } = _ => { };

    /// Changes the discovery document.
    public Action<JsonObject> Describes { get; set; } = _ => { };

    /// Makes the token of header and payload; null: signs with the newest key.
    public Func<JsonObject, JsonObject, string>? Signs { get; set; }

    public List<SigningKey> Keys { get; } = [SigningKey.Rsa("k1")];

    /// What userinfo says who it is; null: the truth.
    public string? OtherSubject { get; set; }

    public int KeysAsked { get; private set; }

    public string[] Settings =>
    [
        $"OIDC_ISSUER={Issuer}", $"OIDC_CLIENT_ID={ClientId}", $"OIDC_CLIENT_SECRET={ClientSecret}", "OIDC_NAME=House login", "OIDC_ALLOWED_NETWORKS=127.0.0.0/8",
    ];

    public static async Task<OpenIdServer> Start(IClock? clock = null)
    {
        var openId = new OpenIdServer(clock ?? new TestClock(TestHouse.Start));
        openId.server = await WebServer.Start(openId.Answer);
        return openId;
    }

    public string Sign(JsonObject header, JsonObject payload, SigningKey? with = null)
    {
        var text = $"{Encode(header)}.{Encode(payload)}";
        return $"{text}.{Base64Url.EncodeToString((with ?? Keys[^1]).Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                var description = new JsonObject
                {
                    ["issuer"] = Issuer, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token", ["jwks_uri"] = $"{Issuer}/keys",
                    ["userinfo_endpoint"] = $"{Issuer}/userinfo", ["authorization_response_iss_parameter_supported"] = true,
                };
                Describes(description);
                await http.Response.WriteAsync(description.ToJsonString());
                break;
            case "/keys":
                KeysAsked++;
                await http.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(k => (JsonNode)k.Public())]) }.ToJsonString());
                break;
            case "/authorize":
                Authorize(http);
                break;
            case "/token":
                await Redeem(http);
                break;
            case "/userinfo" when http.Request.Headers.Authorization == "Bearer access-1":
                var person = (JsonObject)Person.DeepClone();
                person["sub"] = OtherSubject ?? (string)person["sub"]!;
                await http.Response.WriteAsync(person.ToJsonString());
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    private void Authorize(HttpContext http)
    {
        var asked = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        if (asked["response_type"] != "code" || asked["client_id"] != ClientId || asked["code_challenge_method"] != "S256" || asked["state"].Length < 40 || asked["nonce"].Length < 40)
        {
            http.Response.StatusCode = 400;
            return;
        }

        var code = RandomNumberGenerator.GetHexString(32);
        codes[code] = asked;
        http.Response.Redirect(QueryHelpers.AddQueryString(asked["redirect_uri"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = asked["state"], ["iss"] = Issuer }));
    }

    private async Task Redeem(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"));
        // A code works once, for who has the secret and the verifier, and was sent to the same address.
        if (http.Request.Headers.Authorization != $"Basic {basic}" || form["grant_type"] != "authorization_code" || !codes.TryRemove(form["code"].ToString(), out var asked)
            || form["redirect_uri"] != asked["redirect_uri"] || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("""{"error":"invalid_grant"}""");
            return;
        }

        var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var claims = KeepsAddress ? new JsonObject { ["sub"] = (string)Person["sub"]! } : (JsonObject)Person.DeepClone();
        foreach (var (name, value) in (ReadOnlySpan<(string, JsonNode)>)[("iss", Issuer), ("aud", ClientId), ("nonce", asked["nonce"]), ("iat", now), ("exp", now + 300)])
            claims[name] = value;
        Lies(claims);
        var header = new JsonObject { ["alg"] = Keys[^1].Algorithm, ["kid"] = Keys[^1].Id, ["typ"] = "JWT" };
        var token = Signs?.Invoke(header, claims) ?? Sign(header, claims);
        await http.Response.WriteAsync(new JsonObject { ["access_token"] = "access-1", ["token_type"] = "Bearer", ["id_token"] = token }.ToJsonString());
    }

    public sealed class SigningKey
    {
        private readonly RSA? rsa;
        private readonly ECDsa? ec;

        private SigningKey(string id, RSA? rsa, ECDsa? ec) => (Id, this.rsa, this.ec) = (id, rsa, ec);

        public string Id { get; }

        public string Algorithm => rsa is null ? "ES256" : "RS256";

        public static SigningKey Rsa(string id, int bits = 2048) => new(id, RSA.Create(bits), null);

        public static SigningKey Ec(string id) => new(id, null, ECDsa.Create(ECCurve.NamedCurves.nistP256));

        public byte[] Sign(byte[] text) => rsa?.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? ec!.SignData(text, HashAlgorithmName.SHA256);

        public JsonObject Public()
        {
            if (rsa?.ExportParameters(false) is { } r)
                return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = Id, ["alg"] = "RS256", ["n"] = Base64Url.EncodeToString(r.Modulus), ["e"] = Base64Url.EncodeToString(r.Exponent) };
            var e = ec!.ExportParameters(false);
            return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = Id, ["x"] = Base64Url.EncodeToString(e.Q.X), ["y"] = Base64Url.EncodeToString(e.Q.Y) };
        }

        /// The public key's bytes, for whoever tries them as a shared secret.
        public byte[] PublicBytes() => rsa!.ExportSubjectPublicKeyInfo();
    }
}
