using Convene.Server.Outside.Mail;
using Convene.Server.Storage;

namespace Convene.Server.Features.Mail;

/// For whoever develops: the newest mails as their recipients see them, sent or not.
public sealed class ReadSentMail(Store store, Compose compose)
{
    public sealed record Sent(OutgoingMail Mail, string Status);

    public Task<IReadOnlyList<Sent>> Handle() => store.Read<IReadOnlyList<Sent>>(async tx =>
        [.. (await OutboxRows.Newest(tx, 100)).Select(o => new Sent(compose.Mail(o), Status(o)))]);

    private static string Status(OutboxRows.Owed mail) => mail switch
    {
        { SentAt: not null } => "sent",
        { UnwantedAt: not null } => "not sent: the recipient does not want such mail",
        { DueAt: null } => $"given up: {mail.LastError}",
        { LastError: { } error } => $"tried again later: {error}",
        _ => "queued",
    };
}
