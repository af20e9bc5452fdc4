using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// The app's first code: from now on one is asked for at sign-in.
public sealed class ConfirmSecondFactor(Store store, IClock clock, CodeCheck codes, AccountMail mail)
{
    public sealed record Request(string Code);

    /// <param name="RecoveryCodes">For who loses the app: each works once. Told this once.</param>
    public sealed record Result(IReadOnlyList<string> RecoveryCodes);

    public Task<Outcome<Result>> Handle(Actor actor, Request request) => store.Write<Result>(async tx =>
    {
        var now = clock.GetCurrentInstant();
        if (await TotpRows.Hold(tx, actor.Id) is not { ConfirmedAt: null } factor)
            return new Refusals.Invalid("non_field_errors", "There is nothing to confirm. Begin again.");
        if (codes.Step(factor, actor.Id, request.Code.Replace(" ", "", StringComparison.Ordinal), now) is not { } step)
            return new Refusals.Invalid("code", "This code is wrong. Is the clock of your device right?");
        await TotpRows.Confirm(tx, actor.Id, now);
        await TotpRows.Took(tx, actor.Id, step);
        // What was signed in with a password alone does not stay so.
        await SignInRows.EndAll(tx, actor.Id, actor.SignInId, now);
        await tx.Note(actor, now, Trail.Account("account.second_factor_added", actor.Id));
        await mail.Notice(tx, (await AccountRows.ById(tx, actor.Id))!, AccountNotice.SecondFactorAdded, now);
        return new Result(await RecoveryCodes.Renew(tx, actor.Id));
    });
}
