using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// The keys of the actor's programs.
public sealed class ListApiKeys(Store store, IClock clock)
{
    public async Task<IReadOnlyList<ApiKey>> Handle(Actor actor)
    {
        var now = clock.GetCurrentInstant();
        return [.. (await store.ReadOne(tx => ApiKeyRows.Of(tx, actor.Id))).Select(row => new ApiKey(row, now))];
    }
}
