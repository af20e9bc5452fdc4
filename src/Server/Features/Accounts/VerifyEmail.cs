using Convene.Scheduling.Booking;
using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class VerifyEmail(Store store, IClock clock, Guesses guesses, Settings settings)
{
    public sealed record Request(string Token, Visitor From);

    public Task<Outcome<Account>> Handle(Request request, string? from = null) =>
        guesses.Limit([SignIn.OfAddress(request.From, settings)], () => Verify(request, from));

    private async Task<Outcome<Account>> Verify(Request request, string? from)
    {
        var now = clock.GetCurrentInstant();
        return await store.Write<Account>(async tx =>
        {
            if (await MailTokenRows.Use(tx, Credentials.Hash(request.Token), AccountMail.VerifyPurpose, now) is not { } token)
                return new Refusals.Invalid("token", "This link is invalid, used or expired. Ask for a new one.");
            await AccountRows.ClaimEmail(tx, token.PersonId, token.Email, now);
            await AuditRows.Add(tx, token.PersonId, from, now, Trail.Account("account.verified", token.PersonId, null, Trail.Values(("email", token.Email))));
            return Account.Of((await AccountRows.ById(tx, token.PersonId))!, settings);
        });
    }
}
