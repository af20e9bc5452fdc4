using NodaTime;

namespace Convene.Server.Storage;

/// What signing in, or adding a way to, waits for: good once, for one purpose, for some minutes.
public static class ChallengeRows
{
    public sealed class Challenge
    {
        public long? PersonId { get; init; }

        /// The page to go on to; may be empty.
        public string Target { get; init; } = "";
    }

    public static Task Add(Tx tx, string hash, string purpose, long? person, string target, Instant expiresAt) => tx.Execute(
        "INSERT INTO challenges (hash, purpose, person_id, target, expires_at) VALUES (@hash, @purpose, @person, @target, @expiresAt)",
        new { hash, purpose, person, target, expiresAt });

    /// Counts a try, and holds the challenge until the end of the transaction. Null: there is no such challenge (any more), or it was tried too often.
    public static Task<Challenge?> Try(Tx tx, string hash, string purpose, int most, Instant now) => tx.FirstOrDefault<Challenge>(
        "UPDATE challenges SET tries = tries + 1 WHERE hash = @hash AND purpose = @purpose AND tries < @most AND expires_at > @now RETURNING person_id, target",
        new { hash, purpose, most, now });

    /// Uses it up: whoever comes second gets null.
    public static Task<Challenge?> Take(Tx tx, string hash, string purpose, Instant now) => tx.FirstOrDefault<Challenge>(
        "DELETE FROM challenges WHERE hash = @hash AND purpose = @purpose AND expires_at > @now RETURNING person_id, target",
        new { hash, purpose, now });

    /// Notes that a challenge of which nothing is kept (OpenChallenge) was answered. False: it was before.
    public static async Task<bool> Use(Tx tx, string hash, string purpose, Instant until) => await tx.Execute(
        "INSERT INTO challenges (hash, purpose, expires_at) VALUES (@hash, @purpose, @until) ON CONFLICT (hash) DO NOTHING",
        new { hash, purpose, until }) > 0;

    /// What somebody has begun and not finished is worth nothing any more.
    public static Task EndAll(Tx tx, long person) => tx.Execute("DELETE FROM challenges WHERE person_id = @person", new { person });

    public static Task Sweep(Tx tx, Instant now) => tx.Execute("DELETE FROM challenges WHERE expires_at <= @now", new { now });
}
