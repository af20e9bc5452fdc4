using Convene.Scheduling.Booking;
using Convene.Server.Storage;

namespace Convene.Server.Features.Accounts;

/// System 4's login: who is not known yet gets an account.
public sealed class SignInOrUp(Store store, SignIn signIn, Register register)
{
    public sealed record Result(long UserId, IssuedCredentials Credentials, bool IsNew);

    /// <param name="faults">What is wrong with a new account's fields; a known one's are not looked at.</param>
    public async Task<Outcome<Result>> Handle(Register.Request request, Refusals.Invalid? faults, string? from = null)
    {
        if (await store.ReadOne(tx => AccountRows.ByLogin(tx, request.Username!)) is not null)
        {
            var signedIn = await signIn.Handle(new SignIn.Request(request.Username!, request.Password, request.From));
            return signedIn.Is(out var known, out var no) ? new Result(known.Account.Id, known.Credentials, false) : no;
        }

        if (faults is not null)
            return faults;
        return (await register.Handle(request, from)).Is(out var made, out var refusal) ? new Result(made.Account.Id, made.Credentials, true) : refusal;
    }
}
