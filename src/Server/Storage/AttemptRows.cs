using Dapper;
using NodaTime;

namespace Convene.Server.Storage;

/// How often something was tried of late. A tally empties by itself, one attempt after the other.
public static class AttemptRows
{
    public sealed class Tally
    {
        public string Key { get; init; } = "";

        /// When the last of its attempts is forgotten.
        public Instant EmptyAt { get; init; }
        public Instant LastAt { get; init; }
    }

    private const string Columns = "key, empty_at, last_at";

    /// Those that were tried.
    public static async Task<IReadOnlyDictionary<string, Tally>> Find(Tx tx, IEnumerable<string> keys)
    {
        var rows = await tx.Query<Tally>($"SELECT {Columns} FROM attempts WHERE key = ANY(@keys)", new { keys = keys.ToArray() });
        return rows.ToDictionary(r => r.Key, StringComparer.Ordinal);
    }

    /// Counts one more attempt of each, at once with whoever else counts them.
    /// <param name="tallies">Each with how long one attempt takes to be forgotten.</param>
    public static async Task<IReadOnlyDictionary<string, Tally>> Count(Tx tx, IEnumerable<(string Key, Duration Each)> tallies, Instant now)
    {
        var values = new List<string>();
        var parameters = new DynamicParameters(new { now });
        // In one order, so that two who count the same don't wait for each other.
        foreach (var (key, each) in tallies.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var number = values.Count;
            parameters.Add($"key{number}", key);
            parameters.Add($"empty{number}", now + each);
            values.Add($"(@key{number}, @empty{number}, @now)");
        }

        var rows = await tx.Query<Tally>(
            $"""
            INSERT INTO attempts ({Columns}) VALUES {string.Join(", ", values)}
            ON CONFLICT (key) DO UPDATE SET
                empty_at = excluded.empty_at + CASE WHEN attempts.empty_at > excluded.last_at THEN attempts.empty_at - excluded.last_at ELSE 0 END,
                last_at = excluded.last_at
            RETURNING {Columns}
            """,
            parameters);
        return rows.ToDictionary(r => r.Key, StringComparer.Ordinal);
    }

    public static Task Forget(Tx tx, IEnumerable<string> keys) => tx.Execute("DELETE FROM attempts WHERE key = ANY(@keys)", new { keys = keys.ToArray() });

    public static Task Sweep(Tx tx, Instant emptyBefore) => tx.Execute("DELETE FROM attempts WHERE empty_at < @emptyBefore", new { emptyBefore });
}
