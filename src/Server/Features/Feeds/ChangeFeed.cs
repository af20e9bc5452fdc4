using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// Changes what a feed is called, or what it tells: what is null stays.
public sealed class ChangeFeed(Store store, IClock clock, FeedLinks links)
{
    public sealed record Request(string? Name, bool? FreeBusyOnly);

    public Task<Outcome<Feed>> Handle(Actor actor, long id, Request request) => store.Write<Feed>(async tx =>
    {
        if (await FeedRows.Find(tx, id, actor.Id) is not { } before)
            return new Refusals.NotFound();
        await FeedRows.Change(tx, id, request.Name ?? before.Name, request.FreeBusyOnly ?? before.FreeBusyOnly == 1);
        var after = (await FeedRows.Find(tx, id, actor.Id))!;
        await tx.Note(actor, clock.GetCurrentInstant(), FeedTrail.Of("feed.changed", before, after));
        return new Feed(after, links);
    });
}
