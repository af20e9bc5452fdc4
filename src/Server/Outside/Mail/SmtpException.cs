namespace Convene.Server.Outside.Mail;

/// The SMTP server did not do what was asked; the message says what it said. It never holds a secret.
public sealed class SmtpException(string message) : Exception(message)
{
    /// The reply code; 0 if there was none.
    public int Code { get; init; }
}
