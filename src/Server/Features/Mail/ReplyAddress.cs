using System.Security.Cryptography;
using System.Text;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Features.Mail;

/// The address that calendar programs answer an invitation to: one for each recipient and UID, so that whoever writes to it proves that they got that invitation.
/// Nothing of it is stored (docs/decisions/0018).
public sealed class ReplyAddress(Jwt jwt, Settings settings)
{
    private const string Purpose = "reply";

    // 100 bits. Small letters and digits, since mail servers may change the case; with the name and "+" in front it has to fit into 64 characters (RFC 5321 §4.5.3.1.1).
    private const int TagLength = 20;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public const int LongestName = 64 - 1 - TagLength;

    /// Null where no mail is taken in.
    /// <param name="uid">In the recipient's calendar: a meeting's id, or a series'.</param>
    public string? For(string uid, string email) => settings.InboundMailAddress is { } address ? $"{address.User}+{Tag(uid, email)}@{address.Host}" : null;

    /// Whether one of these is the address that this person was to answer to.
    public bool IsAmong(IEnumerable<string> recipients, string uid, string email)
    {
        if (For(uid, email) is not { } own)
            return false;
        var expected = Encoding.UTF8.GetBytes(own.ToLowerInvariant());
        return recipients.Any(r => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(r.ToLowerInvariant()), expected));
    }

    private string Tag(string uid, string email)
    {
        var secret = jwt.Derive(Purpose, $"{uid}:{email.ToLowerInvariant()}");
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(secret);
        return string.Create(TagLength, bytes, static (tag, octets) =>
        {
            var (bits, count, next) = (0, 0, 0);
            for (var i = 0; i < tag.Length; i++)
            {
                if (count < 5)
                    (bits, count) = (bits << 8 | octets[next++], count + 8);
                count -= 5;
                tag[i] = Alphabet[bits >> count & 31];
                bits &= (1 << count) - 1;
            }
        });
    }
}
