using NodaTime;

namespace Convene.Server.Storage;

/// Everybody's meetings, for administrators.
public static class MeetingsList
{
    public sealed class Row
    {
        public string Uuid { get; init; } = "";
        public string Title { get; init; } = "";
        public long HostId { get; init; }
        public string HostEmail { get; init; } = "";
        public string HostName { get; init; } = "";
        public Instant StartAt { get; init; }
        public Instant EndAt { get; init; }
        public string Timezone { get; init; } = "";
        public string Status { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public long Participants { get; init; }
    }

    public sealed record Filter(string? Status, Instant? From, Instant? To);

    public static Task<Page<Row>> List(Tx tx, Filter filter, Slice slice)
    {
        const string From = "entries e JOIN people o ON o.id = e.organizer_id LEFT JOIN accounts a ON a.person_id = e.organizer_id";
        const string Select =
            $"""
            SELECT e.uuid, e.title, e.organizer_id AS host_id, coalesce(o.email, a.pending_email, '') AS host_email, o.name AS host_name,
                   e.start_at, e.end_at, e.timezone, e.status, e.created_at,
                   (SELECT count(*) FROM participants t WHERE t.entry_id = e.id) AS participants
            FROM {From}
            """;
        var order = slice.OrderBy switch
        {
            "end_time" => "e.end_at",
            "created_at" => "e.created_at",
            "title" => "lower(e.title)",
            "host" => "host_email",
            _ => "e.start_at",
        };
        var where = "WHERE e.kind = 'meeting'"
            + (filter.Status is null ? "" : " AND e.status = @status")
            + (filter.From is null ? "" : " AND e.start_at >= @from")
            + (filter.To is null ? "" : " AND e.start_at < @to")
            + (slice.Search is null ? "" : " AND (lower(e.title) LIKE @search ESCAPE '!' OR lower(e.location) LIKE @search ESCAPE '!' OR coalesce(o.email, a.pending_email, '') LIKE @search ESCAPE '!' OR lower(o.name) LIKE @search ESCAPE '!')");
        return slice.Of<Row>(tx, Select, From, where, order, "e.id", new { status = filter.Status, from = filter.From, to = filter.To });
    }
}
