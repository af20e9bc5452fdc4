using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

public sealed class SignIn(Store store, IClock clock, Passwords passwords, LetIn letIn, Attempts attempts, Settings settings)
{
    /// Whoever has just set a new password by a mail is at a place of theirs.
    private const string Place = "place";

    /// <param name="Login">E-mail address or user name.</param>
    public sealed record Request(string Login, string Password, Visitor From);

    public sealed record Result(Account Account, IssuedCredentials Credentials);

    public async Task<Outcome<Result>> Handle(Request request)
    {
        // load. Limits go by what was typed, not by whose it is: an account that is not there is limited like one that is, and takes as long.
        var (here, anywhere, address) = (Here(request.Login, request.From, settings), Anywhere(request.Login), OfAddress(request.From, settings));
        Attempts.Limit[] limits = [here, anywhere, address];
        var account = await store.ReadOne(tx => AccountRows.ByLogin(tx, request.Login));
        var person = account?.PersonId ?? 0;
        var place = AtPlace(person, request.From);
        var standing = await attempts.Look([.. limits, place]);

        // decide. At a place of theirs nobody is kept out by what others try elsewhere, or by what others try there with other accounts.
        var now = clock.GetCurrentInstant();
        var isTheirs = standing.Has(place, now);
        if (!isTheirs && standing.Wait(now, l => l != place) is not null)
            isTheirs = await store.ReadOne(tx => SignInRows.WasAt(tx, person, request.From.Address));
        bool Counts(Attempts.Limit limit) => isTheirs ? limit == here : limit != place;
        if (standing.Wait(now, Counts) is { } wait)
            return new Refusals.TooMany(wait);
        var right = passwords.Matches(account?.PasswordHash, request.Password) && account!.IsActive == 1;

        // save. Many at once are counted one by one: what came of those beyond the limit nobody is told, not even that it was right.
        return await store.WriteAlways<Outcome<Result>>(async tx =>
        {
            if (!right)
            {
                await SignInFailureRows.Count(tx, person, now);
                return await attempts.Count(tx, now, standing, limits, Counts) is { } tooMany ? tooMany : new Refusals.WrongCredentials();
            }

            if ((await attempts.Look(tx, limits)).Wait(now, Counts) is { } meanwhile)
                return new Refusals.TooMany(meanwhile);
            if (standing.Has(here, now))
                await attempts.Forget(tx, here);
            return await letIn.Person(tx, account!, request.From, bothShown: false, now);
        });
    }

    internal static Attempts.Limit Here(string login, Visitor from, Settings settings) =>
        new("sign-in", $"{login.Trim().ToLowerInvariant()} {from.Address}", settings.Accounts.FailuresPerHour);

    /// Of whatever can be guessed: passwords, and what stands in the links of mails.
    internal static Attempts.Limit OfAddress(Visitor from, Settings settings) => new("failures", from.Address, settings.Accounts.FailuresPerHourOfAddress);

    /// Kept for an hour.
    internal static Attempts.Limit AtPlace(long person, Visitor from) => new(Place, $"{person} {from.Address}", 1);

    private Attempts.Limit Anywhere(string login) => new("sign-in-anywhere", login.Trim().ToLowerInvariant(), settings.Accounts.FailuresPerHourAnywhere);
}
