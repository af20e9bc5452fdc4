using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;

namespace Convene.Server.Features.Factors;

/// Switches the second factor off: with the password and a code, so that neither a session left open nor a stolen password is enough.
public sealed class RemoveSecondFactor(Again again, AccountMail mail)
{
    public sealed record Request(string Password, string Code);

    public Task<Outcome<bool>> Handle(Actor actor, Request request) => again.PasswordAndCode(actor, request.Password, request.Code, async (tx, account, now) =>
    {
        await TotpRows.Remove(tx, actor.Id);
        await tx.Note(actor, now, Trail.Account("account.second_factor_removed", actor.Id));
        await mail.Notice(tx, account, AccountNotice.SecondFactorRemoved, now);
        return true;
    });
}
