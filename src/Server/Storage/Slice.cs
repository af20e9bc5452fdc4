using Dapper;

namespace Convene.Server.Storage;

/// One page of a long list, and how many there are.
public sealed record Page<T>(IReadOnlyList<T> Rows, long Total);

/// Which part of a list is asked for, in which order.
public sealed record Slice
{
    public string? Search { get; init; }
    public string OrderBy { get; init; } = "";
    public bool Descending { get; init; }
    public required int Limit { get; init; }
    public int Offset { get; init; }

    /// The search as LIKE … ESCAPE '!' takes it.
    public string? Like => Search is null ? null : $"%{Escape(Search.ToLowerInvariant())}%";

    public static string Escape(string search) =>
        search.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    /// One statement, and a second that counts where the page does not tell.
    /// <param name="from">What is counted: the tables that the condition is about.</param>
    /// <param name="order">Our own words, never a caller's.</param>
    internal async Task<Page<T>> Of<T>(Tx tx, string select, string from, string where, string order, string id, object filter)
    {
        var parameters = new DynamicParameters(filter);
        parameters.AddDynamicParams(new { search = Like, limit = Limit, offset = Offset });
        var direction = Descending ? "DESC" : "ASC";
        var rows = await tx.Query<T>($"{select} {where} ORDER BY {order} {direction}, {id} {direction} LIMIT @limit OFFSET @offset", parameters);
        var total = Offset == 0 && rows.Count < Limit ? rows.Count : await tx.One<long>($"SELECT count(*) FROM {from} {where}", parameters);
        return new Page<T>(rows, total);
    }
}
