using Convene.Server.Features.Mail;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Sends a link to set a new password. The answer is the same whether or not the address has an account.
public sealed class ForgotPassword(Store store, IClock clock, AccountMail mail)
{
    public sealed record Request(string Email);

    public Task Handle(Request request) => store.WriteAlways(async tx =>
    {
        if (await AccountRows.ByEmail(tx, request.Email) is { IsActive: 1 } account)
            await mail.PasswordReset(tx, account.PersonId, request.Email, account.FirstName, clock.GetCurrentInstant());
        return true;
    });
}
