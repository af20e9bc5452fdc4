using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

public sealed partial class Sqlite : Engine
{
    internal const string Library = "e_sqlite3";

    // SQLite reads without waiting: as many at a time as there are threads. More than these are closed after use.
    private const int MostReaders = 32;

    private readonly string connectionString;
    private readonly ConcurrentBag<SqliteStatements> readers = [];
    private readonly SqliteWriter writer;
    private readonly SqliteDisk disk;
    private readonly ConcurrentDictionary<string, string> translated = new(StringComparer.Ordinal);

    static Sqlite()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(Sqlite).Assembly, Resolve);
        Batteries_V2.Init();
        // Nobody reads SQLite's memory statistics, and counting takes a lock that all threads wait for. It can be set only while the library is at rest.
        raw.sqlite3_shutdown();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        raw.sqlite3_initialize();
    }

    public Sqlite(string file)
    {
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();
        Description = $"SQLite {raw.sqlite3_libversion().utf8_to_string()} {path}";
        disk = new SqliteDisk(path + "-wal");
        writer = new SqliteWriter(this, Open(writes: true), new SqliteLog(OpenPlain), disk);
    }

    public override string Description { get; }

    public override string Name => "sqlite3";

    // One is on its way to the disk, one is at work, and one waits for the writer, which so never waits for it.
    public override int Transactions => 3;

    // A database within this process needs no text to carry many rows: to write and read it costs more than to insert them.
    public override bool Insert(DbConnection connection, string table, string columns, IReadOnlyCollection<object?[]> rows)
    {
        ((SqliteStatements)connection).Run($"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", Enumerable.Repeat("?", rows.First().Length))})", rows);
        return true;
    }

    public override bool Update(DbConnection connection, string sql, IReadOnlyCollection<object?[]> rows)
    {
        ((SqliteStatements)connection).Run(translated.GetOrAdd(sql, static t => RowValue().Replace(t.Replace("FROM rows", "", StringComparison.Ordinal), m => $"?{int.Parse(m.Groups["number"].ValueSpan) + 1}")), rows);
        return true;
    }

    // Nobody else writes meanwhile.
    public override string Numbers(IReadOnlyList<string> tables) =>
        string.Join(" UNION ALL ", tables.Select((t, n) => $"SELECT {n}, coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{t}'), 0) + 1, @count{n}"));

    public override string SchemaText(string step) => Iso().Replace(step, "strftime('%Y-%m-%dT%H:%M:%SZ', ${column} / 1000, 'unixepoch')")
        .Replace("{identity}", "integer PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
        .Replace("{clustered}", " WITHOUT ROWID", StringComparison.Ordinal);

    public override string Sql(string text) =>
        translated.GetOrAdd(text, static t => RowLock().Replace(AnyOf().Replace(RecordSet().Replace(t, JsonTable), "IN (SELECT value FROM json_each(${list}))"), ""));

    public override Task<(string Version, long Bytes)> Measure(Tx tx) =>
        tx.One<(string, long)>("SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()");

    public override Task<IReadOnlyList<string>> Faults() => Lend(connection => Task.FromResult(Faults(connection.Connection)));

    public override string? BackUpInstead => null;

    public override Task<IOException> Breakdown => disk.Breakdown;

    public override Task BackUp(string file) => Lend(async connection =>
    {
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = false }.ToString());
        await copy.OpenAsync();
        // SQLite's online backup: in one go, so that it is of one moment. Who writes meanwhile is not kept waiting (WAL).
        connection.Connection.BackupDatabase(copy);
        return true;
    });

    // The one writer is the lock.
    public override Task LockSchema(Tx tx) => Task.CompletedTask;

    public override Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancel) => Lend(async connection =>
    {
        // One snapshot for all statements of a read.
        await using var transaction = connection.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
        return await work(new Tx(this, connection, transaction));
    });

    public override Task<T> ReadOne<T>(Func<Tx, Task<T>> work, CancellationToken cancel) => Lend(connection => work(new Tx(this, connection, null)));

    public override Task<T> Write<T>(Func<Tx, Task<(T Answer, bool Commit)>> work, CancellationToken cancel) => writer.Run(work, cancel);

    public override bool IsDuplicate(DbException error) =>
        error is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public override async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        foreach (var reader in readers)
            await reader.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    /// The disk is full or does not work, or another process holds the file: nothing that the statement is to blame for.
    internal static bool IsOutOfOrder(Exception error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_CANTOPEN };

    /// Lends a connection for reading. They stay open: to open one and set it up costs more than most reads.
    private async Task<T> Lend<T>(Func<SqliteStatements, Task<T>> work)
    {
        if (!readers.TryTake(out var connection))
            connection = Open();
        try
        {
            var answer = await work(connection);
            if (readers.Count < MostReaders)
            {
                readers.Add(connection);
                connection = null;
            }

            return answer;
        }
        catch (SqliteException e) when (IsOutOfOrder(e))
        {
            throw new UnavailableException(e.Message, e);
        }
        finally
        {
            // One that failed is not lent again.
            if (connection is not null)
                await connection.DisposeAsync();
        }
    }

    private SqliteConnection OpenPlain()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private SqliteStatements Open(bool writes = false)
    {
        var connection = OpenPlain();
        // SQLite's own lower() knows ASCII only; search must find "ÉCOLE" by "école" as PostgreSQL does.
        connection.CreateFunction("lower", (string? s) => s?.ToLowerInvariant(), isDeterministic: true);
        using var pragmas = connection.CreateCommand();
        // FULL: an acknowledged booking survives a power cut. So it does with the writer (below). busy_timeout: another process (a backup) may hold the lock for a moment. temp_store: what a savepoint
        // may have to put back is no file.
        pragmas.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA temp_store = MEMORY;";
        pragmas.ExecuteNonQuery();
        if (writes)
        {
            // Where processes can't share memory (some file systems of a network), SQLite keeps no such log.
            pragmas.CommandText = "PRAGMA journal_mode;";
            if (pragmas.ExecuteScalar() is not "wal")
                throw new SettingsException($"SQLite can't keep a write-ahead log beside {connection.DataSource}: DATA_DIR has to be on a local file system.");
            // The writer keeps in memory (32 MB) what it changes over and over. SqliteLog moves it into the database file; only where that has not got done for long
            // (256 MB) a commit does. NORMAL: SqliteDisk brings its commits onto the disk before anybody is told of them.
            pragmas.CommandText = "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 64000; PRAGMA synchronous = NORMAL;";
            pragmas.ExecuteNonQuery();
        }

        return new SqliteStatements(connection);
    }

    // The system's library, where there is one that can run our SQL: the system keeps it safe. Else the one that comes with the packages.
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        // RETURNING came with 3.35; older system libraries can't run our SQL.
        const int Oldest = 3_035_005;
        if (name != Library || !NativeLibrary.TryLoad("libsqlite3.so.0", out var system))
            return IntPtr.Zero;
        if (NativeLibrary.TryGetExport(system, "sqlite3_libversion_number", out var function)
            && Marshal.GetDelegateForFunctionPointer<VersionNumber>(function)() >= Oldest)
            return system;
        NativeLibrary.Free(system);
        return IntPtr.Zero;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    [GeneratedRegex(@"=\s*ANY\s*\(\s*(?<list>@\w+)\s*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AnyOf();

    /// `json_to_recordset(@rows::json) AS r(a bigint, b text)`: SQLite reads the same JSON with another function.
    private static string JsonTable(Match call)
    {
        var columns = call.Groups["columns"].Value.Split(',').Select(c => c.Trim().Split(' ')[0]);
        return $"(SELECT {string.Join(", ", columns.Select(c => $"json_extract(value, '$.{c}') AS {c}"))} FROM json_each({call.Groups["list"].Value})) AS {call.Groups["name"].Value}";
    }

    [GeneratedRegex(@"json_to_recordset\((?<list>@\w+)::json\) AS (?<name>\w+)\((?<columns>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecordSet();

    [GeneratedRegex(@"\br\.c(?<number>[0-9]+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowValue();

    [GeneratedRegex(@"\bFOR\s+UPDATE(\s+OF\s+\w+)?(\s+SKIP\s+LOCKED)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RowLock();
}
