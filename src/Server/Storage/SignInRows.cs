using NodaTime;

namespace Convene.Server.Storage;

/// Logins and the hashes of what they were given.
public static class SignInRows
{
    /// Who is behind what a login was given.
    public sealed class Holder : CredentialHolder
    {
        public long SignInId { get; init; }

        /// Coarse (SeenSignIns).
        public Instant LastSeenAt { get; init; }

        /// Of the credentials that the login was given.
        public string SessionHash { get; init; } = "";
        public Instant SessionExpiresAt { get; init; }
        public string TokenHash { get; init; } = "";
        public Instant TokenExpiresAt { get; init; }
    }

    private const string Holders =
        $"""
        SELECT s.id AS sign_in_id, s.last_seen_at, s.session_hash, s.session_expires_at, s.token_hash, s.token_expires_at, {CredentialHolder.Columns}
        FROM sign_ins s {CredentialHolder.People}
        WHERE s.ended_at IS NULL AND a.is_active = 1
        """;

    public static Task<IReadOnlyList<Holder>> ById(Tx tx, long[] ids) => tx.Query<Holder>($"{Holders} AND s.id = ANY(@ids)", new { ids });

    /// Whether the token is still good its expiry tells.
    public static Task<IReadOnlyList<Holder>> ByToken(Tx tx, string[] hashes) => tx.Query<Holder>($"{Holders} AND s.token_hash = ANY(@hashes)", new { hashes });

    public static Task<IReadOnlyList<Holder>> BySession(Tx tx, string[] hashes) => tx.Query<Holder>($"{Holders} AND s.session_hash = ANY(@hashes)", new { hashes });

    public static Task<long> Add(
        Tx tx, long person, string sessionHash, Instant sessionExpiresAt, string tokenHash, Instant tokenExpiresAt, string userAgent, string address, Instant now) => tx.One<long>(
        """
        INSERT INTO sign_ins (person_id, session_hash, session_expires_at, token_hash, token_expires_at, user_agent, address, last_seen_at, created_at)
        VALUES (@person, @sessionHash, @sessionExpiresAt, @tokenHash, @tokenExpiresAt, @userAgent, @address, @now, @now) RETURNING id
        """,
        new { person, sessionHash, sessionExpiresAt, tokenHash, tokenExpiresAt, userAgent, address, now });

    /// Whether somebody signed in from this address before, as far back as is known.
    public static async Task<bool> WasAt(Tx tx, long person, string address) => address.Length > 0 && await tx.FirstOrDefault<long?>(
        "SELECT id FROM sign_ins WHERE person_id = @person AND address = @address LIMIT 1",
        new { person, address }) is not null;

    /// A login that has not ended, as its owner sees it.
    public sealed class Login
    {
        public long Id { get; init; }
        public Instant SessionExpiresAt { get; init; }
        public Instant TokenExpiresAt { get; init; }

        /// Of the refresh token that was not used yet.
        public Instant? RefreshExpiresAt { get; init; }

        /// Of the newest refresh token, used or not.
        public Instant? RefreshedUntil { get; init; }
        public string UserAgent { get; init; } = "";
        public string Address { get; init; } = "";
        public Instant LastSeenAt { get; init; }
        public Instant CreatedAt { get; init; }
    }

    /// Those of a person that were of use last come first.
    public static Task<IReadOnlyList<Login>> Of(Tx tx, long person, int most) => tx.Query<Login>(
        """
        SELECT s.id, s.session_expires_at, s.token_expires_at, s.user_agent, s.address, s.last_seen_at, s.created_at,
               (SELECT max(r.expires_at) FROM refresh_tokens r WHERE r.sign_in_id = s.id AND r.used_at IS NULL) AS refresh_expires_at,
               (SELECT max(r.expires_at) FROM refresh_tokens r WHERE r.sign_in_id = s.id) AS refreshed_until
        FROM sign_ins s WHERE s.person_id = @person AND s.ended_at IS NULL
        ORDER BY s.last_seen_at DESC, s.id DESC LIMIT @most
        """,
        new { person, most });

    /// Notes that these logins were of use; one that was noted after `before` (by another node) stays.
    public static Task Seen(Tx tx, IEnumerable<long> ids, Instant before, Instant now) => tx.Execute(
        "UPDATE sign_ins SET last_seen_at = @now WHERE id = ANY(@ids) AND last_seen_at <= @before",
        new { ids = ids.ToArray(), before, now });

    /// Whether it was there, and theirs.
    public static async Task<bool> EndOwn(Tx tx, long person, long id, Instant now) => await tx.Execute(
        "UPDATE sign_ins SET ended_at = @now WHERE id = @id AND person_id = @person AND ended_at IS NULL",
        new { person, id, now }) > 0;

    public static Task<Instant?> BeganAt(Tx tx, long id) => tx.FirstOrDefault<Instant?>("SELECT created_at FROM sign_ins WHERE id = @id AND ended_at IS NULL", new { id });

    /// Whether it had not ended before.
    public static async Task<bool> End(Tx tx, long id, Instant now) =>
        await tx.Execute("UPDATE sign_ins SET ended_at = @now WHERE id = @id AND ended_at IS NULL", new { id, now }) > 0;

    /// Those that are only half done (a password was right, a code is still to come) end too.
    public static async Task EndAll(Tx tx, long person, long? except, Instant now)
    {
        await ChallengeRows.EndAll(tx, person);
        await tx.Execute(
            "UPDATE sign_ins SET ended_at = @now WHERE person_id = @person AND id <> @except AND ended_at IS NULL",
            new { person, except = except ?? 0, now });
    }

    public static Task AddRefreshToken(Tx tx, string hash, long signIn, Instant expiresAt) => tx.Execute(
        "INSERT INTO refresh_tokens (hash, sign_in_id, expires_at) VALUES (@hash, @signIn, @expiresAt)",
        new { hash, signIn, expiresAt });

    public sealed class RefreshToken
    {
        public long SignInId { get; init; }
        public Instant ExpiresAt { get; init; }
        public Instant? UsedAt { get; init; }
        public Instant? EndedAt { get; init; }
        public long PersonId { get; init; }
    }

    /// Held until the end of the transaction: two parallel uses of one token can't both be the first.
    public static Task<RefreshToken?> HoldRefreshToken(Tx tx, string hash) => tx.FirstOrDefault<RefreshToken>(
        """
        SELECT r.sign_in_id, r.expires_at, r.used_at, s.ended_at, s.person_id
        FROM refresh_tokens r JOIN sign_ins s ON s.id = r.sign_in_id
        WHERE r.hash = @hash FOR UPDATE OF r
        """,
        new { hash });

    public static Task UseRefreshToken(Tx tx, string hash, Instant now) =>
        tx.Execute("UPDATE refresh_tokens SET used_at = @now WHERE hash = @hash", new { hash, now });

    /// Forgets what can't be used any more: logins that ended or whose every credential has expired.
    public static async Task Sweep(Tx tx, Instant before)
    {
        await tx.Execute("DELETE FROM refresh_tokens WHERE expires_at < @before", new { before });
        await tx.Execute("DELETE FROM mail_tokens WHERE expires_at < @before", new { before });
        await tx.Execute(
            """
            DELETE FROM sign_ins
            WHERE ended_at < @before
               OR (session_expires_at < @before AND token_expires_at < @before
                   AND NOT EXISTS (SELECT 1 FROM refresh_tokens r WHERE r.sign_in_id = sign_ins.id))
            """,
            new { before });
    }
}
