using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Sets a new password with the token of a mail; that the mail arrived also proves the address.
public sealed class ResetPassword(Store store, IClock clock, Passwords passwords, Guesses guesses, Attempts attempts, AccountMail mail, Settings settings)
{
    public sealed record Request(string Token, string NewPassword, Visitor From);

    public Task<Outcome<bool>> Handle(Request request, string? from = null) =>
        guesses.Limit([SignIn.OfAddress(request.From, settings)], () => Set(request, from));

    private async Task<Outcome<bool>> Set(Request request, string? from)
    {
        var hash = passwords.Hash(request.NewPassword);
        var now = clock.GetCurrentInstant();
        return await store.Write<bool>(async tx =>
        {
            if (await MailTokenRows.Use(tx, Credentials.Hash(request.Token), AccountMail.ResetPurpose, now) is not { } token)
                return new Refusals.Invalid("token", "This link is invalid, used or expired. Ask for a new one.");
            // Calendars before accounts, as everywhere: nothing waits in a circle.
            await AccountRows.ClaimEmail(tx, token.PersonId, token.Email, now);
            await AccountRows.SetPassword(tx, token.PersonId, hash);
            await SignInRows.EndAll(tx, token.PersonId, null, now);
            // Whatever others have tried, whoever read the mail can sign in now, from here.
            var account = (await AccountRows.ById(tx, token.PersonId))!;
            await attempts.Forget(tx, ((string?[])[token.Email, account.Username]).OfType<string>().Select(login => SignIn.Here(login, request.From, settings)));
            await attempts.Count(tx, now, [SignIn.AtPlace(token.PersonId, request.From)]);
            await AuditRows.Add(tx, token.PersonId, from, now, Trail.Account("account.password_reset", token.PersonId));
            await mail.Notice(tx, account, AccountNotice.PasswordChanged, now);
            return true;
        });
    }
}
