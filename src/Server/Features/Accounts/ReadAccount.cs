using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class ReadAccount(Store store, IClock clock, Settings settings)
{
    public async Task<Account> Handle(Actor actor)
    {
        var account = Account.Of((await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)))!, settings);
        return account.IsStaff ? account : account with { CanClaimAdmin = await store.ReadOne(tx => AdministratorRows.IsOffered(tx, clock.GetCurrentInstant())) };
    }
}
