using NodaTime;

namespace Convene.Server.Storage;

/// Keys that a person's own programs sign in with.
public static class ApiKeyRows
{
    public sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";

        /// One of Words' scopes.
        public string Scope { get; init; } = "";

        /// The end of the key.
        public string Hint { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant ExpiresAt { get; init; }

        /// Coarse; null: never.
        public Instant? LastUsedAt { get; init; }
    }

    /// Who is behind a key, and what it may.
    public sealed class Holder : CredentialHolder
    {
        public long KeyId { get; init; }
        public string Hash { get; init; } = "";
        public string Scope { get; init; } = "";
        public Instant ExpiresAt { get; init; }

        /// Coarse (SeenSignIns).
        public Instant? LastUsedAt { get; init; }
    }

    private const string Select = "SELECT id, name, scope, hint, created_at, expires_at, last_used_at FROM api_keys";

    /// Whether a key is still good its expiry tells.
    public static Task<IReadOnlyList<Holder>> ByHash(Tx tx, string[] hashes) => tx.Query<Holder>(
        $"""
        SELECT s.id AS key_id, s.hash, s.scope, s.expires_at, s.last_used_at, {CredentialHolder.Columns}
        FROM api_keys s {CredentialHolder.People}
        WHERE s.hash = ANY(@hashes) AND s.ended_at IS NULL AND a.is_active = 1
        """,
        new { hashes });

    /// Those that were not ended, the newest first; expired ones too.
    public static Task<IReadOnlyList<Row>> Of(Tx tx, long person) =>
        tx.Query<Row>($"{Select} WHERE person_id = @person AND ended_at IS NULL ORDER BY id DESC", new { person });

    public static Task<Row?> Find(Tx tx, long person, long id) =>
        tx.FirstOrDefault<Row>($"{Select} WHERE id = @id AND person_id = @person AND ended_at IS NULL", new { person, id });

    public static Task<long> Add(Tx tx, long person, string name, string scope, string hash, string hint, Instant now, Instant expiresAt) => tx.One<long>(
        """
        INSERT INTO api_keys (person_id, name, scope, hash, hint, created_at, expires_at)
        VALUES (@person, @name, @scope, @hash, @hint, @now, @expiresAt) RETURNING id
        """,
        new { person, name, scope, hash, hint, now, expiresAt });

    public static Task End(Tx tx, long id, Instant now) =>
        tx.Execute("UPDATE api_keys SET ended_at = @now WHERE id = @id AND ended_at IS NULL", new { id, now });

    public static Task EndAll(Tx tx, long person, Instant now) =>
        tx.Execute("UPDATE api_keys SET ended_at = @now WHERE person_id = @person AND ended_at IS NULL", new { person, now });

    /// Notes that these keys were of use; one that was noted after `before` (by another node) stays.
    public static Task Used(Tx tx, IEnumerable<long> ids, Instant before, Instant now) => tx.Execute(
        "UPDATE api_keys SET last_used_at = @now WHERE id = ANY(@ids) AND (last_used_at IS NULL OR last_used_at <= @before)",
        new { ids = ids.ToArray(), before, now });

    /// Forgets what ended or expired before this.
    public static Task Sweep(Tx tx, Instant before) =>
        tx.Execute("DELETE FROM api_keys WHERE ended_at < @before OR expires_at < @before", new { before });
}
