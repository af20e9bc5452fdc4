using System.Collections.Concurrent;
using System.Data.Common;
using Convene.Scheduling.Booking;

namespace Convene.Server.Storage;

/// Writes of one kind that come at the same time share a transaction: one fsync, and one round of statements for all of them.
/// Nobody waits for company: while few transactions are under way, who comes begins one at once; who comes meanwhile makes up the next.
/// <param name="work">Answers each of them, in their order. What is refused must not leave anything behind.</param>
public sealed class Together<TAsk, TAnswer>(Store store, Func<Tx, IReadOnlyList<TAsk>, Task<IReadOnlyList<Outcome<TAnswer>>>> work)
{
    // A larger one keeps its first waiting, and holds more calendars than do each other good.
    private const int Largest = 64;

    // At some thousand a second nobody waits longer than a fraction of one; who would is told to come again.
    private const int MostWaiting = 2_048;

    private readonly ConcurrentQueue<Piece> queue = new();
    private int waiting;
    private int writers;

    public Task<Outcome<TAnswer>> Ask(TAsk ask)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new OverloadedException();
        }

        var piece = new Piece(ask);
        queue.Enqueue(piece);
        if (MayWrite())
            _ = Task.Run(Write);
        return piece.Done.Task;
    }

    private bool MayWrite()
    {
        if (Interlocked.Increment(ref writers) <= store.Writers)
            return true;
        Interlocked.Decrement(ref writers);
        return false;
    }

    private async Task Write()
    {
        // Somebody may come between the last look into the queue and the end of this writer, and find no room for another.
        do
        {
            while (Next() is { Count: > 0 } batch)
                await Answer(batch);
            Interlocked.Decrement(ref writers);
        }
        while (!queue.IsEmpty && MayWrite());
    }

    private List<Piece> Next()
    {
        var batch = new List<Piece>();
        while (batch.Count < Largest && queue.TryDequeue(out var piece))
            batch.Add(piece);
        Interlocked.Add(ref waiting, -batch.Count);
        return batch;
    }

    private async Task Answer(IReadOnlyList<Piece> batch)
    {
        try
        {
            var outcomes = await store.WriteAlways(tx => work(tx, [.. batch.Select(p => p.Ask)]));
            for (var n = 0; n < batch.Count; n++)
                batch[n].Done.SetResult(outcomes[n]);
        }
        catch (Exception e) when (batch.Count == 1 || e is DbException { IsTransient: true })
        {
            // Where the database itself has failed, it has failed all of them.
            foreach (var piece in batch)
                piece.Done.SetException(e);
        }
        catch (Exception)
        {
            // One of them fails the transaction: each by itself, so that it harms no neighbour.
            foreach (var piece in batch)
                await Answer([piece]);
        }
    }

    private sealed class Piece(TAsk ask)
    {
        public TAsk Ask { get; } = ask;

        public TaskCompletionSource<Outcome<TAnswer>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
