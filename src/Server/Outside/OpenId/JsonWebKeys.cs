using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Convene.Server.Outside.OpenId;

/// A provider's public keys (RFC 7517): those for signatures with RS256 and ES256; others are left out.
public sealed class JsonWebKeys
{
    private const string Rs256 = "RS256";
    private const string Es256 = "ES256";
    private const int LeastRsaBytes = 256;
    private const int P256Bytes = 32;

    private readonly List<Key> keys = [];

    private sealed record Key(string? Id, string Algorithm, RSAParameters Rsa, ECParameters Ec);

    public enum Verdict
    {
        Good,
        Bad,
        UnknownKey,
    }

    /// <exception cref="OpenIdException">It is no set of keys.</exception>
    public static JsonWebKeys Read(JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new OpenIdException("The provider's keys are no JSON Web Key Set.");
        var all = new JsonWebKeys();
        foreach (var key in list.EnumerateArray())
        {
            if (key.ValueKind == JsonValueKind.Object && Read(key, out var read))
                all.keys.Add(read);
        }

        return all;
    }

    /// <param name="text">What is signed.</param>
    /// <param name="id">The token's kid; null: it names none, and there must be only one key that it can mean.</param>
    public Verdict Verify(string? id, string algorithm, string text, byte[] signature)
    {
        var fitting = keys.Where(k => k.Algorithm == algorithm && (id is null || k.Id == id)).ToArray();
        if (fitting is not [var key])
            return Verdict.UnknownKey;
        return IsGood(key, Encoding.ASCII.GetBytes(text), signature) ? Verdict.Good : Verdict.Bad;
    }

    private static bool IsGood(Key key, byte[] signed, byte[] signature)
    {
        if (key.Algorithm == Rs256)
        {
            using var rsa = RSA.Create(key.Rsa);
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ec = ECDsa.Create(key.Ec);
        return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool Read(JsonElement json, out Key key)
    {
        key = null!;
        // A key for encryption signs nothing.
        if (Text(json, "use") is { } use && use != "sig")
            return false;
        var (id, algorithm) = (Text(json, "kid"), Text(json, "alg"));
        switch (Text(json, "kty"))
        {
            case "RSA" when algorithm is null or Rs256 && Bytes(json, "n") is { Length: >= LeastRsaBytes } n && Bytes(json, "e") is { Length: > 0 } e:
                key = new Key(id, Rs256, new RSAParameters { Modulus = n, Exponent = e }, default);
                return true;
            case "EC" when algorithm is null or Es256 && Text(json, "crv") == "P-256" && Bytes(json, "x") is { Length: P256Bytes } x && Bytes(json, "y") is { Length: P256Bytes } y:
                var ec = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
                key = new Key(id, Es256, default, ec);
                return IsOnCurve(ec);
            default:
                return false;
        }
    }

    private static bool IsOnCurve(ECParameters parameters)
    {
        try
        {
            ECDsa.Create(parameters).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name) =>
        Text(json, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
