using Convene.Server.Storage;

namespace Convene.Server.Features.Accounts;

public sealed class ReadAccount(Store store, Settings settings)
{
    public async Task<Account> Handle(Actor actor) => Account.Of((await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)))!, settings);
}
