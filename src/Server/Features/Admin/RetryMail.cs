using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Makes mail due at once: one that waits for its next attempt, or what was given up.
public sealed class RetryMail(Store store, IClock clock, MailBell bell)
{
    internal const string Retried = "mail.retried";

    /// <summary>How many are due again.</summary>
    public sealed record Result(int Retried);

    public Task<Outcome<OutboxMail>> Handle(Actor actor, long id) => store.Write<OutboxMail>(async tx =>
    {
        if (await OutboxList.Hold(tx, id) is not { } mail)
            return new Refusals.NotFound();
        if (mail.State == OutboxList.Sent)
            return new Refusals.Invalid("state", "This mail was sent already.");
        var now = clock.GetCurrentInstant();
        await OutboxList.Retry(tx, id, now);
        await tx.Note(actor, now, Note(Retried, mail));
        tx.AfterCommit(bell.Ring);
        return OutboxMail.Of((await OutboxList.Hold(tx, id))!);
    });

    public Task<Result> AllFailed(Actor actor) => store.WriteAlways(async tx =>
    {
        var now = clock.GetCurrentInstant();
        var count = await OutboxList.RetryFailed(tx, now);
        if (count > 0)
            await tx.Note(actor, now, new AuditRows.Note(Retried, null, Trail.Values(("mails", count))));
        tx.AfterCommit(bell.Ring);
        return new Result(count);
    });

    internal static AuditRows.Note Note(string kind, OutboxList.Row mail) => new(
        kind, Trail.Values(("id", mail.Id), ("recipient", mail.Email), ("subject", mail.Subject), ("state", mail.State), ("last_error", mail.LastError)), null) { Meeting = mail.EntryUuid };
}
