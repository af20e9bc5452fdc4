using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// What is asked again before the ways to sign in are changed, or the account goes: a session that was left open is not enough.
public sealed class Again(Store store, IClock clock, Passwords passwords, Guesses guesses, CodeCheck codes, Settings settings)
{
    // Who signs in with a provider or a passkey may know no password: they show that it is them by having signed in just now.
    private static readonly Duration Fresh = Duration.FromMinutes(10);

    /// Whoever found somebody's browser open must not find out the password with it: the same limit as where the password is changed.
    public Task<Outcome<T>> Limited<T>(Actor actor, Func<Task<Outcome<T>>> guess) => guesses.Limit([new("password", $"{actor.Id}", settings.Accounts.FailuresPerHour)], guess);

    public Task<Outcome<T>> Password<T>(Actor actor, string password, Func<AccountRows.Account, Task<Outcome<T>>> act) => Limited(actor, async () =>
    {
        if (await store.ReadOne(tx => AccountRows.ById(tx, actor.Id)) is not { } account)
            return new Refusals.NotSignedIn();
        return passwords.Matches(account.PasswordHash, password) ? await act(account) : new Refusals.Invalid("password", "This is not your password.");
    });

    /// What is done next is no part of the guess: what is wrong with it does not count as a wrong password.
    /// <param name="password">Null or empty: they may know none.</param>
    public Task<Outcome<AccountRows.Account>> PasswordOrLogin(Actor actor, string? password) => string.IsNullOrEmpty(password)
        ? Login(actor)
        : Password(actor, password, account => Task.FromResult<Outcome<AccountRows.Account>>(account));

    private Task<Outcome<AccountRows.Account>> Login(Actor actor) => store.ReadOne<Outcome<AccountRows.Account>>(async tx =>
    {
        if (await AccountRows.ById(tx, actor.Id) is not { } account)
            return new Refusals.NotSignedIn();
        if (account.PasswordHash.Length > 0 && (await IdentityRows.Of(tx, actor.Id)).Count == 0)
            return new Refusals.Invalid("password", "This field is required.");
        return await SignInRows.BeganAt(tx, actor.SignInId) is { } began && began > clock.GetCurrentInstant() - Fresh
            ? account
            : new Refusals.NotAllowed($"Give your password, or sign in again first: without it this can be done within {Fresh.TotalMinutes:0} minutes of signing in.");
    });

    /// What they are asked for is done in the transaction that uses the code up.
    public Task<Outcome<T>> PasswordAndCode<T>(Actor actor, string password, string code, Func<Tx, AccountRows.Account, Instant, Task<T>> act) =>
        Password(actor, password, account => store.WriteAlways<Outcome<T>>(async tx =>
        {
            var now = clock.GetCurrentInstant();
            return await Code(tx, actor, account, code, now) is { } no ? no : await act(tx, account, now);
        }));

    /// Null: it was right, and is used up. A refusal writes too (it is counted): the transaction must commit either way.
    public async Task<Refusal?> Code(Tx tx, Actor actor, AccountRows.Account account, string code, Instant now) =>
        await codes.Of(tx, account, code, actor.From, now) is { } no ? no is CodeCheck.WrongCode ? new Refusals.Invalid("code", "This code is wrong, or was used already.") : no : null;
}
