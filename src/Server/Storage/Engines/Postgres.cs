using System.Data;
using System.Data.Common;
using Npgsql;

namespace Convene.Server.Storage.Engines;

public sealed class Postgres : Engine
{
    // Two transactions that wait for each other are told so by the database; the one that is refused tries again.
    private const int Attempts = 5;

    // A node that is frozen in the middle of a transaction, or whose machine is gone, holds calendars that others wait for: no transaction of ours is silent for
    // so long. Who waits for a lock is told to come again, a little later than that.
    private const string Limits = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=10s";

    // How many values a list has, or how long a page is, makes no other plan better here: to plan a statement anew each time costs more than to run it (docs/decisions/0031).
    private const string Planning = "-c plan_cache_mode=force_generic_plan";

    private const string IdleInTransaction = "25P03";

    private readonly NpgsqlDataSource source;
    private readonly NodeBell nodes;

    public Postgres(string connectionString, int poolSize = 30)
    {
        var options = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Statements repeat: after five uses the server keeps their plans.
            MaxAutoPrepare = 100,
            MaxPoolSize = poolSize,
            // Nothing here changes a session: there is nothing to put back.
            NoResetOnClose = true,
            ApplicationName = "convene",
            IncludeErrorDetail = false,
            TargetSessionAttributes = null,
        };
        // After a failover the new primary is found this soon.
        options.HostRecheckSeconds = 2;
        options.Options = $"{Limits} {Planning} {options.Options}".TrimEnd();
        source = Connect(options);
        nodes = new NodeBell(source, () => Kept(options), CalendarBell);
        Description = $"PostgreSQL {options.Host}:{options.Port}/{options.Database}";
    }

    public override string Description { get; }

    public override string Name => "postgresql";

    public override bool SendsTogether => true;

    public override async Task Send(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<(string Sql, (string Name, object? Value)[] Parameters)> statements, bool thenCommit)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        foreach (var (sql, parameters) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var (name, value) in parameters)
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            batch.BatchCommands.Add(command);
        }

        // If one of them fails, the database skips those after it, and so this one too.
        if (thenCommit)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync();
    }

    // An array for each column: JSON is text that has to be written here and read there.
    public override (string Values, string From, (string Name, object? Value)[] Parameters) Rows(object?[][] rows)
    {
        var columns = Enumerable.Range(0, rows[0].Length).Select(c => JsonRows.Column(rows, c)).ToArray();
        var filled = Enumerable.Range(0, columns.Length).Where(c => columns[c] is not null).ToArray();
        return (
            string.Join(", ", columns.Select((values, c) => values is null ? "NULL" : $"r.c{c}")),
            $"unnest({string.Join(", ", filled.Select(c => $"@c{c}"))}) AS r({string.Join(", ", filled.Select(c => $"c{c}"))})",
            [.. filled.Select(c => ($"c{c}", (object?)columns[c]))]);
    }

    public override string Numbers(IReadOnlyList<string> tables) =>
        string.Join(" UNION ALL ", tables.Select((t, n) => $"SELECT {n}::bigint AS place, nextval('{t}_id_seq') AS number, 1::bigint AS count FROM generate_series(1, @count{n})"));

    public override bool HearsOthers => nodes.Hears;

    public override void CalendarsChanged()
    {
        base.CalendarsChanged();
        nodes.TellOthers();
    }

    public override void Listen() => nodes.BeginToListen();

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException e) when (e is not PostgresException && !e.IsTransient)
        {
            // Of several hosts none takes writes now: one will.
            throw new UnavailableException(e.Message, e);
        }
    }

    /// Of several hosts the one that takes writes, whichever it is at the time.
    private static NpgsqlDataSource Connect(NpgsqlConnectionStringBuilder options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        return options.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    /// A connection outside the pool, which finds out by itself that nobody is at its other end.
    private static NpgsqlConnection Kept(NpgsqlConnectionStringBuilder options) => new(new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        Pooling = false,
        KeepAlive = 10,
        ApplicationName = "convene listener",
        TargetSessionAttributes = options.Host!.Contains(',', StringComparison.Ordinal) ? "primary" : null,
    }.ConnectionString);

    public override string SchemaText(string step) => Iso()
        .Replace(step, "to_char(to_timestamp(${column} / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
        .Replace("{identity}", "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
        .Replace("{clustered}", "", StringComparison.Ordinal);

    public override Task<(string Version, long Bytes)> Measure(Tx tx) =>
        tx.One<(string, long)>("SELECT current_setting('server_version'), pg_database_size(current_database())");

    // It checks its pages itself where data checksums are on.
    public override Task<IReadOnlyList<string>> Faults() => Task.FromResult<IReadOnlyList<string>>([]);

    public override string? BackUpInstead => "PostgreSQL is backed up with its own tools, such as pg_dump --format=custom --file=convene.dump, while the server runs. See docs/OPERATIONS.md.";

    public override Task BackUp(string file) => throw new NotSupportedException(BackUpInstead);

    public override async Task LockSchema(Tx tx)
    {
        // Another node may take long for a step.
        await tx.Execute("SET LOCAL lock_timeout = 0");
        await tx.Execute("SELECT pg_advisory_xact_lock(4711078301)");
        // Less than the second after which the database looks for circles, and ends whoever finds one: that might be somebody's request.
        await tx.Execute("SET LOCAL lock_timeout = '400ms'");
    }

    public override async Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await work(new Tx(this, connection, snapshot));
    }

    public override async Task<T> ReadOne<T>(Func<Tx, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        return await work(new Tx(this, connection, null));
    }

    public override async Task<T> Write<T>(Func<Tx, Task<(T Answer, bool Commit)>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Open(cancel);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
                var tx = new Tx(this, connection, transaction);
                var (answer, commit) = await work(tx);
                if (!commit)
                {
                    await transaction.RollbackAsync(CancellationToken.None);
                    return answer;
                }

                await tx.Commit();
                tx.Committed();
                return answer;
            }
            catch (Exception e) when (attempt < Attempts && IsWorthAnotherTry(e))
            {
                // Nothing was written: do it all again.
            }
            catch (PostgresException e) when (e.SqlState is IdleInTransaction or PostgresErrorCodes.ReadOnlySqlTransaction)
            {
                // This node was held up for too long, or the database is a standby by now.
                throw new UnavailableException(e.MessageText, e);
            }
        }
    }

    private static bool IsWorthAnotherTry(Exception e) =>
        e is OutdatedException or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    public override bool IsDuplicate(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override async ValueTask DisposeAsync()
    {
        await nodes.DisposeAsync();
        await source.DisposeAsync();
    }
}
