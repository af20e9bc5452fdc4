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
    private List<(string Sql, (string Name, object? Value)[] Parameters)>? posted;

    /// The people whose calendars this transaction holds (Revisions.Hold).
    public ISet<long> Held { get; } = new HashSet<long>();

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters = null)
    {
        await SendPosted();
        var rows = await connection.QueryAsync<T>(Command(sql, parameters));
        return rows.AsList();
    }

    public async Task<T?> FirstOrDefault<T>(string sql, object? parameters = null)
    {
        await SendPosted();
        return await connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));
    }

    public async Task<T> One<T>(string sql, object? parameters = null)
    {
        await SendPosted();
        return await connection.QuerySingleAsync<T>(Command(sql, parameters));
    }

    public async Task<int> Execute(string sql, object? parameters = null)
    {
        await SendPosted();
        return await connection.ExecuteAsync(Command(sql, parameters));
    }

    /// Several queries in one round trip, each of which sees what those before it did. The names of their parameters differ.
    internal async Task<SqlMapper.GridReader> Several(params IReadOnlyList<(string Sql, object Parameters)> queries)
    {
        await SendPosted();
        var parameters = new DynamicParameters();
        foreach (var (_, some) in queries)
            parameters.AddDynamicParams(some);
        for (var n = 1; n < queries.Count; n++)
            engine.Count();
        return await connection.QueryMultipleAsync(Command(string.Join(";\n", queries.Select(q => q.Sql)), parameters));
    }

    /// A query (place of the table, number, how many from it on) for numbers of rows to be added; how many: @count0, @count1 ….
    internal string Numbers(IReadOnlyList<string> tables) => engine.Numbers(tables);

    /// For what nobody waits to hear of: it is done before the next statement, or before the commit. Over a network all that was posted travels together.
    public async Task Post(string sql, params (string Name, object? Value)[] parameters)
    {
        if (engine.SendsTogether && transaction is not null)
        {
            engine.Count();
            (posted ??= []).Add((engine.Sql(sql), parameters));
            return;
        }

        await Execute(sql, Plain(parameters));
    }

    private async Task SendPosted()
    {
        if (posted is not { Count: > 0 } some)
            return;
        posted = null;
        await engine.Send(connection, transaction!, some, thenCommit: false);
    }

    /// What was posted, and the commit.
    internal Task Commit()
    {
        if (posted is not { Count: > 0 } some)
            return transaction!.CommitAsync();
        posted = null;
        return engine.Send(connection, transaction!, some, thenCommit: true);
    }

    /// For what may take as long as it takes.
    internal Task<int> ExecuteUnlimited(string sql) => connection.ExecuteAsync(Command(sql, null, 0));

    /// Inserts many rows with one statement, whose text is the same however many they are. Over a network they are posted. The values of a row stand in the order of the columns:
    /// instants, whole numbers, texts.
    public async Task InsertMany(string table, string columns, IReadOnlyCollection<object?[]> rows)
    {
        if (rows.Count > 0 && engine.Insert(connection, table, columns, rows))
        {
            engine.Count();
            return;
        }

        foreach (var part in rows.Chunk(MostRows))
        {
            var (insertion, parameters) = Insertion(table, columns, part);
            await Post(insertion, parameters);
        }
    }

    /// The same, for what the database adds to the rows; in no certain order.
    public async Task<IReadOnlyList<T>> InsertMany<T>(string table, string columns, IReadOnlyCollection<object?[]> rows, string returning)
    {
        var answers = new List<T>(rows.Count);
        foreach (var part in rows.Chunk(MostRows))
        {
            var (insertion, parameters) = Insertion(table, columns, part);
            answers.AddRange(await Query<T>($"{insertion} RETURNING {returning}", Plain(parameters)));
        }

        return answers;
    }

    /// Changes what belongs to each of many rows with one statement, whose text is the same however many they are. Over a network it is posted.
    /// <param name="sql">FROM rows stands where they come from, r.c0, r.c1 … for their values: instants, whole numbers, texts.</param>
    /// <param name="rows">No two that change the same.</param>
    public async Task UpdateMany(string sql, IReadOnlyCollection<object?[]> rows)
    {
        if (rows.Count == 0)
            return;
        if (engine.Update(connection, sql, rows))
        {
            engine.Count();
            return;
        }

        foreach (var part in rows.Chunk(MostRows))
        {
            var (_, from, parameters) = engine.Rows(part);
            await Post(sql.Replace("FROM rows", $"FROM {from}", StringComparison.Ordinal), parameters);
        }
    }

    private (string Sql, (string Name, object? Value)[] Parameters) Insertion(string table, string columns, object?[][] rows)
    {
        var (values, from, parameters) = engine.Rows(rows);
        return ($"INSERT INTO {table} ({columns}) SELECT {values} FROM {from}", parameters);
    }

    private static DynamicParameters Plain(IEnumerable<(string Name, object? Value)> parameters)
    {
        var plain = new DynamicParameters();
        foreach (var (name, value) in parameters)
            plain.Add(name, value);
        return plain;
    }

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
