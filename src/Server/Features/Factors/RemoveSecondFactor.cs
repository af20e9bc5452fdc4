using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// Switches the second factor off: with the password and a code, so that neither a session left open nor a stolen password is enough.
public sealed class RemoveSecondFactor(Store store, IClock clock, Passwords passwords, Guesses guesses, CodeCheck codes, AccountMail mail, Settings settings)
{
    public sealed record Request(string Password, string Code);

    public Task<Outcome<bool>> Handle(Actor actor, Request request) => guesses.Limit(Again.Limits(actor, settings), () => Remove(actor, request));

    private async Task<Outcome<bool>> Remove(Actor actor, Request request)
    {
        var account = (await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)))!;
        if (!passwords.Matches(account.PasswordHash, request.Password))
            return Again.WrongPassword;
        return await store.WriteAlways<Outcome<bool>>(async tx =>
        {
            var now = clock.GetCurrentInstant();
            if (await codes.Of(tx, account, request.Code, actor.From, now) is { } refusal)
                return refusal is CodeCheck.WrongCode ? Again.WrongCode : refusal;
            await TotpRows.Remove(tx, actor.Id);
            await tx.Note(actor, now, Trail.Account("account.second_factor_removed", actor.Id));
            await mail.Notice(tx, account, AccountNotice.SecondFactorRemoved, now);
            return true;
        });
    }
}
