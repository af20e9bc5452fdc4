namespace Convene.Server.Outside.Mail;

/// A mail as it goes out.
/// <param name="Id">Of its Message-ID: the same however often it is sent.</param>
/// <param name="ReplyTo">Whoever should get a person's answer, if that is not the sender.</param>
public sealed record OutgoingMail(
    string Id, MailParty To, MailParty? ReplyTo, string? SenderName, string Subject, string Text, string Html, CalendarPart? Calendar);

public sealed record MailParty(string Email, string Name);

/// <param name="Method">iTIP method: mail programs show buttons for REQUEST (RFC 6047).</param>
public sealed record CalendarPart(string Method, string Ics);
