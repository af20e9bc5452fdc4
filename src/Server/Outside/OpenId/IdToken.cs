using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Convene.Server.Outside.OpenId;

/// Reads a provider's ID token and believes it only if all of OpenID Connect Core §3.1.3.7 holds. Pure: what is known is passed in.
public static class IdToken
{
    private const int Longest = 32 * 1024;
    private const int LongestSubject = 255;

    // Clocks differ; and a token is made for this sign-in, not found somewhere later.
    private static readonly Duration Leeway = Duration.FromMinutes(1);
    private static readonly Duration Oldest = Duration.FromMinutes(10);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="Nonce">What was sent along when this sign-in began.</param>
    public sealed record Expected(string Issuer, string ClientId, string Nonce, Instant Now);

    /// <exception cref="OpenIdException">It can't be believed.</exception>
    /// <exception cref="UnknownKeyException">It was signed with a key that is not among these: newer ones may have it.</exception>
    public static JsonElement Read(string token, string? accessToken, JsonWebKeys keys, Expected expected)
    {
        if (token.Length > Longest || token.Split('.') is not [var header, var payload, var signature])
            throw new OpenIdException("The ID token is no signed JWT.");
        var head = Json(header, "header");
        // The list of what we accept is ours: a token can't choose "none", or have our secret taken for a key.
        if (Text(head, "alg") is not ("RS256" or "ES256") || head.TryGetProperty("crit", out _))
            throw new OpenIdException("The ID token is not signed with RS256 or ES256, or asks for what we don't know.");
        if (!Base64Url.IsValid(signature))
            throw new OpenIdException("The ID token's signature is no base64url.");
        var algorithm = Text(head, "alg")!;
        switch (keys.Verify(Text(head, "kid"), algorithm, $"{header}.{payload}", Base64Url.DecodeFromChars(signature)))
        {
            case JsonWebKeys.Verdict.UnknownKey:
                throw new UnknownKeyException();
            case JsonWebKeys.Verdict.Bad:
                throw new OpenIdException("The ID token's signature is wrong.");
        }

        var claims = Json(payload, "payload");
        Check(claims, expected);
        if (accessToken is not null && Text(claims, "at_hash") is { } hash && hash != Half(accessToken))
            throw new OpenIdException("The ID token is not of this access token.");
        return claims;
    }

    internal static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Check(JsonElement claims, Expected expected)
    {
        if (Text(claims, "iss") != expected.Issuer)
            throw new OpenIdException("The ID token was issued by somebody else.");
        if (!IsForUs(claims, expected.ClientId))
            throw new OpenIdException("The ID token is for somebody else.");
        if (Text(claims, "nonce") is not { } nonce || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(expected.Nonce)))
            throw new OpenIdException("The ID token is not of this sign-in (nonce).");
        if (Time(claims, "exp") is not { } expires || expires + Leeway <= expected.Now)
            throw new OpenIdException("The ID token has expired.");
        if (Time(claims, "iat") is not { } issued || issued - Leeway > expected.Now || issued + Oldest < expected.Now)
            throw new OpenIdException("The ID token was not issued just now.");
        if (Time(claims, "nbf") is { } begins && begins - Leeway > expected.Now)
            throw new OpenIdException("The ID token is not good yet.");
        if (Text(claims, "sub") is not { Length: > 0 and <= LongestSubject })
            throw new OpenIdException("The ID token does not say who it is.");
    }

    /// For us and nobody besides: we know of no other audience that we trust.
    private static bool IsForUs(JsonElement claims, string client)
    {
        if (claims.TryGetProperty("azp", out _) && Text(claims, "azp") != client)
            return false;
        if (!claims.TryGetProperty("aud", out var audience))
            return false;
        if (audience.ValueKind == JsonValueKind.Array)
            return audience.GetArrayLength() == 1 && audience[0].ValueKind == JsonValueKind.String && audience[0].GetString() == client;
        return Text(claims, "aud") == client;
    }

    private static Instant? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? Instant.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    // OpenID Connect Core §3.1.3.6: the left half of the hash.
    private static string Half(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private static JsonElement Json(string part, string what)
    {
        try
        {
            if (Base64Url.IsValid(part))
            {
                using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new OpenIdException($"The ID token's {what} is no JSON.");
    }

    public sealed class UnknownKeyException : Exception;
}
