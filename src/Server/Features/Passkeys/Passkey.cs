using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Passkeys;

/// <param name="LastUsedAt">Null: not yet.</param>
public sealed record Passkey(long Id, string Name, Instant CreatedAt, Instant? LastUsedAt)
{
    internal static Passkey Of(PasskeyRows.Passkey row) => new(row.Id, row.Name, row.CreatedAt, row.LastUsedAt);
}
