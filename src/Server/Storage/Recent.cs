using System.Collections.Concurrent;

namespace Convene.Server.Storage;

/// What was read, kept in memory as long as it fits: what was not asked for the longest goes first.
/// <param name="mostBytes">Of all that is kept.</param>
/// <param name="size">Of one, in bytes, roughly.</param>
public sealed class Recent<TKey, TValue>(long mostBytes, Func<TKey, TValue, long> size)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, One> all = new();
    private long bytes;
    private long asked;

    public long Bytes => Interlocked.Read(ref bytes);

    public int Count => all.Count;

    public TValue? Find(TKey key)
    {
        if (!all.TryGetValue(key, out var one))
            return null;
        one.AskedLast = Interlocked.Increment(ref asked);
        return one.Value;
    }

    public void Keep(TKey key, TValue value)
    {
        var one = new One(value, size(key, value)) { AskedLast = Interlocked.Increment(ref asked) };
        // One that would drive out many others is not worth it.
        if (one.Bytes > mostBytes / 4)
            return;
        var before = 0L;
        all.AddOrUpdate(
            key,
            _ =>
            {
                before = 0;
                return one;
            },
            (_, old) =>
            {
                before = old.Bytes;
                return one;
            });
        if (Interlocked.Add(ref bytes, one.Bytes - before) > mostBytes)
            Forget();
    }

    // Half of it, so that it is long until the next time.
    private void Forget()
    {
        lock (all)
        {
            // Whoever waited here finds it done.
            if (Bytes <= mostBytes)
                return;
            // The dictionary's own copy: LINQ's breaks if somebody is added meanwhile.
            foreach (var one in all.ToArray().OrderBy(o => o.Value.AskedLast))
            {
                if (Bytes <= mostBytes / 2)
                    return;
                if (all.TryRemove(one))
                    Interlocked.Add(ref bytes, -one.Value.Bytes);
            }
        }
    }

    private sealed class One(TValue value, long bytes)
    {
        public TValue Value => value;

        public long Bytes => bytes;

        public long AskedLast { get; set; }
    }
}
