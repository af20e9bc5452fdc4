using System.Data.Common;
using System.Text.RegularExpressions;

namespace Convene.Server.Storage.Engines;

/// What really differs between the databases, and nothing else. SQL is written once, in PostgreSQL's words.
public abstract partial class Engine : IAsyncDisposable
{
    private long statements;

    /// Rung when a committed transaction has changed calendars.
    public Bell CalendarBell { get; } = new();

    /// Whether CalendarBell is rung for changes made through other processes too.
    public virtual bool HearsOthers => false;

    /// After a commit that changed calendars.
    public virtual void CalendarsChanged() => CalendarBell.Ring();

    /// Rings CalendarBell from now on, wherever calendars are changed, if the engine can.
    public virtual void Listen()
    {
    }

    /// How many statements were run since the start.
    public long Statements => Interlocked.Read(ref statements);

    /// For logs and messages: which database, without its password.
    public abstract string Description { get; }

    /// As in the names of schema steps that are for one engine only, and in DB_ENGINE.
    public abstract string Name { get; }

    /// The engine's words for {identity}, {clustered} and {iso …} (milliseconds as ISO 8601) in a schema step.
    public abstract string SchemaText(string step);

    /// For administrators: the database's own version, and its size in bytes.
    public abstract Task<(string Version, long Bytes)> Measure(Tx tx);

    /// What the database itself finds wrong with its files.
    public abstract Task<IReadOnlyList<string>> Faults();

    /// How it is backed up with its own tools; null: by BackUp.
    public abstract string? BackUpInstead { get; }

    /// Ends, with the reason, once the database takes nothing any more until the program is started anew.
    public virtual Task<IOException> Breakdown { get; } = new TaskCompletionSource<IOException>().Task;

    /// A copy of everything as it is at one moment, in a new file.
    public abstract Task BackUp(string file);

    public virtual string Sql(string text) => text;

    public void Count() => Interlocked.Increment(ref statements);

    /// Inserts the rows one by one, where that is the quickest; false: it is not.
    public virtual bool Insert(DbConnection connection, string table, string columns, IReadOnlyCollection<object?[]> rows) => false;

    /// Runs a statement for the rows one by one, where that is the quickest; false: it is not.
    /// <param name="sql">FROM rows stands where they come from, r.c0, r.c1 … for their values.</param>
    public virtual bool Update(DbConnection connection, string sql, IReadOnlyCollection<object?[]> rows) => false;

    /// Rows as something to select from: the values of all their columns in order, and where these are. The text is the same however many rows there are.
    public virtual (string Values, string From, (string Name, object? Value)[] Parameters) Rows(object?[][] rows) =>
        (JsonRows.Values(rows), $"json_to_recordset(@rows::json) AS r({JsonRows.Types(rows)})", [("rows", JsonRows.Of(rows))]);

    /// How many transactions that many share had better be under way, or ready to begin, at a time. What several would do at once they would do to each other's calendars and indexes;
    /// with one alone, more share its statements (bench/RESULTS.md).
    public virtual int Transactions => 1;

    /// Whether statements that nobody waits for had better travel together.
    public virtual bool SendsTogether => false;

    public virtual Task Send(DbConnection connection, DbTransaction transaction, IReadOnlyList<(string Sql, (string Name, object? Value)[] Parameters)> statements, bool thenCommit) =>
        throw new NotSupportedException("Statements are run one by one.");

    /// A query for the numbers of rows that are to be added: (place of the table in the list, number, how many from it on). How many of each: @count0, @count1 ….
    public abstract string Numbers(IReadOnlyList<string> tables);

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

    /// {iso column} in a schema step.
    [GeneratedRegex(@"\{iso (?<column>[\w.]+)\}", RegexOptions.ExplicitCapture, 1000)]
    protected static partial Regex Iso();
}
