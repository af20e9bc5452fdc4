using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Ends a key of one's own; it stops working at once.
public sealed class RevokeApiKey(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        if (await ApiKeyRows.Find(tx, actor.Id, id) is not { } key)
            return new Refusals.NotFound();
        var now = clock.GetCurrentInstant();
        await ApiKeyRows.End(tx, id, now);
        await tx.Note(actor, now, ApiKey.Note("account.key_revoked", actor.Id, key, null));
        return true;
    });
}
