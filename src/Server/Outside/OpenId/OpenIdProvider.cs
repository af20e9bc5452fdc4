using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Convene.Server.Outside.OpenId;

/// Asks an OpenID provider who somebody is: authorization code with PKCE (OpenID Connect Core §3.1, RFC 7636, RFC 9700).
public sealed class OpenIdProvider(ProviderSettings settings, IClock clock) : IDisposable
{
    private const string Json = "application/json";

    private static readonly SafeHttp.Limits Limits = new(TimeSpan.FromSeconds(30), 256 * 1024);
    private static readonly Duration Fresh = Duration.FromHours(1);

    // A token with an unknown key makes us look for new keys; whoever sends many such tokens does not make us ask as often.
    private static readonly Duration KeysAtLeast = Duration.FromMinutes(1);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly SafeHttp http = new(settings.AllowedNetworks);
    private (Metadata What, Instant At)? metadata;
    private (JsonWebKeys What, Instant At)? keys;

    public string Issuer => settings.Issuer;

    public string Name => settings.Name;

    /// Whether who has no account here gets one.
    public bool SignUp => settings.SignUp;

    /// <param name="Email">Null: the provider names none, or does not say that it is theirs.</param>
    public sealed record Identity(string Subject, string? Email, string FirstName, string LastName, string Name);

    private sealed record Metadata(Uri Authorization, Uri Token, Uri Keys, Uri? UserInfo, bool NamesItself, bool SecretInBody);

    /// Where the browser goes.
    /// <exception cref="OpenIdException">The provider can't be asked.</exception>
    public async Task<Uri> Begin(string redirect, string state, string nonce, string verifier, CancellationToken cancel)
    {
        var at = (await Describe(cancel)).Authorization;
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var query = Form(
            ("response_type", "code"), ("client_id", settings.ClientId), ("redirect_uri", redirect), ("scope", settings.Scopes),
            ("state", state), ("nonce", nonce), ("code_challenge", challenge), ("code_challenge_method", "S256"));
        return new UriBuilder(at) { Query = at.Query.Length > 1 ? $"{at.Query[1..]}&{query}" : query }.Uri;
    }

    /// <param name="issuer">Who the browser says it comes from (RFC 9207); null: it does not say.</param>
    /// <exception cref="OpenIdException">The provider can't be asked, or can't be believed.</exception>
    public async Task<Identity> Finish(string code, string? issuer, string redirect, string nonce, string verifier, CancellationToken cancel)
    {
        var about = await Describe(cancel);
        if (issuer is null ? about.NamesItself : issuer != settings.Issuer)
            throw new OpenIdException("The answer comes from another provider.");
        var answer = await Redeem(about, code, redirect, verifier, cancel);
        var token = IdToken.Text(answer, "id_token") ?? throw new OpenIdException("The provider gave no ID token.");
        var access = IdToken.Text(answer, "access_token");
        var claims = await Believe(about, token, access, nonce, cancel);
        // Providers may keep the address for those who ask with the access token (OpenID Connect Core §5.4).
        if (!claims.TryGetProperty("email", out _) && about.UserInfo is { } where && access is not null)
            claims = await UserInfo(where, access, IdToken.Text(claims, "sub")!, cancel);
        var verified = claims.TryGetProperty("email_verified", out var value) && value.ValueKind == JsonValueKind.True;
        return new Identity(
            IdToken.Text(claims, "sub")!, verified ? IdToken.Text(claims, "email")?.ToLowerInvariant() : null,
            IdToken.Text(claims, "given_name") ?? "", IdToken.Text(claims, "family_name") ?? "", IdToken.Text(claims, "name") ?? "");
    }

    public void Dispose() => http.Dispose();

    private async Task<Metadata> Describe(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        if (metadata is { } known && now - known.At < Fresh)
            return known.What;
        var json = await Get(new Uri($"{settings.Issuer.TrimEnd('/')}/.well-known/openid-configuration"), null, cancel);
        if (IdToken.Text(json, "issuer") != settings.Issuer)
            throw new OpenIdException($"The provider calls itself {IdToken.Text(json, "issuer")}, and OIDC_ISSUER says {settings.Issuer}: they must be the same, letter by letter.");
        var methods = json.TryGetProperty("token_endpoint_auth_methods_supported", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(m => m.ToString()).ToArray() : [];
        var read = new Metadata(
            Endpoint(json, "authorization_endpoint"), Endpoint(json, "token_endpoint"), Endpoint(json, "jwks_uri"),
            json.TryGetProperty("userinfo_endpoint", out _) ? Endpoint(json, "userinfo_endpoint") : null,
            json.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True,
            methods.Contains("client_secret_post", StringComparer.Ordinal) && !methods.Contains("client_secret_basic", StringComparer.Ordinal));
        metadata = (read, now);
        return read;
    }

    private static Uri Endpoint(JsonElement json, string name) =>
        Uri.TryCreate(IdToken.Text(json, name), UriKind.Absolute, out var url) && ProviderSettings.IsSafe(url)
            ? url
            : throw new OpenIdException($"The provider's {name} is missing, or is no https address.");

    private async Task<JsonElement> Redeem(Metadata about, string code, string redirect, string verifier, CancellationToken cancel)
    {
        var form = new List<(string, string)> { ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier) };
        using var request = new HttpRequestMessage(HttpMethod.Post, about.Token);
        if (settings.ClientSecret is null || about.SecretInBody)
            form.Add(("client_id", settings.ClientId));
        if (settings.ClientSecret is { } secret && about.SecretInBody)
            form.Add(("client_secret", secret));
        else if (settings.ClientSecret is { } password)
            // RFC 6749 §2.3.1: both parts are encoded as in a form first.
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Encoded(settings.ClientId)}:{Encoded(password)}")));
        request.Content = new StringContent(Form([.. form]), new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        return await Send(request, "The provider did not take the code", cancel);
    }

    private async Task<JsonElement> Believe(Metadata about, string token, string? access, string nonce, CancellationToken cancel)
    {
        var expected = new IdToken.Expected(settings.Issuer, settings.ClientId, nonce, clock.GetCurrentInstant());
        try
        {
            return IdToken.Read(token, access, await Keys(about, Fresh, cancel), expected);
        }
        catch (IdToken.UnknownKeyException)
        {
            // It may have been made since we looked.
        }

        try
        {
            return IdToken.Read(token, access, await Keys(about, KeysAtLeast, cancel), expected);
        }
        catch (IdToken.UnknownKeyException)
        {
            throw new OpenIdException("The ID token is signed with a key that the provider does not show.");
        }
    }

    private async Task<JsonWebKeys> Keys(Metadata about, Duration atMost, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        if (keys is { } known && now - known.At < atMost)
            return known.What;
        var read = JsonWebKeys.Read(await Get(about.Keys, null, cancel));
        keys = (read, now);
        return read;
    }

    private async Task<JsonElement> UserInfo(Uri where, string access, string subject, CancellationToken cancel)
    {
        var json = await Get(where, access, cancel);
        // OpenID Connect Core §5.3.2: else it may be somebody else's.
        return IdToken.Text(json, "sub") == subject ? json : throw new OpenIdException("The provider tells of somebody else.");
    }

    private Task<JsonElement> Get(Uri url, string? access, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (access is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        return Send(request, $"The provider did not answer at {url.AbsolutePath}", cancel);
    }

    private async Task<JsonElement> Send(HttpRequestMessage request, string failure, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("Accept", Json);
        try
        {
            using (request)
            {
                var answer = await http.Send(request, Limits, cancel);
                if (answer.Status != 200)
                    throw new OpenIdException($"{failure}: status {answer.Status}.");
                using var document = JsonDocument.Parse(answer.Content, Strict);
                return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new OpenIdException($"{failure}: it is no JSON object.");
            }
        }
        catch (SafeHttpException e) when (e.Message == SafeHttpException.Private)
        {
            throw new OpenIdException($"{failure}: {e.Message} If the provider stands there, OIDC_ALLOWED_NETWORKS has to name the network.");
        }
        catch (SafeHttpException e)
        {
            throw new OpenIdException($"{failure}: {e.Message}");
        }
        catch (JsonException)
        {
            throw new OpenIdException($"{failure}: it is no JSON.");
        }
    }

    private static string Form(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(f => $"{f.Name}={Encoded(f.Value)}"));

    private static string Encoded(string value) => Uri.EscapeDataString(value);
}
