using NodaTime;

namespace Convene.Server.Storage;

/// Who is an administrator, and who may become the first.
public static class AdministratorRows
{
    public sealed class Administrator
    {
        public long PersonId { get; init; }
        public string Email { get; init; } = "";
        public string? Username { get; init; }
        public string Name { get; init; } = "";
        public long IsActive { get; init; }
    }

    /// By address.
    public static Task<IReadOnlyList<Administrator>> All(Tx tx) => tx.Query<Administrator>(
        """
        SELECT a.person_id, coalesce(p.email, a.pending_email, '') AS email, a.username, p.name, a.is_active
        FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.is_staff = 1 ORDER BY email, a.person_id
        """);

    /// Those who can act, kept from being changed until the end of the transaction: whoever takes one away knows who is left.
    public static Task<IReadOnlyList<long>> Hold(Tx tx) =>
        tx.Query<long>("SELECT person_id FROM accounts WHERE is_staff = 1 AND is_active = 1 ORDER BY person_id FOR UPDATE");

    public static Task Set(Tx tx, long person, bool isActive, bool isStaff) => tx.Execute(
        "UPDATE accounts SET is_active = @active, is_staff = @staff WHERE person_id = @person",
        new { person, active = isActive ? 1L : 0L, staff = isStaff ? 1L : 0L });

    /// A token for whoever reads the console. Others, of other nodes, stay good until their hour is over.
    public static async Task Offer(Tx tx, string hash, Instant now, Instant expiresAt)
    {
        await tx.Execute("DELETE FROM admin_claims WHERE expires_at <= @now", new { now });
        await tx.Execute("INSERT INTO admin_claims (hash, created_at, expires_at) VALUES (@hash, @now, @expiresAt)", new { hash, now, expiresAt });
    }

    /// Takes the token, and with it all others. Whoever comes second waits, and finds none.
    public static async Task<bool> Take(Tx tx, string hash, Instant now)
    {
        var offered = await tx.Query<string>("SELECT hash FROM admin_claims WHERE expires_at > @now ORDER BY hash FOR UPDATE", new { now });
        if (!offered.Contains(hash))
            return false;
        await tx.Execute("DELETE FROM admin_claims");
        return true;
    }

    /// Whether somebody may still become the first administrator; null: there is one.
    public static async Task<bool?> IsOffered(Tx tx, Instant now) => await tx.FirstOrDefault<long?>(
        """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM admin_claims WHERE expires_at > @now) THEN 1 ELSE 0 END AS offered
        WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE is_staff = 1)
        """,
        new { now }) is { } offered ? offered == 1 : null;
}
