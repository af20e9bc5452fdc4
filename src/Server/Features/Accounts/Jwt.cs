using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// JSON Web Tokens signed with HMAC-SHA256 (RFC 7515, RFC 7519): the one algorithm we issue is the one we accept.
public sealed class Jwt
{
    public const string Access = "access";
    public const string Refresh = "refresh";

    // Access tokens we issue are below 400 characters.
    private const int Longest = 2048;

    private static readonly string Header = Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8);

    private readonly byte[] key;

    public Jwt(string secret) => key = Encoding.UTF8.GetBytes(secret);

    /// <param name="SignIn">The login it belongs to.</param>
    /// <param name="Id">Different in every token.</param>
    public sealed record Claims(
        [property: JsonPropertyName("token_type")] string Type,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("jti")] string Id,
        [property: JsonPropertyName("user_id")] long UserId,
        [property: JsonPropertyName("sid")] long SignIn);

    public string Issue(string type, string id, long person, long signIn, Instant now, Duration life)
    {
        var claims = new Claims(type, (now + life).ToUnixTimeSeconds(), now.ToUnixTimeSeconds(), id, person, signIn);
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(signed))}";
    }

    /// The claims, if we signed them, they have not expired, and they are of this type; else null.
    public Claims? Read(string token, string type, Instant now)
    {
        if (token.Length > Longest || token.Split('.') is not [var header, var payload, var signature])
            return null;
        if (!Base64Url.IsValid(header) || !Base64Url.IsValid(payload) || !Base64Url.IsValid(signature))
            return null;
        if (!CryptographicOperations.FixedTimeEquals(Sign($"{header}.{payload}"), Base64Url.DecodeFromChars(signature)))
            return null;
        try
        {
            // The signature is ours, so is the payload; the header must still be the one we write (no other algorithm, ever).
            var claims = JsonSerializer.Deserialize<Claims>(Base64Url.DecodeFromChars(payload));
            return header == Header && claims is not null && claims.Type == type && claims.ExpiresAt > now.ToUnixTimeSeconds() ? claims : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// A secret derived from the key for one purpose and id: what we can compute again need not be stored.
    public string Derive(string purpose, string id) => Base64Url.EncodeToString(Sign($"{purpose}:{id}"));

    private byte[] Sign(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
