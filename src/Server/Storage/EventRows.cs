using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// Personal events: on their owner's calendar only.
public static class EventRows
{
    public const string Kind = "event";
    public const string Busy = "busy";
    public const string Free = "free";

    public sealed class Event
    {
        public long Id { get; init; }
        public long OrganizerId { get; init; }
        public string Title { get; init; } = "";
        public string Description { get; init; } = "";
        public string Location { get; init; } = "";
        public long AllDay { get; init; }

        /// The series that it is an occurrence of; null: it stands alone.
        public long? SeriesId { get; init; }
        public string? SeriesUuid { get; init; }
        public string? RecurrenceId { get; init; }
        public string Transparency { get; init; } = "";
        public string Timezone { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public Instant CreatedAt { get; init; }
        public Instant UpdatedAt { get; init; }

        public DateTimeZone Zone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Timezone) ?? DateTimeZone.Utc;
    }

    /// <param name="To">The first instant a start may not have.</param>
    public sealed record Filter(long Owner, Instant? To = null, Instant? EndsAfter = null)
    {
        internal string Where => (To is null ? "" : " AND e.start_at < @to") + (EndsAfter is null ? "" : " AND e.end_at > @endsAfter");
    }

    private const string Select =
        """
        SELECT e.id, e.organizer_id, e.title, e.description, e.location, e.transparency, e.all_day, e.timezone, e.start_at, e.end_at, e.series_id, e.recurrence_id,
               s.uuid AS series_uuid, e.created_at, e.updated_at
        FROM entries e LEFT JOIN series s ON s.id = e.series_id
        WHERE e.kind = 'event' AND e.organizer_id = @owner AND e.in_busy = 0
        """;

    public static Task<IReadOnlyList<Event>> Of(Tx tx, Filter filter, int limit, int offset) => tx.Query<Event>(
        $"{Select}{filter.Where} ORDER BY e.start_at, e.id LIMIT @limit OFFSET @offset",
        new { owner = filter.Owner, to = filter.To, endsAfter = filter.EndsAfter, limit, offset });

    /// By number, behind one.
    public static Task<IReadOnlyList<Event>> Behind(Tx tx, long owner, long after, int most) =>
        tx.Query<Event>($"{Select} AND e.id > @after ORDER BY e.id LIMIT @most", new { owner, after, most });

    public static Task<long> Count(Tx tx, Filter filter) => tx.One<long>(
        $"SELECT count(*) FROM entries e WHERE e.kind = 'event' AND e.organizer_id = @owner AND e.in_busy = 0{filter.Where}",
        new { owner = filter.Owner, to = filter.To, endsAfter = filter.EndsAfter });

    public static Task<Event?> Find(Tx tx, long id, long owner) => tx.FirstOrDefault<Event>($"{Select} AND e.id = @id", new { id, owner });

    public static Task<long> Add(Tx tx, long owner, string title, string description, string transparency, EntryRows.Times times, Instant now) => tx.One<long>(
        """
        INSERT INTO entries (uuid, kind, organizer_id, title, description, location, status, transparency, timezone, local_start, local_end, tzdb,
                             start_at, end_at, created_at, updated_at)
        VALUES (@uuid, 'event', @owner, @title, @description, '', 'scheduled', @transparency, @zone, @localStart, @localEnd, @tzdb,
                @start, @end, @now, @now)
        RETURNING id
        """,
        new
        {
            uuid = Guid.CreateVersion7().ToString(), owner, title, description, transparency, zone = times.Zone.Id, localStart = times.LocalStart,
            localEnd = times.LocalEnd, tzdb = DateTimeZoneProviders.Tzdb.VersionId, start = times.When.Start, end = times.When.End, now,
        });

    public static Task Update(Tx tx, long id, string title, string description, string transparency, EntryRows.Times times, bool allDay, Instant now) => tx.Execute(
        """
        UPDATE entries
        SET title = @title, description = @description, transparency = @transparency, timezone = @zone, local_start = @localStart,
            local_end = @localEnd, tzdb = @tzdb, start_at = @start, end_at = @end, all_day = @allDay, updated_at = @now
        WHERE id = @id
        """,
        new
        {
            id, title, description, transparency, allDay = allDay ? 1L : 0L, zone = times.Zone.Id, localStart = times.LocalStart, localEnd = times.LocalEnd,
            tzdb = DateTimeZoneProviders.Tzdb.VersionId, start = times.When.Start, end = times.When.End, now,
        });

    /// One of many that are written at once.
    /// <param name="Id">Null: a new one.</param>
    /// <param name="RecurrenceId">In a series: the wall time that its rule gives it.</param>
    public sealed record New(
        long? Id, string Uuid, string Title, string Description, string Location, bool IsBusy, bool AllDay, EntryRows.Times Times, long? SeriesId, LocalDateTime? RecurrenceId)
    {
        /// Null: now.
        public Instant? CreatedAt { get; init; }
    }

    /// Writes them and takes the owner's time; returns their numbers by uuid. The caller holds the owner's guard.
    public static async Task<IReadOnlyDictionary<string, long>> Add(Tx tx, long owner, IReadOnlyList<New> events, Instant now)
    {
        const string Columns =
            "uuid, kind, organizer_id, title, description, location, status, transparency, all_day, timezone, local_start, local_end, tzdb, start_at, end_at, series_id, recurrence_id, "
            + "created_at, updated_at";
        object?[] Row(New e) =>
        [
            e.Uuid, Kind, owner, e.Title, e.Description, e.Location, "scheduled", e.IsBusy ? Busy : Free, e.AllDay ? 1L : 0L, e.Times.Zone.Id, e.Times.LocalStart, e.Times.LocalEnd,
            DateTimeZoneProviders.Tzdb.VersionId, e.Times.When.Start, e.Times.When.End, e.SeriesId, e.RecurrenceId is { } wall ? SeriesRows.Text(wall) : null, e.CreatedAt ?? now, now,
        ];
        // Whoever was there before keeps its number.
        await tx.InsertMany("entries", "id, " + Columns, [.. events.Where(e => e.Id is not null).Select(e => (object?[])[e.Id, .. Row(e)])]);
        var made = await tx.InsertMany<(long Id, string Uuid)>("entries", Columns, [.. events.Where(e => e.Id is null).Select(Row)], "id, uuid");
        var ids = events.Where(e => e.Id is not null).Select(e => (Id: e.Id!.Value, e.Uuid)).Concat(made).ToDictionary(e => e.Uuid, e => e.Id, StringComparer.Ordinal);
        await BusyTimes.Add(tx, owner, events.Where(e => e.IsBusy && !e.Times.When.IsEmpty).Select(e => (ids[e.Uuid], e.Times.When)));
        return ids;
    }

    /// Makes the owner's busy time what the event says. The caller holds the owner's guard.
    public static Task Occupy(Tx tx, long id, long owner, string transparency, TimeRange when) =>
        BusyTimes.Replace(tx, id, when, transparency == Busy && !when.IsEmpty ? [owner] : []);
}
