using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

public sealed class DeleteFeed(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        if (await FeedRows.Find(tx, id, actor.Id) is not { } before)
            return new Refusals.NotFound();
        await FeedRows.Delete(tx, id);
        await tx.Note(actor, clock.GetCurrentInstant(), FeedTrail.Of("feed.deleted", before, null));
        return true;
    });
}
