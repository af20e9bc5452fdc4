using NodaTime;

namespace Convene.Server.Storage;

/// Who people are at an OpenID provider.
public static class IdentityRows
{
    public sealed class Identity
    {
        public long Id { get; init; }
        public long PersonId { get; init; }

        /// As the provider said when it was linked; may be empty.
        public string Email { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant LastUsedAt { get; init; }
    }

    private const string Select = "SELECT id, person_id, email, created_at, last_used_at FROM identities";

    public static Task<Identity?> Of(Tx tx, string issuer, string subject) =>
        tx.FirstOrDefault<Identity>($"{Select} WHERE issuer = @issuer AND subject = @subject", new { issuer, subject });

    public static Task<IReadOnlyList<Identity>> Of(Tx tx, long person) => tx.Query<Identity>($"{Select} WHERE person_id = @person ORDER BY id", new { person });

    public static Task Add(Tx tx, string issuer, string subject, long person, string email, Instant now) => tx.Execute(
        "INSERT INTO identities (issuer, subject, person_id, email, created_at, last_used_at) VALUES (@issuer, @subject, @person, @email, @now, @now)",
        new { issuer, subject, person, email, now });

    public static Task Used(Tx tx, long id, Instant now) => tx.Execute("UPDATE identities SET last_used_at = @now WHERE id = @id", new { id, now });

    /// Whether it was there, and theirs.
    public static async Task<bool> Remove(Tx tx, long person, long id) =>
        await tx.Execute("DELETE FROM identities WHERE id = @id AND person_id = @person", new { id, person }) > 0;
}
