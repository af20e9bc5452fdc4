using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Passkeys;

/// The passkeys that one signs in with.
public sealed class MyPasskeys(Store store, IClock clock, AccountMail mail)
{
    public async Task<IReadOnlyList<Passkey>> List(Actor actor) => [.. (await store.ReadOne(tx => PasskeyRows.Of(tx, actor.Id))).Select(Passkey.Of)];

    public Task<Outcome<bool>> Remove(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (await PasskeyRows.Remove(tx, actor.Id, id) is not { } name)
            return new Refusals.NotFound();
        await tx.Note(actor, now, Trail.Account("account.passkey_removed", actor.Id, Trail.Values(("name", name))));
        await mail.Notice(tx, (await AccountRows.ById(tx, actor.Id))!, AccountNotice.PasskeyRemoved, now);
        return true;
    });
}
