using NodaTime;

namespace Convene.Server.Storage;

/// Single-use tokens that travel by mail; only their hashes are here.
public static class MailTokenRows
{
    public sealed class MailToken
    {
        public long PersonId { get; init; }
        public string Email { get; init; } = "";
        public Instant ExpiresAt { get; init; }
        public Instant? UsedAt { get; init; }
    }

    public static async Task Add(Tx tx, string hash, long person, string purpose, string email, Instant now, Instant expiresAt)
    {
        // A newer mail of the same kind replaces the older one.
        await EndAll(tx, person, purpose, now);
        await tx.Execute(
            "INSERT INTO mail_tokens (hash, person_id, purpose, email, created_at, expires_at) VALUES (@hash, @person, @purpose, @email, @now, @expiresAt)",
            new { hash, person, purpose, email, now, expiresAt });
    }

    /// Makes the unused ones worthless.
    public static Task EndAll(Tx tx, long person, string purpose, Instant now) => tx.Execute(
        "UPDATE mail_tokens SET used_at = @now WHERE person_id = @person AND purpose = @purpose AND used_at IS NULL",
        new { person, purpose, now });

    /// Takes the token: whoever comes second gets null, as with a wrong or expired one.
    public static Task<MailToken?> Use(Tx tx, string hash, string purpose, Instant now) => tx.FirstOrDefault<MailToken>(
        """
        UPDATE mail_tokens SET used_at = @now
        WHERE hash = @hash AND purpose = @purpose AND used_at IS NULL AND expires_at > @now
        RETURNING person_id, email, expires_at, used_at
        """,
        new { hash, purpose, now });
}
