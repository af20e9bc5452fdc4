using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Stops trying to send a mail; it stays in the outbox as failed.
public sealed class GiveUpMail(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        if (await OutboxList.Hold(tx, id) is not { } mail)
            return new Refusals.NotFound();
        if (mail.State != OutboxList.Owed)
            return new Refusals.Invalid("state", mail.State == OutboxList.Sent ? "This mail was sent already." : "This mail was given up already.");
        var now = clock.GetCurrentInstant();
        await OutboxRows.GiveUp(tx, id, mail.Attempts, now, mail.LastError is { } error ? $"Given up by an administrator. Before: {error}" : "Given up by an administrator.");
        await tx.Note(actor, now, RetryMail.Note("mail.given_up", mail));
        return true;
    });
}
