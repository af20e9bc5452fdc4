using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Whether the house still waits for its first administrator.
public sealed class ReadClaim(Store store, IClock clock)
{
    /// <param name="Open">Whether a token of the server's console makes the asker the first administrator. False: there is one, or its token has expired (the server prints a new one when it starts).</param>
    public sealed record Claim(bool Open);

    public async Task<Claim> Handle() => new(await store.ReadOne(tx => AdministratorRows.IsOffered(tx, clock.GetCurrentInstant())) == true);
}
