using System.Collections.Concurrent;

namespace Convene.Server.Storage;

/// Rows that are looked up by one key each: who comes at the same time shares a statement. What is told was read after it was asked for.
/// Nobody waits for company: while few statements are under way, who comes begins one at once; who comes meanwhile makes up the next.
/// <param name="read">The rows with these keys, all different, in one statement.</param>
public sealed class Lookups<TKey, TRow>(Store store, Func<Tx, TKey[], Task<IReadOnlyList<TRow>>> read, Func<TRow, TKey> keyOf)
    where TKey : notnull
    where TRow : class
{
    private const int Largest = 256;

    // With one alone the database would rest while its answer is told.
    private const int MostReaders = 2;

    private readonly ConcurrentQueue<Piece> queue = new();
    private int readers;

    /// Null: there is none.
    public Task<TRow?> Find(TKey key)
    {
        var piece = new Piece(key);
        queue.Enqueue(piece);
        if (MayRead())
        {
            // It reads for others too: not in the name of this request.
            using var nobody = ExecutionContext.SuppressFlow();
            _ = Read();
        }

        return piece.Done.Task;
    }

    // Never counts a reader that does not come about: see Together.
    private bool MayRead()
    {
        for (var there = Volatile.Read(ref readers); there < MostReaders;)
        {
            var before = Interlocked.CompareExchange(ref readers, there + 1, there);
            if (before == there)
                return true;
            there = before;
        }

        return false;
    }

    private async Task Read()
    {
        do
        {
            while (Next() is { Count: > 0 } batch)
            {
                await Answer(batch);
                // A database within this process answers at once: the request that began this has its own answer to give, and reads for nobody else.
                if (!queue.IsEmpty)
                    await Task.Yield();
            }

            Interlocked.Decrement(ref readers);
        }
        while (!queue.IsEmpty && MayRead());
    }

    private List<Piece> Next()
    {
        var batch = new List<Piece>();
        while (batch.Count < Largest && queue.TryDequeue(out var piece))
            batch.Add(piece);
        return batch;
    }

    private async Task Answer(List<Piece> batch)
    {
        try
        {
            var keys = batch.Select(p => p.Key).Distinct().ToArray();
            var rows = (await store.ReadOne(tx => read(tx, keys))).ToDictionary(keyOf);
            foreach (var piece in batch)
                piece.Done.SetResult(rows.GetValueOrDefault(piece.Key));
        }
        catch (Exception e)
        {
            foreach (var piece in batch)
                piece.Done.TrySetException(e);
        }
    }

    private sealed class Piece(TKey key)
    {
        public TKey Key => key;

        public TaskCompletionSource<TRow?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
