using System.Security.Cryptography;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// While there is no administrator: a token with which an account becomes the first. Whoever reads the server's console may use it.
public sealed class OfferAdministration(Store store, IClock clock)
{
    private static readonly Duration Life = Duration.FromHours(1);

    /// The token, which is told only here; null: there is an administrator.
    public async Task<string?> Handle()
    {
        var now = clock.GetCurrentInstant();
        if (await store.ReadOne(tx => AdministratorRows.IsOffered(tx, now)) is null)
            return null;
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        await store.WriteAlways(tx => AdministratorRows.Offer(tx, Credentials.Hash(token), now, now + Life));
        return token;
    }
}
