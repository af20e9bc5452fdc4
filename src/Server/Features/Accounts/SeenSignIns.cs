using System.Collections.Concurrent;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// When logins and API keys were last of use. A request only notes it here, in memory: recognising somebody stays one read. The clock writes it down.
public sealed class SeenSignIns(Store store, IClock clock)
{
    /// What was written less than this ago is not written again.
    public static readonly Duration Grain = Duration.FromMinutes(5);

    private readonly ConcurrentDictionary<long, bool> noted = new();
    private readonly ConcurrentDictionary<long, bool> notedKeys = new();

    public void Note(SignInRows.Holder holder, Instant now)
    {
        if (now - holder.LastSeenAt >= Grain)
            noted.TryAdd(holder.SignInId, true);
    }

    public void Note(ApiKeyRows.Holder holder, Instant now)
    {
        if (holder.LastUsedAt is not { } last || now - last >= Grain)
            notedKeys.TryAdd(holder.KeyId, true);
    }

    public async Task Handle(CancellationToken cancel)
    {
        await Write(noted, SignInRows.Seen, cancel);
        await Write(notedKeys, ApiKeyRows.Used, cancel);
    }

    private async Task Write(ConcurrentDictionary<long, bool> which, Func<Tx, IEnumerable<long>, Instant, Instant, Task> write, CancellationToken cancel)
    {
        var ids = which.Keys.ToArray();
        if (ids.Length == 0)
            return;
        var now = clock.GetCurrentInstant();
        await store.WriteAlways(tx => write(tx, ids, now - Grain, now), cancel);
        foreach (var id in ids)
            which.TryRemove(id, out _);
    }
}
