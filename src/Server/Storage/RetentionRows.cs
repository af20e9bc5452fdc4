using NodaTime;

namespace Convene.Server.Storage;

/// What is old enough to go, a little at a time: behind a number, so that all of it is looked through once.
public static class RetentionRows
{
    /// <param name="Last">The number to go on behind; null: that was all.</param>
    public sealed record Batch(int Gone, long? Last)
    {
        internal static Batch Of(IReadOnlyList<long> ids) => new(ids.Count, ids.Count == 0 ? null : ids[^1]);
    }

    /// Mails that are done with, and the letters that nobody is owed or was sent any more.
    public static async Task<Batch> Mails(Tx tx, Instant before, long after, int most)
    {
        var old = await tx.Query<(long Id, long Letter)>(
            """
            SELECT o.id, o.letter_id FROM outbox o JOIN letters l ON l.id = o.letter_id
            WHERE o.id > @after AND o.due_at IS NULL AND l.created_at < @before ORDER BY o.id LIMIT @most
            """,
            new { before, after, most });
        var ids = old.Select(o => o.Id).ToArray();
        await tx.Execute("DELETE FROM outbox WHERE id = ANY(@ids)", new { ids });
        await tx.Execute(
            "DELETE FROM letters WHERE id = ANY(@letters) AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.letter_id = letters.id)", new { letters = old.Select(o => o.Letter).Distinct().ToArray() });
        return Batch.Of(ids);
    }

    /// Meetings and events that ended before; of a series only those dates. What somebody is changing just now comes the next time.
    public static async Task<Batch> Entries(Tx tx, Instant before, long after, int most)
    {
        var old = await tx.Query<(long Id, long? Series)>(
            "SELECT id, series_id FROM entries WHERE id > @after AND end_at < @before AND kind IN ('meeting', 'event') ORDER BY id LIMIT @most FOR UPDATE SKIP LOCKED",
            new { before, after, most });
        var ids = old.Select(o => o.Id).ToArray();
        await tx.Execute("DELETE FROM entries WHERE id = ANY(@ids)", new { ids });
        var series = old.Select(o => o.Series).OfType<long>().Distinct().ToArray();
        // The rule goes on saying that these dates were; that they are no entries any more is noted, so that no calendar takes them for called off.
        await tx.Execute("UPDATE series SET expanded_from = @before WHERE id = ANY(@series) AND (expanded_from IS NULL OR expanded_from < @before)", new { series, before });
        await tx.Execute(
            "DELETE FROM series WHERE id = ANY(@series) AND expanded_until IS NULL AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.series_id = series.id)", new { series });
        return Batch.Of(ids);
    }
}
