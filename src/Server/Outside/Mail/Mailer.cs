using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace Convene.Server.Outside.Mail;

/// The way out for mail: to an SMTP server, or into a folder.
public abstract class Mailer(MailAddress from, string domain)
{
    protected MailAddress From => from;

    protected string Domain => domain;

    public abstract string Description { get; }

    /// <param name="mail">What to send.</param>
    /// <param name="mayGo">Asked at the last moment at which the mail can still be kept back.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <returns>False: it was kept back.</returns>
    public abstract Task<bool> Send(OutgoingMail mail, Func<Task<bool>> mayGo, CancellationToken cancel);

    /// The mail as RFC 5322 text, 7 bit.
    protected async Task<byte[]> Bytes(OutgoingMail mail, CancellationToken cancel)
    {
        // The framework writes a message only to a server or into a folder: a folder it is, for a moment.
        var folder = Directory.CreateTempSubdirectory("convene-mail-");
        try
        {
            using var message = Message(mail);
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
            await client.SendMailAsync(message, cancel);
            var bytes = await File.ReadAllBytesAsync(folder.GetFiles().Single().FullName, cancel);
            return bytes[EnvelopeLength(bytes)..];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// The lines before the message that tell sender and receiver to a mail server that collects such files.
    private static int EnvelopeLength(ReadOnlySpan<byte> message)
    {
        var length = 0;
        while (message[length..].StartsWith("X-Sender:"u8) || message[length..].StartsWith("X-Receiver:"u8))
        {
            do
                length += message[length..].IndexOf((byte)'\n') + 1;
            while (message[length] is (byte)' ' or (byte)'\t');
        }

        return length;
    }

    /// text, HTML and calendar as alternatives, the calendar attached once more: Outlook and Gmail show buttons for the inline part
    /// (its method must be named in the content type), other programs open the attachment.
    private MailMessage Message(OutgoingMail mail)
    {
        var message = new MailMessage
        {
            From = mail.SenderName is null ? from : new MailAddress(from.Address, Name($"{mail.SenderName} via {SenderName}"), Encoding.UTF8),
            Subject = OneLine(new string([.. mail.Subject.Select(c => char.IsControl(c) ? ' ' : c)])),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.To.Email, Name(mail.To.Name), Encoding.UTF8));
        if (mail.ReplyTo is { } reply)
            message.ReplyToList.Add(new MailAddress(reply.Email, Name(reply.Name), Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{mail.Id}@{domain}>");
        // RFC 3834: no "out of office" answers to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");

        message.AlternateViews.Add(View(mail.Text, new ContentType("text/plain; charset=utf-8")));
        message.AlternateViews.Add(View(mail.Html, new ContentType("text/html; charset=utf-8")));
        if (mail.Calendar is { } calendar)
        {
            message.AlternateViews.Add(View(calendar.Ics, new ContentType($"text/calendar; charset=utf-8; method={calendar.Method}")));
            // Not text/calendar again: some programs would process the invitation twice.
            var file = new Attachment(Stream(calendar.Ics), new ContentType("application/ics; name=invite.ics")) { TransferEncoding = TransferEncoding.Base64 };
            file.ContentDisposition!.FileName = "invite.ics";
            message.Attachments.Add(file);
        }

        return message;
    }

    private string SenderName => from.DisplayName is { Length: > 0 } name ? name : "Convene";

    private static AlternateView View(string text, ContentType type) => new(Stream(text), type) { TransferEncoding = TransferEncoding.Base64 };

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// System.Net.Mail quotes a display name without escaping what is in it: a name with a quotation mark could go on as an address.
    private static string Name(string name) =>
        OneLine(new string([.. name.Select(c => char.IsControl(c) || c is '"' or '\\' or '<' or '>' ? ' ' : c)]));

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
