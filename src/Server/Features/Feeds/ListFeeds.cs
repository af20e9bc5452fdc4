using Convene.Server.Storage;

namespace Convene.Server.Features.Feeds;

public sealed class ListFeeds(Store store, FeedLinks links)
{
    public async Task<IReadOnlyList<Feed>> Handle(Actor actor) => [.. (await store.ReadOne(tx => FeedRows.Of(tx, actor.Id))).Select(r => new Feed(r, links))];
}
