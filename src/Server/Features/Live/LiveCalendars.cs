using System.Threading.Channels;
using Convene.Server.Storage;

namespace Convene.Server.Features.Live;

/// Tells who is watching that their calendar has a new revision. The revision is read from the database: it tells of changes made through other nodes
/// too, and after a break one number says whether anything was missed.
public sealed class LiveCalendars(Store store, Figures figures)
{
    // Browser tabs of one person on one node. Beyond this somebody's program has lost count.
    private const int MostWatches = 20;

    // Where no bell rings for them, changes made through other nodes are seen this soon.
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    // Where one does, it may not have: a node that was killed has told nobody of its last commits.
    private static readonly TimeSpan LongRound = TimeSpan.FromSeconds(5);

    // Under load every commit rings: one look for many of them.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly Dictionary<long, HashSet<Watch>> watches = [];
    private readonly Channel<bool> somebodyWatches = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// Null: the person has too many already.
    public Watch? Start(long person)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(person, out var own))
                watches[person] = own = [];
            if (own.Count >= MostWatches)
                return null;
            var watch = new Watch(this, person);
            own.Add(watch);
            figures.Listens(1);
            somebodyWatches.Writer.TryWrite(true);
            return watch;
        }
    }

    /// Waits for a change, then tells everybody whose calendar has one.
    public async Task Next(CancellationToken cancel)
    {
        long[] people;
        lock (gate)
            people = [.. watches.Keys];
        if (people.Length == 0)
        {
            await somebodyWatches.Reader.ReadAsync(cancel);
            return;
        }

        var revisions = await store.ReadOne(tx => Revisions.Of(tx, people), cancel);
        lock (gate)
        {
            foreach (var (person, revision) in revisions)
            {
                foreach (var watch in watches.GetValueOrDefault(person) ?? [])
                    watch.Tell(revision);
            }
        }

        await Task.Delay(Pause, cancel);
        await store.WaitForChange(Round, LongRound, cancel);
    }

    private void End(Watch watch, long person)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(person, out var own) || !own.Remove(watch))
                return;
            figures.Listens(-1);
            if (own.Count == 0)
                watches.Remove(person);
        }
    }

    /// One tab that watches. A slow one misses nothing but steps in between: only the newest revision waits for it.
    public sealed class Watch(LiveCalendars calendars, long person) : IDisposable
    {
        private readonly Channel<long> told = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        private long last = -1;

        /// The revision, once it is another than the last; null if none comes in time.
        public async Task<long?> Next(TimeSpan atMost, CancellationToken cancel)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(atMost);
            try
            {
                return await told.Reader.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return null;
            }
        }

        public void Dispose() => calendars.End(this, person);

        internal void Tell(long revision)
        {
            if (revision == last)
                return;
            last = revision;
            told.Writer.TryWrite(revision);
        }
    }
}
