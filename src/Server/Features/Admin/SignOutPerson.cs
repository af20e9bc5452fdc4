using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Ends all of somebody's sign-ins.
public sealed class SignOutPerson(Store store, IClock clock)
{
    public Task<Outcome<bool>> Handle(Actor actor, long person) => store.Write<bool>(async tx =>
    {
        if (await AccountRows.ById(tx, person) is null)
            return new Refusals.NotFound();
        var now = clock.GetCurrentInstant();
        await SignInRows.EndAll(tx, person, null, now);
        await tx.Note(actor, now, Trail.Account("account.signed_out", person));
        return true;
    });
}
