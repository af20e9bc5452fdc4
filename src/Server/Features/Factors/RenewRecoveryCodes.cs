using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// New recovery codes; the old ones end.
public sealed class RenewRecoveryCodes(Store store, IClock clock, Passwords passwords, Guesses guesses, CodeCheck codes, AccountMail mail, Settings settings)
{
    public sealed record Request(string Password, string Code);

    public Task<Outcome<ConfirmSecondFactor.Result>> Handle(Actor actor, Request request) => guesses.Limit(Again.Limits(actor, settings), () => Renew(actor, request));

    private async Task<Outcome<ConfirmSecondFactor.Result>> Renew(Actor actor, Request request)
    {
        var account = (await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)))!;
        if (!passwords.Matches(account.PasswordHash, request.Password))
            return Again.WrongPassword;
        return await store.WriteAlways<Outcome<ConfirmSecondFactor.Result>>(async tx =>
        {
            var now = clock.GetCurrentInstant();
            if (await codes.Of(tx, account, request.Code, actor.From, now) is { } refusal)
                return refusal is CodeCheck.WrongCode ? Again.WrongCode : refusal;
            await tx.Note(actor, now, Trail.Account("account.recovery_codes_renewed", actor.Id));
            await mail.Notice(tx, account, AccountNotice.RecoveryCodesRenewed, now);
            return new ConfirmSecondFactor.Result(await RecoveryCodes.Renew(tx, actor.Id));
        });
    }
}
