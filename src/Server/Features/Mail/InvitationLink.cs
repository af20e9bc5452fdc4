using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Convene.Server.Features.Accounts;

namespace Convene.Server.Features.Mail;

/// The secret in a mailed invitation's link: it names the meeting, and proves that its holder got the mail of that address. Nothing of it is stored.
public sealed class InvitationLink(Jwt jwt, Settings settings)
{
    private const string Purpose = "rsvp";

    /// Behind the '#' it stays in the browser: servers and proxies on the way log paths and queries, never fragments.
    public string Url(string meeting, string email) => $"{settings.PublicUrl.ToString().TrimEnd('/')}/rsvp#token={Token(meeting, email)}";

    /// The meeting's id, if the token has the form of one.
    public static string? Meeting(string token)
    {
        Span<byte> id = stackalloc byte[16];
        return token.Split('.') is [{ Length: 22 } name, _] && Base64Url.IsValid(name) && Base64Url.TryDecodeFromChars(name, id, out var length) && length == id.Length
            ? new Guid(id, bigEndian: true).ToString()
            : null;
    }

    public bool IsFor(string token, string meeting, string email) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(meeting, email)));

    private string Token(string meeting, string email)
    {
        var id = Base64Url.EncodeToString(Guid.Parse(meeting).ToByteArray(bigEndian: true));
        return $"{id}.{jwt.Derive(Purpose, $"{meeting}:{email.ToLowerInvariant()}")}";
    }
}
