using System.Collections.Concurrent;

namespace Convene.Server.Storage;

/// Pieces of one kind that come at the same time are worked on together.
/// Nobody waits for company: while few batches are under way, who comes begins one at once; who comes meanwhile makes up the next.
/// <param name="workers">How many batches are under way, as long as they get on.</param>
/// <param name="patience">How long a batch may take before another one takes its place: it may wait for something that the others don't want.</param>
/// <param name="fewest">A batch is half of what waits, but not fewer than these, if there are so many.</param>
/// <param name="largest">And not more.</param>
/// <param name="work">Takes a batch when it can begin, and tells each piece how it went, whatever happens: it never fails. There may be none left.</param>
internal sealed class Batches<T>(int workers, TimeSpan patience, int fewest, int largest, Func<Func<List<T>>, Task> work)
{
    private const int MostHeldUp = 4;

    // At some thousand a second nobody waits longer than a fraction of one; who would is told to come again.
    private const int MostWaiting = 2_048;

    private readonly ConcurrentQueue<T> queue = new();
    private int waiting;
    private int working;
    private int heldUp;

    public void Add(T piece)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new OverloadedException();
        }

        queue.Enqueue(piece);
        Begin();
    }

    private void Begin()
    {
        if (queue.IsEmpty || !MayWork())
            return;
        // It works for others too: not in the name of this request.
        using var nobody = ExecutionContext.SuppressFlow();
        _ = Work();
    }

    // Never counts a worker that does not come about, not even for a moment: one that is just ending would take it for real, and leave what waits to nobody.
    private bool MayWork()
    {
        for (var there = Volatile.Read(ref working); there < workers;)
        {
            var before = Interlocked.CompareExchange(ref working, there + 1, there);
            if (before == there)
                return true;
            there = before;
        }

        return false;
    }

    private async Task Work()
    {
        // Somebody may come between the last look into the queue and the end of this worker, and find no room for another.
        do
        {
            while (!queue.IsEmpty)
            {
                var done = work(Next);
                if (await IsHeldUp(done))
                {
                    Interlocked.Decrement(ref working);
                    Begin();
                    await done;
                    Interlocked.Decrement(ref heldUp);
                    return;
                }

                // A database within this process answers at once: the request that began this has its own answer to give, and works for nobody else.
                if (!queue.IsEmpty)
                    await Task.Yield();
            }

            Interlocked.Decrement(ref working);
        }
        while (!queue.IsEmpty && MayWork());
    }

    private async Task<bool> IsHeldUp(Task done)
    {
        try
        {
            await done.WaitAsync(patience);
            return false;
        }
        catch (TimeoutException)
        {
            // More would only wait with it, and take the database's connections from others.
            if (Interlocked.Increment(ref heldUp) <= MostHeldUp)
                return true;
            Interlocked.Decrement(ref heldUp);
            await done;
            return false;
        }
    }

    private List<T> Next()
    {
        var batch = new List<T>();
        var most = Math.Clamp(Volatile.Read(ref waiting) / 2, fewest, largest);
        while (batch.Count < most && queue.TryDequeue(out var piece))
            batch.Add(piece);
        Interlocked.Add(ref waiting, -batch.Count);
        return batch;
    }
}
