using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Convene.Server.Features.Passkeys;

/// Checks what a browser says of a passkey (W3C Web Authentication level 2, §7.1 and §7.2). Pure. No attestation is asked for:
/// which make a device is does not decide who may come in.
public static class WebAuthn
{
    public const long Es256 = -7;
    public const long Rs256 = -257;

    private const int HashBytes = 32;
    private const int FixedBytes = HashBytes + 1 + 4;
    private const int AaguidBytes = 16;
    private const int LongestCredentialId = 1023;
    private const int LeastRsaBytes = 256;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="RpId">The domain that passkeys are for.</param>
    /// <param name="Origin">Of the pages that may use them.</param>
    public sealed record Party(string RpId, string Origin);

    /// <param name="PublicKey">SubjectPublicKeyInfo.</param>
    public sealed record NewKey(byte[] CredentialId, long Algorithm, byte[] PublicKey, uint SignCount, bool UserVerified);

    /// <param name="UserVerified">By fingerprint, face or PIN of the device: then it shows two things at once.</param>
    public sealed record Shown(uint SignCount, bool UserVerified);

    /// The challenge that the browser signed over; null: it is no client data. Only then is it looked up, and everything else checked.
    public static string? Challenge(byte[] clientData) => ReadClientData(clientData) is { } data ? Text(data, "challenge") : null;

    /// A new passkey (§7.1); null: something about it is not as it must be.
    public static NewKey? Register(byte[] clientData, byte[] attestationObject, string challenge, Party party)
    {
        if (!IsClientData(clientData, "webauthn.create", challenge, party) || AuthenticatorData(attestationObject) is not { } data)
            return null;
        if (Flags(data, party) is not { } flags || !flags.HasFlag(Flag.Credential))
            return null;
        var rest = data.AsSpan(FixedBytes);
        if (rest.Length < AaguidBytes + 2)
            return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[AaguidBytes..]);
        rest = rest[(AaguidBytes + 2)..];
        if (length is 0 or > LongestCredentialId || rest.Length < length)
            return null;
        var id = rest[..length].ToArray();
        return PublicKey(rest[length..].ToArray(), flags.HasFlag(Flag.Extensions)) is var (algorithm, key)
            ? new NewKey(id, algorithm, key, Count(data), flags.HasFlag(Flag.UserVerified))
            : null;
    }

    /// A passkey that is shown (§7.2); null: something is not as it must be. Whether the count may be so is for whoever knows the last one.
    public static Shown? Verify(byte[] clientData, byte[] authenticatorData, byte[] signature, string challenge, Party party, long algorithm, byte[] publicKey)
    {
        if (!IsClientData(clientData, "webauthn.get", challenge, party) || Flags(authenticatorData, party) is not { } flags)
            return null;
        byte[] text = [.. authenticatorData, .. SHA256.HashData(clientData)];
        return IsSigned(text, signature, algorithm, publicKey) ? new Shown(Count(authenticatorData), flags.HasFlag(Flag.UserVerified)) : null;
    }

    private static bool IsClientData(byte[] clientData, string type, string challenge, Party party)
    {
        if (ReadClientData(clientData) is not { } data || Text(data, "type") != type || Text(data, "origin") != party.Origin)
            return false;
        // A page of ours inside somebody else's.
        if (data.TryGetProperty("crossOrigin", out var cross) && cross.ValueKind != JsonValueKind.False)
            return false;
        return Text(data, "challenge") is { } given && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(challenge));
    }

    private static JsonElement? ReadClientData(byte[] clientData)
    {
        try
        {
            using var document = JsonDocument.Parse(clientData, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// Of an attestation object in the format "none": no statement may stand in it.
    private static byte[]? AuthenticatorData(byte[] attestationObject)
    {
        try
        {
            var reader = new CborReader(attestationObject, CborConformanceMode.Ctap2Canonical);
            byte[]? data = null;
            var isNone = false;
            for (var members = reader.ReadStartMap() ?? 0; members > 0; members--)
            {
                switch (reader.ReadTextString())
                {
                    case "fmt":
                        isNone = reader.ReadTextString() == "none";
                        break;
                    case "authData":
                        data = reader.ReadByteString();
                        break;
                    case "attStmt":
                        reader.SkipValue();
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            return isNone && reader.BytesRemaining == 0 ? data : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// Null: it is for another party, or nobody was there.
    private static Flag? Flags(byte[] data, Party party)
    {
        if (data.Length < FixedBytes || !CryptographicOperations.FixedTimeEquals(data.AsSpan(0, HashBytes), SHA256.HashData(Encoding.UTF8.GetBytes(party.RpId))))
            return null;
        var flags = (Flag)data[HashBytes];
        return flags.HasFlag(Flag.UserPresent) ? flags : null;
    }

    private static uint Count(byte[] data) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(HashBytes + 1));

    /// A COSE key (RFC 9052 §7): labels 1 (kind), 3 (algorithm), and what the kind has. Nothing may follow but extensions, if they were announced.
    private static (long Algorithm, byte[] Key)? PublicKey(byte[] cose, bool hasExtensions)
    {
        try
        {
            var reader = new CborReader(cose, CborConformanceMode.Ctap2Canonical, allowMultipleRootLevelValues: true);
            var numbers = new Dictionary<long, long>();
            var texts = new Dictionary<long, byte[]>();
            for (var members = reader.ReadStartMap() ?? 0; members > 0; members--)
            {
                var label = reader.ReadInt64();
                if (reader.PeekState() == CborReaderState.ByteString)
                    texts[label] = reader.ReadByteString();
                else
                    numbers[label] = reader.ReadInt64();
            }

            reader.ReadEndMap();
            if (hasExtensions)
                reader.SkipValue();
            return reader.BytesRemaining == 0 ? Key(numbers, texts) : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or CryptographicException)
        {
            return null;
        }
    }

    private static (long Algorithm, byte[] Key)? Key(Dictionary<long, long> numbers, Dictionary<long, byte[]> texts)
    {
        const long Kind = 1, Algorithm = 3, Elliptic = 2, Rsa = 3, P256 = 1;
        switch (numbers.GetValueOrDefault(Kind), numbers.GetValueOrDefault(Algorithm))
        {
            case (Elliptic, Es256) when numbers.GetValueOrDefault(-1) == P256 && texts.GetValueOrDefault(-2) is { Length: 32 } x && texts.GetValueOrDefault(-3) is { Length: 32 } y:
                using (var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }))
                    return (Es256, ec.ExportSubjectPublicKeyInfo());
            case (Rsa, Rs256) when texts.GetValueOrDefault(-1) is { Length: >= LeastRsaBytes and <= 1024 } n && texts.GetValueOrDefault(-2) is { Length: > 0 and <= 8 } e:
                using (var rsa = RSA.Create(new RSAParameters { Modulus = n, Exponent = e }))
                    return (Rs256, rsa.ExportSubjectPublicKeyInfo());
            default:
                return null;
        }
    }

    private static bool IsSigned(byte[] text, byte[] signature, long algorithm, byte[] publicKey)
    {
        if (algorithm == Rs256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(publicKey, out _);
        return ec.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [Flags]
    private enum Flag
    {
        UserPresent = 1,
        UserVerified = 4,
        Credential = 64,
        Extensions = 128,
    }
}
