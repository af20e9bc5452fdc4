using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class ResendVerification(Store store, IClock clock, AccountMail mail)
{
    public Task<Outcome<bool>> Handle(Actor actor) => store.Write<bool>(async tx =>
    {
        var account = (await AccountRows.ById(tx, actor.Id))!;
        if (account.Email.Length == 0)
            return new Refusals.Invalid("email", "This account has no e-mail address.");
        if (account.EmailVerifiedAt is not null)
            return new Refusals.Invalid("email", "This address is verified already.");
        await mail.Verification(tx, actor.Id, account.Email, account.FirstName, clock.GetCurrentInstant());
        return true;
    });
}
