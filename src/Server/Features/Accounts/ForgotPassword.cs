using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Sends a link to set a new password. The answer, and how long it takes, is the same whether or not the address has an account.
public sealed class ForgotPassword(Store store, IClock clock, AccountMail mail, Attempts attempts, Settings settings)
{
    /// Far longer than it takes to owe a mail, so that nobody learns from the clock whether one is owed.
    private static readonly TimeSpan Always = TimeSpan.FromMilliseconds(150);

    public sealed record Request(string Email, Visitor From);

    public async Task<Outcome<bool>> Handle(Request request)
    {
        var time = Task.Delay(Always);
        var outcome = await Owe(request);
        await time;
        return outcome;
    }

    private async Task<Outcome<bool>> Owe(Request request)
    {
        Attempts.Limit[] limits = [new("reset-mail", request.Email.ToLowerInvariant(), settings.Accounts.MailsPerHour), OfAddress(request.From, settings)];
        var standing = await attempts.Look(limits);
        var now = clock.GetCurrentInstant();
        if (standing.Wait(now) is { } wait)
            return new Refusals.TooMany(wait);
        return await store.WriteAlways<Outcome<bool>>(async tx =>
        {
            if (await attempts.Count(tx, now, standing, limits) is { } tooMany)
                return tooMany;
            if (await AccountRows.ByEmail(tx, request.Email) is { IsActive: 1 } account)
                await mail.PasswordReset(tx, account.PersonId, request.Email, account.FirstName, now);
            return true;
        });
    }

    internal static Attempts.Limit OfAddress(Visitor from, Settings settings) => new("account-mail", from.Address, settings.Accounts.MailsPerHourOfAddress);
}
