using System.Data.Common;
using Convene.Server.Storage.Engines;
using Dapper;

namespace Convene.Server.Storage;

/// One connection inside one transaction (or one read). All SQL of the house goes through here.
public sealed class Tx(Engine engine, DbConnection connection, DbTransaction? transaction)
{
    // The text that carries them stays below some hundred kilobytes.
    private const int MostRows = 1_000;

    private List<Action>? afterCommit;

    /// The people whose calendars this transaction holds (Revisions.Hold).
    public ISet<long> Held { get; } = new HashSet<long>();

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters = null)
    {
        var rows = await connection.QueryAsync<T>(Command(sql, parameters));
        return rows.AsList();
    }

    public Task<T?> FirstOrDefault<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<T> One<T>(string sql, object? parameters = null) => connection.QuerySingleAsync<T>(Command(sql, parameters));

    public Task<int> Execute(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    /// For what may take as long as it takes.
    internal Task<int> ExecuteUnlimited(string sql) => connection.ExecuteAsync(Command(sql, null, 0));

    /// Inserts many rows with one statement, whose text is the same however many they are. The values of a row stand in the order of the columns:
    /// instants, whole numbers, texts.
    public async Task InsertMany(string table, string columns, IReadOnlyCollection<object?[]> rows)
    {
        foreach (var part in rows.Chunk(MostRows))
            await Execute(Insertion(table, columns, part), new { rows = JsonRows.Of(part) });
    }

    /// The same, for what the database adds to the rows; in no certain order.
    public async Task<IReadOnlyList<T>> InsertMany<T>(string table, string columns, IReadOnlyCollection<object?[]> rows, string returning)
    {
        var answers = new List<T>(rows.Count);
        foreach (var part in rows.Chunk(MostRows))
            answers.AddRange(await Query<T>($"{Insertion(table, columns, part)} RETURNING {returning}", new { rows = JsonRows.Of(part) }));
        return answers;
    }

    private static string Insertion(string table, string columns, object?[][] rows) =>
        $"INSERT INTO {table} ({columns}) SELECT {JsonRows.Values(rows)} FROM json_to_recordset(@rows::json) AS r({JsonRows.Types(rows)})";

    /// Runs the action once the transaction is safely committed; never if it is rolled back.
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    /// Says after the commit that calendars have changed.
    internal void RingCalendarBell() => AfterCommit(engine.CalendarsChanged);

    internal void Committed()
    {
        foreach (var action in afterCommit ?? [])
            action();
    }

    private CommandDefinition Command(string sql, object? parameters, int? seconds = null)
    {
        engine.Count();
        return new CommandDefinition(engine.Sql(sql), parameters, transaction, seconds);
    }
}
