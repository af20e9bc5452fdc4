using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// Codes by the clock (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, 30 seconds: what every app makes.
public static class Totp
{
    public const int Digits = 6;
    public const int SecretBytes = 20;

    /// A code of the step before or after is taken too: clocks differ, and people type.
    public const int Window = 1;

    private const int StepSeconds = 30;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long Step(Instant now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The apps know SHA-1 only; as an HMAC it is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        // RFC 4226 §5.3: four bytes from where the last half-byte says, without the sign.
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// The step that this code is of; null: it is of none near now.
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, Instant now)
    {
        var typed = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = Step(now) - Window; step <= Step(now) + Window; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(Code(secret, step))))
                found = step;
        }

        return found;
    }

    /// RFC 4648, without padding: as apps take it.
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5)
                text.Append(Base32Letters[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        return held > 0 ? text.Append(Base32Letters[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }

    /// What stands in the QR code.
    public static string Uri(string issuer, string account, string secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={secret}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
