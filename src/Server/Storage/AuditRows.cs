using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace Convene.Server.Storage;

/// The audit: who did what to which meeting or account. Rows are only ever added (Schema/0012 refuses the rest).
public static class AuditRows
{
    public const string Created = "meeting.created";
    public const string Changed = "meeting.changed";
    public const string Rescheduled = "meeting.rescheduled";
    public const string Extended = "meeting.extended";
    public const string Cancelled = "meeting.cancelled";

    // A text that somebody pastes into a description is not kept whole twice for each change.
    private const int LongestText = 500;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="Kind">What it is about, a dot, what happened.</param>
    /// <param name="Before">What was different before; null: it was not there.</param>
    /// <param name="After">Null: it is gone.</param>
    public sealed record Note(string Kind, IReadOnlyDictionary<string, object?>? Before, IReadOnlyDictionary<string, object?>? After)
    {
        /// The meeting it is about.
        public string? Meeting { get; init; }

        /// The account it is about.
        public long? Person { get; init; }
        public string Reason { get; init; } = "";
    }

    public sealed class Row
    {
        public long Id { get; init; }
        public Instant At { get; init; }
        public string Kind { get; init; } = "";
        public long? ActorId { get; init; }
        public string? ActorEmail { get; init; }

        /// 0: the account was deleted.
        public long ActorIsKnown { get; init; }
        public string? Address { get; init; }
        public string? EntryUuid { get; init; }
        public string? Title { get; init; }
        public long? PersonId { get; init; }
        public string? Email { get; init; }
        public string Reason { get; init; } = "";
        public string? OldValues { get; init; }
        public string? NewValues { get; init; }
    }

    internal const string Select =
        """
        SELECT a.id, a.at, a.kind, a.actor_id, coalesce(w.email, wa.pending_email, wa.username) AS actor_email, CASE WHEN w.id IS NULL THEN 0 ELSE 1 END AS actor_is_known, a.address, a.entry_uuid, e.title, a.person_id,
               coalesce(s.email, sa.pending_email, sa.username) AS email, a.reason, a.old_values, a.new_values
        FROM audit a
        LEFT JOIN people w ON w.id = a.actor_id LEFT JOIN accounts wa ON wa.person_id = a.actor_id
        LEFT JOIN people s ON s.id = a.person_id LEFT JOIN accounts sa ON sa.person_id = a.person_id
        LEFT JOIN entries e ON e.uuid = a.entry_uuid
        """;

    /// One insert, however many notes: every transaction that changes something has one.
    /// <param name="address">Where it came from, shortened.</param>
    public static Task Add(Tx tx, long? actor, string? address, Instant now, params IReadOnlyCollection<Note> notes) =>
        Add(tx, notes.Select(n => (actor, address, n)), now);

    public static Task Add(Tx tx, IEnumerable<(long? Actor, string? Address, Note Note)> notes, Instant now) => Add(tx, Rows(notes, now));

    /// The rows that notes will be, with their values as JSON.
    public static IReadOnlyCollection<object?[]> Rows(IEnumerable<(long? Actor, string? Address, Note Note)> notes, Instant now) =>
        [.. notes.Select(n => new object?[] { now, n.Note.Kind, n.Actor, n.Address, n.Note.Meeting, n.Note.Person, n.Note.Reason, Json(n.Note.Before), Json(n.Note.After) })];

    public static Task Add(Tx tx, IReadOnlyCollection<object?[]> rows) =>
        tx.InsertMany("audit", "at, kind, actor_id, address, entry_uuid, person_id, reason, old_values, new_values", rows);

    public sealed record Filter
    {
        public long? ActorId { get; init; }
        public string? ActorEmail { get; init; }
        public string? Meeting { get; init; }
        public long? PersonId { get; init; }
        public string? PersonEmail { get; init; }

        /// A kind, or what it is about.
        public string? Kind { get; init; }
        public Instant? From { get; init; }
        public Instant? To { get; init; }
    }

    /// Newest first, unless the slice says otherwise.
    public static Task<Page<Row>> List(Tx tx, Filter filter, Slice slice)
    {
        const string Who = "(SELECT id FROM people WHERE email = @{0} UNION SELECT person_id FROM accounts WHERE pending_email = @{0} OR username_key = @{0})";
        var where = "WHERE 1 = 1"
            + (filter.ActorId is null ? "" : " AND a.actor_id = @actorId")
            + (filter.ActorEmail is null ? "" : $" AND a.actor_id IN {Who.Replace("{0}", "actorEmail", StringComparison.Ordinal)}")
            + (filter.Meeting is null ? "" : " AND a.entry_uuid = @meeting")
            + (filter.PersonId is null ? "" : " AND a.person_id = @personId")
            + (filter.PersonEmail is null ? "" : $" AND a.person_id IN {Who.Replace("{0}", "personEmail", StringComparison.Ordinal)}")
            + (filter.Kind is null ? "" : filter.Kind.Contains('.', StringComparison.Ordinal) ? " AND a.kind = @kind" : " AND a.kind LIKE @about ESCAPE '!'")
            + (filter.From is null ? "" : " AND a.at >= @from")
            + (filter.To is null ? "" : " AND a.at < @to");
        return slice.Of<Row>(tx, Select, "audit a", where, "a.id", "a.id", new
        {
            actorId = filter.ActorId, actorEmail = filter.ActorEmail?.ToLowerInvariant(), meeting = filter.Meeting, personId = filter.PersonId,
            personEmail = filter.PersonEmail?.ToLowerInvariant(), kind = filter.Kind, about = filter.Kind is null ? null : $"{Slice.Escape(filter.Kind)}.%",
            from = filter.From, to = filter.To,
        });
    }

    /// What a meeting's times went through, newest first.
    public static Task<IReadOnlyList<Row>> Times(Tx tx, string meeting) => tx.Query<Row>(
        $"{Select} WHERE a.entry_uuid = @meeting AND a.kind IN ('meeting.rescheduled', 'meeting.extended', 'meeting.cancelled') ORDER BY a.id DESC",
        new { meeting });

    /// Removes what is older; the only way that the database lets anything of it go.
    public static async Task<int> Forget(Tx tx, Instant before)
    {
        await tx.Execute(
            "INSERT INTO audit_keeping (id, keep_from) VALUES (1, @before) ON CONFLICT (id) DO UPDATE SET keep_from = excluded.keep_from",
            new { before });
        var removed = await tx.Execute("DELETE FROM audit WHERE at < @before", new { before });
        await tx.Execute("DELETE FROM audit_keeping");
        return removed;
    }

    private static string? Json(IReadOnlyDictionary<string, object?>? values) => values is null
        ? null
        : JsonSerializer.Serialize(values.ToDictionary(v => v.Key, v => v.Value is string { Length: > LongestText } text ? text[..LongestText] + "…" : v.Value), Options);
}
