using NodaTime;

namespace Convene.Server.Storage;

public static class SigningKeyRows
{
    /// The key with this name; the candidate becomes it if there is none yet. Nodes that start together agree on one.
    public static async Task<string> Ensure(Tx tx, string name, string candidate, Instant now)
    {
        await tx.Execute(
            "INSERT INTO signing_keys (name, secret, created_at) VALUES (@name, @candidate, @now) ON CONFLICT (name) DO NOTHING",
            new { name, candidate, now });
        return await tx.One<string>("SELECT secret FROM signing_keys WHERE name = @name", new { name });
    }
}
