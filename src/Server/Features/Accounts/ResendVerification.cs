using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class ResendVerification(Store store, IClock clock, AccountMail mail, Attempts attempts, Settings settings)
{
    public async Task<Outcome<bool>> Handle(Actor actor, Visitor from)
    {
        Attempts.Limit[] limits = [new("verification-mail", $"{actor.Id}", settings.Accounts.MailsPerHour), ForgotPassword.OfAddress(from, settings)];
        var standing = await attempts.Look(limits);
        var now = clock.GetCurrentInstant();
        if (standing.Wait(now) is { } wait)
            return new Refusals.TooMany(wait);
        return await store.Write<bool>(async tx =>
        {
            var account = (await AccountRows.ById(tx, actor.Id))!;
            if (account.Email.Length == 0)
                return new Refusals.Invalid("email", "This account has no e-mail address.");
            if (account.EmailVerifiedAt is not null)
                return new Refusals.Invalid("email", "This address is verified already.");
            // Nobody is told more than once: what is beyond the limit is not even counted.
            if (await attempts.Count(tx, now, standing, limits) is { } tooMany)
                return tooMany;
            await mail.Verification(tx, actor.Id, account.Email, account.FirstName, now);
            return true;
        });
    }
}
