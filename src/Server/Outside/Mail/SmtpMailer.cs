using System.Net;
using System.Net.Mail;

namespace Convene.Server.Outside.Mail;

/// Sends through an SMTP server; STARTTLS and a login where configured.
public sealed class SmtpMailer(MailAddress from, string domain, Settings.SmtpSettings smtp) : Mailer(from, domain)
{
    /// A server that takes longer is treated as down; the mail is tried again.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override string Description => $"SMTP {smtp.Host}:{smtp.Port}{(smtp.StartTls ? " with STARTTLS" : "")}";

    public override async Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = Message(mail);
        using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.StartTls };
        if (smtp.User is not null)
            client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The SMTP server did not finish within {Patience.TotalSeconds:0} seconds.", e);
        }
        catch (SmtpFailedRecipientException e) when ((int)e.StatusCode is >= 500 and < 600)
        {
            throw new RecipientRefusedException(e.Message, e);
        }
    }
}
