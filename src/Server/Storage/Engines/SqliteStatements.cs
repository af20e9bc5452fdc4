using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;

namespace Convene.Server.Storage.Engines;

/// A connection to SQLite that keeps its statements prepared: to parse and plan one costs more than most of them take to run.
/// One thread at a time uses it.
internal sealed class SqliteStatements(SqliteConnection connection) : DbConnection
{
    // Some hundred texts are all there is; a list's filters make the most of them.
    private const int Most = 500;

    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, sqlite3_stmt> changes = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    [AllowNull]
    public override string ConnectionString
    {
        get => connection.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Open() => connection.Open();

    public override void Close() => connection.Close();

    /// Runs it for each row, whose values (instants, whole numbers, texts) stand for the question marks.
    public void Run(string text, IEnumerable<object?[]> rows)
    {
        if (!changes.TryGetValue(text, out var statement))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection.Handle, text, raw.SQLITE_PREPARE_PERSISTENT, out statement), connection.Handle);
            changes.Add(text, statement);
        }

        foreach (var row in rows)
        {
            for (var n = 0; n < row.Length; n++)
                SqliteException.ThrowExceptionForRC(Bind(statement, n + 1, row[n]), connection.Handle);
            var done = raw.sqlite3_step(statement);
            // The same error again, if there was one; whatever it says, the statement can be used for the next row.
            _ = raw.sqlite3_reset(statement);
            if (done != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(done, connection.Handle);
        }
    }

    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        string text => raw.sqlite3_bind_text(statement, place, text),
        Instant instant => raw.sqlite3_bind_int64(statement, place, instant.ToUnixTimeMilliseconds()),
        var number => raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(number)),
    };

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => connection.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => new Statement(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in prepared.Values)
                command.Dispose();
            prepared.Clear();
            foreach (var statement in changes.Values)
                statement.Dispose();
            changes.Clear();
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    // Out of the dictionary while it is in use: a statement runs once at a time.
    private SqliteCommand Take(string text) => prepared.Remove(text, out var command) ? command : new SqliteCommand(text, connection);

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (prepared.Count >= Most || !prepared.TryAdd(command.CommandText, command))
            command.Dispose();
    }

    /// What Dapper fills in and runs: its text comes first, and brings the prepared statement with it.
    private sealed class Statement(SqliteStatements owner) : DbCommand
    {
        private SqliteCommand? command;

        [AllowNull]
        public override string CommandText
        {
            get => command?.CommandText ?? "";
            set
            {
                Return();
                command = owner.Take(value ?? "");
            }
        }

        public override int CommandTimeout
        {
            get => Command.CommandTimeout;
            set => Command.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set
            {
                if (value != CommandType.Text)
                    throw new NotSupportedException();
            }
        }

        public override UpdateRowSource UpdatedRowSource
        {
            get => UpdateRowSource.None;
            set
            {
                // Nobody fills data sets.
            }
        }

        public override bool DesignTimeVisible { get; set; }

        protected override DbConnection? DbConnection
        {
            get => owner;
            set
            {
                if (value != owner)
                    throw new NotSupportedException();
            }
        }

        protected override DbParameterCollection DbParameterCollection => Command.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        private SqliteCommand Command => command ?? throw new InvalidOperationException("A statement begins with its text.");

        public override void Cancel()
        {
            // SQLite works in the thread that asks.
        }

        public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

        public override object? ExecuteScalar() => Ready().ExecuteScalar();

        public override void Prepare() => Ready().Prepare();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Return();
            base.Dispose(disposing);
        }

        private SqliteCommand Ready()
        {
            Command.Transaction = (SqliteTransaction?)DbTransaction;
            return Command;
        }

        private void Return()
        {
            if (command is not null)
                owner.GiveBack(command);
            command = null;
        }
    }
}
