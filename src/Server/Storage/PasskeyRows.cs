using NodaTime;

namespace Convene.Server.Storage;

/// Passkeys: public keys, and how often their devices say that they signed.
public static class PasskeyRows
{
    public sealed class Passkey
    {
        public long Id { get; init; }
        public long PersonId { get; init; }
        public string CredentialId { get; init; } = "";

        /// COSE's number.
        public long Algorithm { get; init; }

        /// SubjectPublicKeyInfo, base64.
        public string PublicKey { get; init; } = "";
        public long SignCount { get; init; }
        public string Name { get; init; } = "";
        public Instant CreatedAt { get; init; }
        public Instant? LastUsedAt { get; init; }
    }

    private const string Select = "SELECT id, person_id, credential_id, algorithm, public_key, sign_count, name, created_at, last_used_at FROM passkeys";

    public static Task<IReadOnlyList<Passkey>> Of(Tx tx, long person) => tx.Query<Passkey>($"{Select} WHERE person_id = @person ORDER BY id", new { person });

    /// Kept until the end of the transaction: of two parallel uses the second sees the first one's count.
    public static Task<Passkey?> Hold(Tx tx, string credentialId) => tx.FirstOrDefault<Passkey>($"{Select} WHERE credential_id = @credentialId FOR UPDATE", new { credentialId });

    public static Task<long> Add(Tx tx, long person, string credentialId, long algorithm, string publicKey, long signCount, string name, Instant now) => tx.One<long>(
        """
        INSERT INTO passkeys (person_id, credential_id, algorithm, public_key, sign_count, name, created_at)
        VALUES (@person, @credentialId, @algorithm, @publicKey, @signCount, @name, @now) RETURNING id
        """,
        new { person, credentialId, algorithm, publicKey, signCount, name, now });

    public static Task Used(Tx tx, long id, long signCount, Instant now) =>
        tx.Execute("UPDATE passkeys SET sign_count = @signCount, last_used_at = @now WHERE id = @id", new { id, signCount, now });

    /// The name of the one that is gone; null: there was none, or it is somebody else's.
    public static Task<string?> Remove(Tx tx, long person, long id) =>
        tx.FirstOrDefault<string>("DELETE FROM passkeys WHERE id = @id AND person_id = @person RETURNING name", new { id, person });
}
