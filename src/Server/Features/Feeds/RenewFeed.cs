using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// A new address for a feed; the old one ends.
public sealed class RenewFeed(Store store, IClock clock, FeedLinks links)
{
    public Task<Outcome<Feed>> Handle(Actor actor, long id) => store.Write<Feed>(async tx =>
    {
        if (await FeedRows.Find(tx, id, actor.Id) is not { } before)
            return new Refusals.NotFound();
        await FeedRows.Renew(tx, id, FeedLinks.NewNonce());
        var after = (await FeedRows.Find(tx, id, actor.Id))!;
        await tx.Note(actor, clock.GetCurrentInstant(), FeedTrail.Of("feed.renewed", before, after));
        return new Feed(after, links);
    });
}
