using System.Security.Cryptography;
using System.Text;
using Convene.ICalendar;
using Convene.Server.Features.Meetings;

namespace Convene.Server.Doors.Rest;

/// Mail that a mail server hands in. It bounces what is answered with 4xx, and tries again what is answered with 5xx.
public static class InboundMailDoor
{
    public static int Largest { get; } = MailLimits.Standard.MaxOctets;

    private static readonly string[] OtherTypes = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    public static async Task<IResult> Take(HttpContext http, TakeMail take, Settings settings)
    {
        if (settings.InboundMailSecret is not { } secret)
            return Answers.Problem(404, "This server takes in no mail: INBOUND_MAIL_SECRET is not set.");
        if (!IsAuthorized(http, secret))
            return Answers.Unauthorized("This needs the header \"Authorization: Bearer …\" with the server's INBOUND_MAIL_SECRET.");
        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (OtherTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
            return Answers.Problem(415, $"Unsupported media type \"{type}\" in request. Send the mail itself, as message/rfc822.");
        if (await Read(http) is not { } mail)
            return Answers.Problem(413, $"The mail is too large. The limit is {Largest} bytes.");
        return Answers.Of(await take.Handle(mail));
    }

    private static bool IsAuthorized(HttpContext http, string secret)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    /// Null: it is too large; it is taken in to its end all the same, for whoever is cut off while sending never sees why.
    private static async Task<byte[]?> Read(HttpContext http)
    {
        using var mail = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await http.Request.Body.ReadAsync(chunk, http.RequestAborted) is > 0 and var count)
        {
            if (mail.Length + count > Largest)
            {
                await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
                return null;
            }

            mail.Write(chunk, 0, count);
        }

        return mail.ToArray();
    }
}
