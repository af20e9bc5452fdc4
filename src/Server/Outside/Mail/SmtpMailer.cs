using System.Net.Mail;

namespace Convene.Server.Outside.Mail;

/// Sends through an SMTP server; TLS and a login where configured.
public sealed class SmtpMailer(MailAddress from, string domain, Settings.SmtpSettings smtp) : Mailer(from, domain)
{
    /// A server that takes longer is treated as down; the mail is tried again.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public override string Description => $"SMTP {smtp.Host}:{smtp.Port}{(smtp.StartTls ? " with STARTTLS" : smtp.ImplicitTls ? " with TLS" : "")}";

    public override async Task<bool> Send(OutgoingMail mail, Func<Task<bool>> mayGo, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var message = await Bytes(mail, limit.Token);
            await using var session = await SmtpSession.Open(smtp, Domain, limit.Token);
            return await session.Send(From.Address, mail.To.Email, message, mayGo, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The SMTP server did not finish within {Patience.TotalSeconds:0} seconds.", e);
        }
    }
}
