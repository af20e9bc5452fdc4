namespace Convene.Server.Tests.Peers;

/// A story in which mail goes to a real SMTP server: `[SmtpTheory, OnSqlite, OnPostgres]`.
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpTheoryAttribute : TheoryAttribute
{
    public SmtpTheoryAttribute() => Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd");
}

/// The same, and libical judges the calendars in the mail.
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmtpAndLibicalTheoryAttribute : TheoryAttribute
{
    public SmtpAndLibicalTheoryAttribute() =>
        Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd") ?? Peer.SkipUnless(Libical.IsThere, "libical", "libical3");
}
