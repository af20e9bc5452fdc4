using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class ChangePassword(Store store, IClock clock, Passwords passwords, Guesses guesses, AccountMail mail, Settings settings)
{
    public sealed record Request(string OldPassword, string NewPassword);

    /// Whoever found somebody's browser open must not find out the password with it.
    public Task<Outcome<bool>> Handle(Actor actor, Request request) =>
        guesses.Limit([new("password", $"{actor.Id}", settings.Accounts.FailuresPerHour)], () => Change(actor, request));

    private async Task<Outcome<bool>> Change(Actor actor, Request request)
    {
        var account = (await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)))!;
        if (!passwords.Matches(account.PasswordHash, request.OldPassword))
            return new Refusals.Invalid("old_password", "Old password is incorrect.");

        var hash = passwords.Hash(request.NewPassword);
        return await store.WriteAlways(async tx =>
        {
            var now = clock.GetCurrentInstant();
            await AccountRows.SetPassword(tx, actor.Id, hash);
            // Whoever else knew the old password, or holds an older mail with a link to set a new one, is out.
            await MailTokenRows.EndAll(tx, actor.Id, AccountMail.ResetPurpose, now);
            await SignInRows.EndAll(tx, actor.Id, actor.SignInId, now);
            await tx.Note(actor, now, Trail.Account("account.password_changed", actor.Id));
            await mail.Notice(tx, account, AccountNotice.PasswordChanged, now);
            return true;
        });
    }
}
