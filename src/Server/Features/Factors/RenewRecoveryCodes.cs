using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;

namespace Convene.Server.Features.Factors;

/// New recovery codes; the old ones end.
public sealed class RenewRecoveryCodes(Again again, AccountMail mail)
{
    public sealed record Request(string Password, string Code);

    public Task<Outcome<ConfirmSecondFactor.Result>> Handle(Actor actor, Request request) => again.PasswordAndCode(actor, request.Password, request.Code, async (tx, account, now) =>
    {
        await tx.Note(actor, now, Trail.Account("account.recovery_codes_renewed", actor.Id));
        await mail.Notice(tx, account, AccountNotice.RecoveryCodesRenewed, now);
        return new ConfirmSecondFactor.Result(await RecoveryCodes.Renew(tx, actor.Id));
    });
}
