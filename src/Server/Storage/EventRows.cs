using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Server.Storage;

/// Personal events: on their owner's calendar only.
public static class EventRows
{
    public const string Busy = "busy";
    public const string Free = "free";

    public sealed class Event
    {
        public long Id { get; init; }
        public long OrganizerId { get; init; }
        public string Title { get; init; } = "";
        public string Description { get; init; } = "";
        public string Transparency { get; init; } = "";
        public string Timezone { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public Instant CreatedAt { get; init; }
        public Instant UpdatedAt { get; init; }
    }

    /// <param name="To">The first instant a start may not have.</param>
    public sealed record Filter(long Owner, Instant? To = null, Instant? EndsAfter = null)
    {
        internal string Where => (To is null ? "" : " AND start_at < @to") + (EndsAfter is null ? "" : " AND end_at > @endsAfter");
    }

    private const string Select =
        "SELECT id, organizer_id, title, description, transparency, timezone, start_at, end_at, created_at, updated_at FROM entries WHERE kind = 'event' AND organizer_id = @owner";

    public static Task<IReadOnlyList<Event>> Of(Tx tx, Filter filter, int limit, int offset) => tx.Query<Event>(
        $"{Select}{filter.Where} ORDER BY start_at, id LIMIT @limit OFFSET @offset",
        new { owner = filter.Owner, to = filter.To, endsAfter = filter.EndsAfter, limit, offset });

    public static Task<long> Count(Tx tx, Filter filter) => tx.One<long>(
        $"SELECT count(*) FROM entries WHERE kind = 'event' AND organizer_id = @owner{filter.Where}",
        new { owner = filter.Owner, to = filter.To, endsAfter = filter.EndsAfter });

    public static Task<Event?> Find(Tx tx, long id, long owner) => tx.FirstOrDefault<Event>($"{Select} AND id = @id", new { id, owner });

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

    public static Task Update(Tx tx, long id, string title, string description, string transparency, EntryRows.Times times, Instant now) => tx.Execute(
        """
        UPDATE entries
        SET title = @title, description = @description, transparency = @transparency, timezone = @zone, local_start = @localStart,
            local_end = @localEnd, tzdb = @tzdb, start_at = @start, end_at = @end, updated_at = @now
        WHERE id = @id
        """,
        new
        {
            id, title, description, transparency, zone = times.Zone.Id, localStart = times.LocalStart, localEnd = times.LocalEnd,
            tzdb = DateTimeZoneProviders.Tzdb.VersionId, start = times.When.Start, end = times.When.End, now,
        });

    /// Makes the owner's busy time what the event says. The caller holds the owner's guard.
    public static Task Occupy(Tx tx, long id, long owner, string transparency, TimeRange when) =>
        BusyTimes.Replace(tx, id, when, transparency == Busy ? [owner] : []);
}
