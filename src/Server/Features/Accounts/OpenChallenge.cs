using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// A challenge for whom nobody knows yet: nothing is kept of it until it is answered, so that asking for many fills no table. It says itself until when it is good,
/// under our signature; who answers it uses it up (ChallengeRows.Use).
public static class OpenChallenge
{
    private const int RandomBytes = 32;
    private const int SaidBytes = RandomBytes + sizeof(long);

    /// <param name="about">What else it stands for; must be the same when it is answered.</param>
    public static string New(Jwt jwt, string purpose, string about, Instant until)
    {
        Span<byte> said = stackalloc byte[SaidBytes];
        RandomNumberGenerator.Fill(said[..RandomBytes]);
        BinaryPrimitives.WriteInt64BigEndian(said[RandomBytes..], until.ToUnixTimeMilliseconds());
        return Base64Url.EncodeToString([.. said, .. Signature(jwt, purpose, about, said)]);
    }

    /// Until when it is good. Null: it is not ours, was for something else, or it is too late.
    public static Instant? Until(Jwt jwt, string challenge, string purpose, string about, Instant now)
    {
        if (!Base64Url.IsValid(challenge) || Base64Url.DecodeFromChars(challenge) is not { Length: > SaidBytes } bytes)
            return null;
        var said = bytes.AsSpan(0, SaidBytes);
        // In this one spelling: in another it would not be known as used up.
        if (Base64Url.EncodeToString(bytes) != challenge || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SaidBytes), Signature(jwt, purpose, about, said)))
            return null;
        var until = Instant.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(said[RandomBytes..]));
        return until > now ? until : null;
    }

    private static byte[] Signature(Jwt jwt, string purpose, string about, ReadOnlySpan<byte> said) =>
        Base64Url.DecodeFromChars(jwt.Derive($"challenge {purpose}", $"{Base64Url.EncodeToString(said)}:{about}"));
}
