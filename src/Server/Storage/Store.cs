using System.Data.Common;
using Convene.Scheduling.Booking;
using Convene.Server.Storage.Engines;

namespace Convene.Server.Storage;

/// The way into the database: reads see one moment, writes happen whole or not at all.
public sealed class Store(Engine engine) : IAsyncDisposable
{
    /// How many statements were run so far: stories compare, so that a query per row can't creep in.
    public long Statements => engine.Statements;

    public Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancel = default) => engine.Read(work, cancel);

    /// A read of one statement, without the round trips of a transaction.
    public Task<T> ReadOne<T>(Func<Tx, Task<T>> work, CancellationToken cancel = default) => engine.ReadOne(work, cancel);

    /// One transaction. A refusal is an answer, but nothing of what was written on the way to it stays.
    public Task<Outcome<T>> Write<T>(Func<Tx, Task<Outcome<T>>> work, CancellationToken cancel = default)
    {
        var claim = Claim.On<T>();
        return engine.Write<Outcome<T>>(
            async tx =>
            {
                if (claim is not null && !await claim.Take(tx))
                    throw new RepeatedException();
                var outcome = await work(tx);
                if (claim is not null && outcome.Is(out var answer, out _))
                    await claim.Keep(tx, answer!);
                return (outcome, outcome.Refusal is null);
            },
            cancel);
    }

    public Task<T> WriteAlways<T>(Func<Tx, Task<T>> work, CancellationToken cancel = default) =>
        engine.Write(async tx => (await work(tx), true), cancel);

    public Task WriteAlways(Func<Tx, Task> work, CancellationToken cancel = default) => WriteAlways(
        async tx =>
        {
            await work(tx);
            return true;
        },
        cancel);

    /// For logs and messages: which database.
    public string Description => engine.Description;

    public string EngineName => engine.Name;

    /// The database's own version, and its size in bytes.
    public Task<(string Version, long Bytes)> Measure() => engine.ReadOne(engine.Measure, CancellationToken.None);

    /// What the database itself finds wrong with its files.
    public Task<IReadOnlyList<string>> Faults() => engine.Faults();

    /// How this database is backed up with its own tools; null: by BackUp.
    public string? BackUpInstead => engine.BackUpInstead;

    public Task BackUp(string file) => engine.BackUp(file);

    /// Ends, with the reason, once the database takes nothing any more until the program is started anew.
    public Task<IOException> Breakdown => engine.Breakdown;

    /// How many transactions that many share had better be under way, or ready to begin, at a time.
    public int Transactions => engine.Transactions;

    /// Whether a write failed because a unique value was taken by somebody else between looking and inserting.
    public bool IsDuplicate(DbException error) => engine.IsDuplicate(error);

    /// Until some calendar was changed, or the time is over.
    /// <param name="here">How long, where only changes made through this process are heard of.</param>
    /// <param name="anywhere">How long, where others' are heard of too.</param>
    /// <param name="cancel">Ends it.</param>
    public Task WaitForChange(TimeSpan here, TimeSpan anywhere, CancellationToken cancel)
    {
        engine.Listen();
        return engine.CalendarBell.Wait(engine.HearsOthers ? anywhere : here, cancel);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
