using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Convene.Server.Tests.Peers;

/// A device that keeps one passkey, and the browser before it. Stories make it lie.
public sealed class PasskeyDevice
{
    private readonly ECDsa ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA? rsa;
    private readonly byte[] credential = RandomNumberGenerator.GetBytes(32);

    public PasskeyDevice(bool isRsa = false) => rsa = isRsa ? RSA.Create(2048) : null;

    public string RpId { get; set; } = "convene.example.com";

    public string Origin { get; set; } = "http://convene.example.com";

    public bool? CrossOrigin { get; set; } = false;

    public bool UserPresent { get; set; } = true;

    public bool UserVerified { get; set; } = true;

    public uint Count { get; set; }

    public string UserHandle { get; set; } = "";

    public string Format { get; set; } = "none";

    /// Puts another type into what the browser signs.
    public string? Type { get; set; }

    public string CredentialId => Base64Url.EncodeToString(credential);

    /// The body of the second step of adding it.
    public object Make(string challenge, string name = "Phone") => new
    {
        name, client_data_json = Base64Url.EncodeToString(ClientData("webauthn.create", challenge)), attestation_object = Base64Url.EncodeToString(Attestation()),
    };

    /// The body of the second step of signing in.
    public Dictionary<string, string> Show(string challenge)
    {
        var client = ClientData("webauthn.get", challenge);
        var data = Data(flags: 0);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = rsa?.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? ec.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new(StringComparer.Ordinal)
        {
            ["credential_id"] = CredentialId, ["client_data_json"] = Base64Url.EncodeToString(client), ["authenticator_data"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature), ["user_handle"] = UserHandle,
        };
    }

    private byte[] ClientData(string type, string challenge) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type = Type ?? type, challenge, origin = Origin, crossOrigin = CrossOrigin });

    private byte[] Attestation()
    {
        byte[] data = [.. Data(flags: 0x40), .. new byte[16], 0, (byte)credential.Length, .. credential, .. PublicKey()];
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical, convertIndefiniteLengthEncodings: true);
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString(Format);
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private byte[] Data(byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(RpId)).CopyTo(data, 0);
        data[32] = (byte)(flags | (UserPresent ? 1 : 0) | (UserVerified ? 4 : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), Count);
        return data;
    }

    private byte[] PublicKey()
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(rsa is null ? 5 : 4);
        Number(writer, 1, rsa is null ? 2 : 3);
        Number(writer, 3, rsa is null ? -7 : -257);
        if (rsa?.ExportParameters(false) is { } r)
        {
            Bytes(writer, -1, r.Modulus!);
            Bytes(writer, -2, r.Exponent!);
        }
        else
        {
            var point = ec.ExportParameters(false).Q;
            Number(writer, -1, 1);
            Bytes(writer, -2, point.X!);
            Bytes(writer, -3, point.Y!);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static void Number(CborWriter writer, int label, int value)
    {
        writer.WriteInt32(label);
        writer.WriteInt32(value);
    }

    private static void Bytes(CborWriter writer, int label, byte[] value)
    {
        writer.WriteInt32(label);
        writer.WriteByteString(value);
    }
}
