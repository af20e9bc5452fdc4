using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Makes the actor the first administrator, by the token of the server's console.
public sealed class ClaimAdministration(Store store, IClock clock, Settings settings)
{
    public Task<Outcome<Account>> Handle(Actor actor, string token) => store.Write<Account>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        var taken = await AdministratorRows.Take(tx, Credentials.Hash(token), now);
        // After the wait: whoever was first is an administrator by now.
        if (await AdministratorRows.IsOffered(tx, now) is null)
            return new Refusals.NotAllowed("There is an administrator already. They can make you one.");
        if (!taken)
            return new Refusals.Invalid("token", "This token is wrong or expired. The server prints a new one when it starts.");
        await AdministratorRows.Set(tx, actor.Id, isActive: true, isStaff: true);
        await tx.Note(actor, now, Trail.Account(ChangePerson.Given, actor.Id));
        return Account.Of((await AccountRows.ById(tx, actor.Id))!, settings);
    });
}
