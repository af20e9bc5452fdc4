using System.Collections.Concurrent;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// When logins were last of use. A request only notes it here, in memory: recognising somebody stays one read. The clock writes it down.
public sealed class SeenSignIns(Store store, IClock clock)
{
    /// What was written less than this ago is not written again.
    public static readonly Duration Grain = Duration.FromMinutes(5);

    private readonly ConcurrentDictionary<long, bool> noted = new();

    public void Note(SignInRows.Holder holder, Instant now)
    {
        if (now - holder.LastSeenAt >= Grain)
            noted.TryAdd(holder.SignInId, true);
    }

    public async Task Handle(CancellationToken cancel)
    {
        var ids = noted.Keys.ToArray();
        if (ids.Length == 0)
            return;
        var now = clock.GetCurrentInstant();
        await store.WriteAlways(tx => SignInRows.Seen(tx, ids, now - Grain, now), cancel);
        foreach (var id in ids)
            noted.TryRemove(id, out _);
    }
}
