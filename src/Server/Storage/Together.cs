using System.Data.Common;
using Convene.Scheduling.Booking;

namespace Convene.Server.Storage;

/// Writes of one kind that come at the same time share a transaction: one fsync, and one round of statements for all of them.
public sealed class Together<TAsk, TAnswer>
{
    // A larger one keeps its first waiting, and holds more calendars than do each other good.
    private const int Largest = 64;

    // Where the next can be at work at once, half of those who wait go first: the others are at work while these are told, and come again. All at once would leave the database nothing to do meanwhile.
    private const int Fewest = 16;

    // It waits for a calendar that another node, or an import, holds.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Store store;
    private readonly Func<Tx, IReadOnlyList<TAsk>, Task<IReadOnlyList<Outcome<TAnswer>>>> work;
    private readonly Batches<Piece> batches;

    /// <param name="store">Where.</param>
    /// <param name="work">Answers each of them, in their order. What is refused must not leave anything behind.</param>
    /// <param name="patience">How long a transaction may take before another one takes its place; default: 250 ms.</param>
    public Together(Store store, Func<Tx, IReadOnlyList<TAsk>, Task<IReadOnlyList<Outcome<TAnswer>>>> work, TimeSpan? patience = null)
    {
        (this.store, this.work) = (store, work);
        batches = new Batches<Piece>(store.Transactions, patience ?? Patience, store.Transactions > 1 ? Fewest : Largest, Largest, take => Answer(null, take));
    }

    public Task<Outcome<TAnswer>> Ask(TAsk ask)
    {
        var piece = new Piece(ask, Claim.On<TAnswer>());
        batches.Add(piece);
        return piece.Done.Task;
    }

    /// <param name="batch">Null: it is taken once the transaction has begun, with all who came until then.</param>
    /// <param name="take">From where.</param>
    private async Task Answer(IReadOnlyList<Piece>? batch, Func<IReadOnlyList<Piece>> take)
    {
        try
        {
            var outcomes = await store.WriteAlways(tx => Work(tx, batch ??= take()));
            for (var n = 0; n < batch!.Count; n++)
            {
                if (outcomes[n] is { } outcome)
                    batch[n].Done.SetResult(outcome);
                else
                    batch[n].Done.SetException(new RepeatedException());
            }
        }
        catch (Exception e)
        {
            var hasBegun = batch is not null;
            batch ??= take();
            // Where the database itself has failed, it has failed all of them. Else one of them fails the transaction: each by itself, so that it harms no neighbour.
            var isOfOne = hasBegun && batch.Count > 1 && e is OutdatedException or not DbException { IsTransient: true };
            foreach (var piece in batch)
            {
                if (isOfOne)
                    await Answer([piece], take);
                else
                    piece.Done.SetException(e);
            }
        }
    }

    /// Their outcomes; null for one whose name was taken before.
    private async Task<IReadOnlyList<Outcome<TAnswer>?>> Work(Tx tx, IReadOnlyList<Piece> batch)
    {
        var outcomes = new Outcome<TAnswer>?[batch.Count];
        var repeated = new HashSet<Piece>();
        // In the order of names, so that two transactions never wait for each other in a circle.
        foreach (var piece in batch.Where(p => p.Claim is not null).OrderBy(p => p.Claim!.Name, StringComparer.Ordinal))
        {
            if (!await piece.Claim!.Take(tx))
                repeated.Add(piece);
        }

        var left = Enumerable.Range(0, batch.Count).Where(n => !repeated.Contains(batch[n])).ToArray();
        var answers = left.Length == 0 ? [] : await work(tx, [.. left.Select(n => batch[n].Ask)]);
        for (var i = 0; i < left.Length; i++)
        {
            outcomes[left[i]] = answers[i];
            if (batch[left[i]].Claim is { } claim)
                await (answers[i].Refusal is null ? claim.Keep(tx, answers[i].Answer!) : claim.Leave(tx));
        }

        return outcomes;
    }

    private sealed class Piece(TAsk ask, Claim? claim)
    {
        public Claim? Claim => claim;

        public TAsk Ask { get; } = ask;

        public TaskCompletionSource<Outcome<TAnswer>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
