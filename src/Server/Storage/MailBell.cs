namespace Convene.Server.Storage;

/// Rung when a committed transaction owes mail.
public sealed class MailBell : Bell;
