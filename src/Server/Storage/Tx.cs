using System.Data.Common;
using System.Text;
using Convene.Server.Storage.Engines;
using Dapper;

namespace Convene.Server.Storage;

/// One connection inside one transaction (or one read). All SQL of the house goes through here.
public sealed class Tx(Engine engine, DbConnection connection, DbTransaction? transaction)
{
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

    /// Inserts many rows with one statement: `INSERT INTO table (columns) VALUES (…), (…)`. The values of a row stand in the order of the columns.
    public async Task InsertMany(string table, string columns, IReadOnlyCollection<object?[]> rows)
    {
        // SQLite takes at most 32,766 parameters in a statement: 500 rows leave room for 60 columns.
        foreach (var part in rows.Chunk(500))
        {
            var sql = new StringBuilder($"INSERT INTO {table} ({columns}) VALUES ");
            var parameters = new DynamicParameters();
            for (var r = 0; r < part.Length; r++)
            {
                sql.Append(r == 0 ? "(" : ", (");
                for (var c = 0; c < part[r].Length; c++)
                {
                    sql.Append(c == 0 ? "@p" : ", @p").Append(r).Append('_').Append(c);
                    parameters.Add($"p{r}_{c}", part[r][c]);
                }

                sql.Append(')');
            }

            await Execute(sql.ToString(), parameters);
        }
    }

    /// Runs the action once the transaction is safely committed; never if it is rolled back.
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    /// Says after the commit that calendars have changed.
    internal void RingCalendarBell() => AfterCommit(engine.CalendarBell.Ring);

    internal void Committed()
    {
        foreach (var action in afterCommit ?? [])
            action();
    }

    private CommandDefinition Command(string sql, object? parameters)
    {
        engine.Count();
        return new CommandDefinition(engine.Sql(sql), parameters, transaction);
    }
}
