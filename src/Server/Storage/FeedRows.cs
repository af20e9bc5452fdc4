using NodaTime;

namespace Convene.Server.Storage;

/// Links that calendar programs subscribe to.
public static class FeedRows
{
    public sealed class Row
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public string Name { get; init; } = "";
        public long FreeBusyOnly { get; init; }
        public string Nonce { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant? LastUsedAt { get; init; }
    }

    /// All that is needed to say whether somebody who subscribes has seen it already.
    public sealed class Subscribed
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public string Name { get; init; } = "";
        public long FreeBusyOnly { get; init; }
        public string Nonce { get; init; } = "";

        /// Of what was handed out last, and since when it is like that.
        public string Tag { get; init; } = "";
        public Instant? ChangedAt { get; init; }
        public Instant? LastUsedAt { get; init; }
        public long Revision { get; init; }

        /// 0: the account is not let in any more.
        public long IsActive { get; init; }
        public string OwnerEmail { get; init; } = "";
        public string OwnerName { get; init; } = "";
    }

    private const string Select = "SELECT id, person_id, name, free_busy_only, nonce, created_at, last_used_at FROM feeds";

    public static Task<IReadOnlyList<Row>> Of(Tx tx, long person) => tx.Query<Row>($"{Select} WHERE person_id = @person ORDER BY id", new { person });

    public static Task<Row?> Find(Tx tx, long id, long person) => tx.FirstOrDefault<Row>($"{Select} WHERE id = @id AND person_id = @person", new { id, person });

    public static Task<Subscribed?> ByNonce(Tx tx, string nonce) => tx.FirstOrDefault<Subscribed>(
        """
        SELECT f.id, f.person_id, f.name, f.free_busy_only, f.nonce, f.tag, f.changed_at, f.last_used_at, c.revision, a.is_active,
               coalesce(p.email, a.pending_email, '') AS owner_email, p.name AS owner_name
        FROM feeds f JOIN calendars c ON c.person_id = f.person_id JOIN accounts a ON a.person_id = f.person_id JOIN people p ON p.id = f.person_id
        WHERE f.nonce = @nonce
        """,
        new { nonce });

    public static Task<long> Add(Tx tx, long person, string name, bool freeBusyOnly, string nonce, Instant now) => tx.One<long>(
        "INSERT INTO feeds (person_id, name, free_busy_only, nonce, created_at) VALUES (@person, @name, @only, @nonce, @now) RETURNING id",
        new { person, name, only = freeBusyOnly ? 1L : 0L, nonce, now });

    public static Task Change(Tx tx, long id, string name, bool freeBusyOnly) =>
        tx.Execute("UPDATE feeds SET name = @name, free_busy_only = @only WHERE id = @id", new { id, name, only = freeBusyOnly ? 1L : 0L });

    public static Task Renew(Tx tx, long id, string nonce) => tx.Execute("UPDATE feeds SET nonce = @nonce, last_used_at = NULL WHERE id = @id", new { id, nonce });

    public static Task Delete(Tx tx, long id) => tx.Execute("DELETE FROM feeds WHERE id = @id", new { id });

    public static Task Used(Tx tx, long id, string tag, Instant? changedAt, Instant now) =>
        tx.Execute("UPDATE feeds SET tag = @tag, changed_at = @changedAt, last_used_at = @now WHERE id = @id", new { id, tag, changedAt, now });
}
