using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.Server.Storage;

/// What was read from calendar files: which UIDs are here already, and what they became.
public static class ImportRows
{
    public sealed class Item
    {
        public string Uid { get; init; } = "";

        /// In UTC, or a date; empty: the whole.
        public string RecurrenceId { get; init; } = "";
        public string Digest { get; init; } = "";
        public long Sequence { get; init; }
        public Instant? ModifiedAt { get; init; }

        /// Either it is part of a series, or an entry by itself.
        public long? SeriesId { get; init; }
        public string? SeriesUuid { get; init; }
        public long? EntryId { get; init; }
    }

    /// An entry that was imported before.
    public sealed class Made
    {
        public long Id { get; init; }
        public string Uuid { get; init; } = "";
        public long? SeriesId { get; init; }
        public string? RecurrenceId { get; init; }
        public Instant CreatedAt { get; init; }
    }

    /// <param name="Id">Null: a new one.</param>
    /// <param name="Rule">Empty: only the start and what is added.</param>
    /// <param name="From">Null: its occurrences are entries from the start on.</param>
    /// <param name="Until">Up to here its occurrences are entries; null: there are no more.</param>
    public sealed record NewSeries(
        long? Id, string Uuid, string Rule, IReadOnlyList<LocalDateTime> Added, IReadOnlyList<LocalDateTime> Dropped, DateTimeZone Zone, LocalDateTime Start, OccurrenceLength Length,
        bool AllDay, bool IsBusy, string Title, string Description, string Location, Instant? From, Instant? Until);

    /// Everything that was ever imported under these UIDs.
    public static Task<IReadOnlyList<Item>> Known(Tx tx, long person, IEnumerable<string> uids) => tx.Query<Item>(
        """
        SELECT i.uid, i.recurrence_id, i.digest, i.sequence, i.modified_at, i.series_id, i.entry_id, s.uuid AS series_uuid
        FROM imported_items i LEFT JOIN series s ON s.id = i.series_id
        WHERE i.person_id = @person AND i.uid = ANY(@uids)
        """,
        new { person, uids = uids.ToArray() });

    /// Of these uuids those of entries and series that the person hosts, owns or takes part in.
    public static Task<IReadOnlyList<string>> Here(Tx tx, long person, IEnumerable<string> uuids) => tx.Query<string>(
        """
        SELECT e.uuid FROM entries e
        WHERE e.uuid = ANY(@uuids) AND (e.organizer_id = @person OR EXISTS (SELECT 1 FROM participants t WHERE t.entry_id = e.id AND t.person_id = @person))
        UNION
        SELECT s.uuid FROM series s
        WHERE s.uuid = ANY(@uuids)
          AND (s.organizer_id = @person OR EXISTS (SELECT 1 FROM entries e JOIN participants t ON t.entry_id = e.id WHERE e.series_id = s.id AND t.person_id = @person))
        """,
        new { person, uuids = uuids.ToArray() });

    public static async Task<IReadOnlyList<Made>> Entries(Tx tx, IReadOnlyCollection<long> series, IReadOnlyCollection<long> entries)
    {
        const string Select = "SELECT id, uuid, series_id, recurrence_id, created_at FROM entries WHERE";
        if (series.Count + entries.Count == 0)
            return [];
        // Each by its own index: an OR would walk the table.
        return await tx.Query<Made>($"{Select} id = ANY(@entries) UNION ALL {Select} series_id = ANY(@series) ORDER BY 1", new { series = series.ToArray(), entries = entries.ToArray() });
    }

    /// Takes entries off the calendar, and what was remembered of those that stand alone.
    public static Task Remove(Tx tx, IEnumerable<long> entries) => tx.Execute("DELETE FROM entries WHERE id = ANY(@entries)", new { entries = entries.ToArray() });

    /// The series themselves; their entries are gone already.
    public static Task RemoveSeries(Tx tx, IEnumerable<long> series) => tx.Execute("DELETE FROM series WHERE id = ANY(@series)", new { series = series.ToArray() });

    /// Writes them; returns their numbers by uuid.
    public static async Task<IReadOnlyDictionary<string, long>> Add(Tx tx, long owner, IReadOnlyList<NewSeries> series, Instant now)
    {
        const string Columns =
            "uuid, organizer_id, kind, rule, added, dropped, timezone, local_start, length_ms, length_days, all_day, transparency, title, description, location, on_conflict, "
            + "expanded_from, expanded_until, created_at, updated_at";
        object?[] Row(NewSeries s) =>
        [
            s.Uuid, owner, EventRows.Kind, s.Rule, SeriesRows.Text(s.Added), SeriesRows.Text(s.Dropped), s.Zone.Id, SeriesRows.Text(s.Start), (long)s.Length.Exact.TotalMilliseconds,
            (long)s.Length.Days, s.AllDay ? 1L : 0L, s.IsBusy ? EventRows.Busy : EventRows.Free, s.Title, s.Description, s.Location, "", s.From, s.Until, now, now,
        ];
        await tx.InsertMany("series", "id, " + Columns, [.. series.Where(s => s.Id is not null).Select(s => (object?[])[s.Id, .. Row(s)])]);
        var made = await tx.InsertMany<(long Id, string Uuid)>("series", Columns, [.. series.Where(s => s.Id is null).Select(Row)], "id, uuid");
        return series.Where(s => s.Id is not null).Select(s => (Id: s.Id!.Value, s.Uuid)).Concat(made).ToDictionary(s => s.Uuid, s => s.Id, StringComparer.Ordinal);
    }

    public static Task Forget(Tx tx, long person, IReadOnlyCollection<string> uids) =>
        tx.Execute("DELETE FROM imported_items WHERE person_id = @person AND uid = ANY(@uids)", new { person, uids = uids.ToArray() });

    /// Single occurrences.
    public static Task Forget(Tx tx, long person, IReadOnlyCollection<(string Uid, string RecurrenceId)> items) => tx.Execute(
        "DELETE FROM imported_items WHERE person_id = @person AND uid = ANY(@uids) AND uid || '|' || recurrence_id = ANY(@keys)",
        new { person, uids = items.Select(i => i.Uid).Distinct().ToArray(), keys = items.Select(i => $"{i.Uid}|{i.RecurrenceId}").ToArray() });

    public static Task Remember(Tx tx, long person, IEnumerable<Item> items) => tx.InsertMany(
        "imported_items", "person_id, uid, recurrence_id, digest, sequence, modified_at, series_id, entry_id",
        [.. items.Select(i => new object?[] { person, i.Uid, i.RecurrenceId, i.Digest, i.Sequence, i.ModifiedAt, i.SeriesId, i.EntryId })]);

    /// The first entry of each series.
    public static async Task<IReadOnlyDictionary<long, long>> FirstOf(Tx tx, long[] series) => series.Length == 0
        ? new Dictionary<long, long>()
        : (await tx.Query<(long Series, long Id)>("SELECT series_id, min(id) FROM entries WHERE series_id = ANY(@series) GROUP BY series_id", new { series })).ToDictionary(f => f.Series, f => f.Id);

    /// The wall times of a series that are entries already.
    public static async Task<IReadOnlySet<string>> Walls(Tx tx, long series) =>
        (await tx.Query<string>("SELECT recurrence_id FROM entries WHERE series_id = @series", new { series })).ToHashSet(StringComparer.Ordinal);
}
