using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class SignIn(Store store, IClock clock, Passwords passwords, LetIn letIn)
{
    /// <param name="Login">E-mail address or user name.</param>
    public sealed record Request(string Login, string Password, Visitor From);

    public sealed record Result(Account Account, IssuedCredentials Credentials);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        var account = await store.ReadOne(tx => AccountRows.ByLogin(tx, request.Login));
        if (!passwords.Matches(account?.PasswordHash, request.Password) || account!.IsActive == 0)
        {
            await store.WriteAlways(tx => SignInFailureRows.Count(tx, account?.PersonId ?? 0, clock.GetCurrentInstant()));
            return new Refusals.WrongCredentials();
        }

        // To be asked for the second factor is written too, so the transaction commits either way.
        return await store.WriteAlways(tx => letIn.Person(tx, account, request.From, bothShown: false, clock.GetCurrentInstant()));
    }
}
