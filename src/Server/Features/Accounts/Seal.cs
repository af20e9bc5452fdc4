using System.Security.Cryptography;
using System.Text;

namespace Convene.Server.Features.Accounts;

/// Closes secrets that have to be read again, so that the database alone does not tell them: AES-256-GCM with a key of its own, derived from the signing key.
public sealed class Seal(string signingKey)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(signingKey), 32, info: "convene secrets at rest"u8.ToArray());

    /// <param name="about">Whose and what it is: a sealed text that was moved elsewhere can't be opened there.</param>
    public string Close(ReadOnlySpan<byte> secret, string about)
    {
        var closed = new byte[NonceBytes + secret.Length + TagBytes];
        var nonce = closed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, secret, closed.AsSpan(NonceBytes, secret.Length), closed.AsSpan(NonceBytes + secret.Length), Encoding.UTF8.GetBytes(about));
        return Convert.ToBase64String(closed);
    }

    /// Null: it was closed with another signing key, for something else, or was changed.
    public byte[]? Open(string text, string about)
    {
        var closed = Convert.FromBase64String(text).AsSpan();
        var secret = new byte[closed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(closed[..NonceBytes], closed.Slice(NonceBytes, secret.Length), closed[^TagBytes..], secret, Encoding.UTF8.GetBytes(about));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
