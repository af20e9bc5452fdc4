namespace Convene.Server.Storage;

/// What is looked up by one key each: who comes at the same time shares the statements. What is told was read after it was asked for.
public sealed class Lookups<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private const int Largest = 256;

    // With one alone the database would rest while its answer is told.
    private const int Readers = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Store store;
    private readonly Func<Tx, TKey[], Task<IReadOnlyList<TRow>>> read;
    private readonly Func<TRow, TKey> keyOf;
    private readonly Batches<Piece> batches;

    /// <param name="store">Where.</param>
    /// <param name="read">The rows with these keys, all different; in one statement, or several that need not be of one moment.</param>
    /// <param name="keyOf">A row's.</param>
    public Lookups(Store store, Func<Tx, TKey[], Task<IReadOnlyList<TRow>>> read, Func<TRow, TKey> keyOf)
    {
        (this.store, this.read, this.keyOf) = (store, read, keyOf);
        batches = new Batches<Piece>(Readers, Patience, Largest, Largest, Answer);
    }

    /// Null: there is none.
    public Task<TRow?> Find(TKey key)
    {
        var piece = new Piece(key);
        batches.Add(piece);
        return piece.Done.Task;
    }

    private async Task Answer(Func<List<Piece>> take)
    {
        var batch = take();
        if (batch.Count == 0)
            return;
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
