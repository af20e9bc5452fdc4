using NodaTime;

namespace Convene.Server.Storage;

/// Second factors (codes by the clock), and the recovery codes beside them.
public static class TotpRows
{
    public sealed class Factor
    {
        /// Sealed.
        public string Secret { get; init; } = "";

        /// Null: it does not count yet.
        public Instant? ConfirmedAt { get; init; }
        public long LastStep { get; init; }

        /// Wrong codes in a row.
        public long Failures { get; init; }
        public Instant LockedUntil { get; init; }
    }

    private const string Select = "SELECT secret, confirmed_at, last_step, failures, locked_until FROM totp_factors WHERE person_id = @person";

    public static Task<Factor?> Of(Tx tx, long person) => tx.FirstOrDefault<Factor>(Select, new { person });

    /// Kept until the end of the transaction: two parallel uses of one code can't both be the first.
    public static Task<Factor?> Hold(Tx tx, long person) => tx.FirstOrDefault<Factor>($"{Select} FOR UPDATE", new { person });

    public static async Task<bool> IsOn(Tx tx, long person) =>
        await tx.FirstOrDefault<long?>("SELECT person_id FROM totp_factors WHERE person_id = @person AND confirmed_at IS NOT NULL", new { person }) is not null;

    /// A new secret in place of one that does not count yet. False: one counts already.
    public static async Task<bool> Begin(Tx tx, long person, string secret, Instant now) => await tx.Execute(
        """
        INSERT INTO totp_factors (person_id, secret, created_at) VALUES (@person, @secret, @now)
        ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at WHERE totp_factors.confirmed_at IS NULL
        """,
        new { person, secret, now }) > 0;

    public static Task Confirm(Tx tx, long person, Instant now) =>
        tx.Execute("UPDATE totp_factors SET confirmed_at = @now WHERE person_id = @person", new { person, now });

    public static Task Took(Tx tx, long person, long step) =>
        tx.Execute("UPDATE totp_factors SET last_step = @step, failures = 0, locked_until = 0 WHERE person_id = @person", new { person, step });

    public static Task Failed(Tx tx, long person, Instant lockedUntil) =>
        tx.Execute("UPDATE totp_factors SET failures = failures + 1, locked_until = @lockedUntil WHERE person_id = @person", new { person, lockedUntil });

    /// Whether there was one that counted. The recovery codes go with it.
    public static async Task<bool> Remove(Tx tx, long person)
    {
        await tx.Execute("DELETE FROM recovery_codes WHERE person_id = @person", new { person });
        return await tx.FirstOrDefault<Factor>("DELETE FROM totp_factors WHERE person_id = @person RETURNING secret, confirmed_at", new { person }) is { ConfirmedAt: not null };
    }

    public static async Task ReplaceRecoveryCodes(Tx tx, long person, IEnumerable<string> hashes)
    {
        await tx.Execute("DELETE FROM recovery_codes WHERE person_id = @person", new { person });
        await tx.InsertMany("recovery_codes", "person_id, hash", [.. hashes.Select(h => new object?[] { person, h })]);
    }

    /// Whoever comes second with the same code gets false.
    public static async Task<bool> UseRecoveryCode(Tx tx, long person, string hash, Instant now) => await tx.Execute(
        "UPDATE recovery_codes SET used_at = @now WHERE person_id = @person AND hash = @hash AND used_at IS NULL", new { person, hash, now }) > 0;

    public static Task<long> RecoveryCodesLeft(Tx tx, long person) =>
        tx.One<long>("SELECT count(*) FROM recovery_codes WHERE person_id = @person AND used_at IS NULL", new { person });
}
