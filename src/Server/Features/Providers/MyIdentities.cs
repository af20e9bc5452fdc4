using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Providers;

/// The provider's accounts that one signs in with.
public sealed class MyIdentities(Store store, IClock clock, AccountMail mail)
{
    /// <param name="Email">As the provider said when it was linked; may be empty.</param>
    public sealed record Identity(long Id, string Email, Instant CreatedAt, Instant LastUsedAt);

    public async Task<IReadOnlyList<Identity>> List(Actor actor) =>
        [.. (await store.ReadOne(tx => IdentityRows.Of(tx, actor.Id))).Select(i => new Identity(i.Id, i.Email, i.CreatedAt, i.LastUsedAt))];

    public Task<Outcome<bool>> Remove(Actor actor, long id) => store.Write<bool>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        // Held, so that of two at once one is the last.
        var account = (await AccountRows.Hold(tx, actor.Id))!;
        if (account.PasswordHash.Length == 0 && await IdentityRows.Of(tx, actor.Id) is [var only] && only.Id == id && (await PasskeyRows.Of(tx, actor.Id)).Count == 0)
            return new Refusals.NotAllowed("This is your only way in. Set a password first: sign out, and choose “Forgot your password?”.");
        if (!await IdentityRows.Remove(tx, actor.Id, id))
            return new Refusals.NotFound();
        await tx.Note(actor, now, Trail.Account("account.provider_unlinked", actor.Id));
        await mail.Notice(tx, account, AccountNotice.ProviderUnlinked, now);
        return true;
    });
}
