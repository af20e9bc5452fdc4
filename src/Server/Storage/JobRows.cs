using NodaTime;

namespace Convene.Server.Storage;

/// When each node last did each of its jobs.
public static class JobRows
{
    public sealed class Row
    {
        public string Name { get; init; } = "";
        public string Node { get; init; } = "";
        public Instant StartedAt { get; init; }
        public long DurationMs { get; init; }
        public string? Error { get; init; }
        public Instant NextAt { get; init; }
    }

    public static Task Note(Tx tx, string name, string node, Instant startedAt, long durationMs, string? error, Instant nextAt) => tx.Execute(
        """
        INSERT INTO jobs (name, node, started_at, duration_ms, error, next_at) VALUES (@name, @node, @startedAt, @durationMs, @error, @nextAt)
        ON CONFLICT (name, node) DO UPDATE
        SET started_at = excluded.started_at, duration_ms = excluded.duration_ms, error = excluded.error, next_at = excluded.next_at
        """,
        new { name, node, startedAt, durationMs, error, nextAt });

    public static Task<IReadOnlyList<Row>> All(Tx tx) => tx.Query<Row>("SELECT name, node, started_at, duration_ms, error, next_at FROM jobs ORDER BY name, started_at DESC");

    /// Nodes that have done nothing since are gone.
    public static Task Forget(Tx tx, Instant before) => tx.Execute("DELETE FROM jobs WHERE started_at < @before", new { before });
}
