using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Feeds;

/// Makes a link to the actor's calendar for programs that can't sign in.
public sealed class CreateFeed(Store store, IClock clock, FeedLinks links)
{
    /// One for each device and for some people; more can't be kept apart.
    private const int Most = 20;

    public sealed record Request(string Name, bool FreeBusyOnly);

    public Task<Outcome<Feed>> Handle(Actor actor, Request request) => store.Write<Feed>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        await Revisions.Hold(tx, [actor.Id]);
        if ((await FeedRows.Of(tx, actor.Id)).Count >= Most)
            return new Refusals.Invalid("name", $"There are {Most} feeds already; delete one that is not used.");
        var id = await FeedRows.Add(tx, actor.Id, request.Name, request.FreeBusyOnly, FeedLinks.NewNonce(), now);
        var row = (await FeedRows.Find(tx, id, actor.Id))!;
        await tx.Note(actor, now, FeedTrail.Of("feed.created", null, row));
        return new Feed(row, links);
    });
}
