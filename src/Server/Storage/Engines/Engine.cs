using System.Data.Common;

namespace Convene.Server.Storage.Engines;

/// What really differs between the databases, and nothing else. SQL is written once, in PostgreSQL's words.
public abstract class Engine : IAsyncDisposable
{
    private long statements;

    /// Rung when a committed transaction has changed calendars.
    public Bell CalendarBell { get; } = new();

    /// How many statements were run since the start.
    public long Statements => Interlocked.Read(ref statements);

    /// For logs and messages: which database, without its password.
    public abstract string Description { get; }

    /// The engine's words for {identity} and {clustered} in a schema step.
    public abstract string SchemaText(string step);

    public virtual string Sql(string text) => text;

    public void Count() => Interlocked.Increment(ref statements);

    /// Takes what keeps two nodes from migrating one database at the same time; released with the transaction.
    public abstract Task LockSchema(Tx tx);

    public abstract Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancel);

    /// For a single statement, which sees one moment by itself.
    public virtual Task<T> ReadOne<T>(Func<Tx, Task<T>> work, CancellationToken cancel) => Read(work, cancel);

    /// Runs the work in a transaction. It commits if the work says so; if it throws or refuses, nothing of it stays.
    public abstract Task<T> Write<T>(Func<Tx, Task<(T Answer, bool Commit)>> work, CancellationToken cancel);

    /// Whether the error means that somebody else's insert was first (unique constraint).
    public abstract bool IsDuplicate(DbException error);

    public abstract ValueTask DisposeAsync();
}
