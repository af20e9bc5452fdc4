using Convene.Scheduling.Booking;
using Convene.Server.Features.Accounts;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// The second step of signing in, for who has a second factor.
public sealed class FinishSignIn(Store store, IClock clock, CodeCheck codes, LetIn letIn)
{
    public const int MostTries = 5;

    /// <param name="Code">Of the app, or a recovery code.</param>
    public sealed record Request(string Challenge, string Code, Visitor From);

    /// The challenge is used, expired, tried too often or none of ours: one begins again.
    public sealed record ChallengeOver : Refusal;

    public sealed record WrongSecondFactor : Refusal;

    public async Task<Outcome<SignIn.Result>> Handle(Request request, string? from)
    {
        var now = clock.GetCurrentInstant();
        var hash = Credentials.Hash(request.Challenge);
        // Tries are counted, so the transaction commits either way.
        return await store.WriteAlways<Outcome<SignIn.Result>>(async tx =>
        {
            if (await ChallengeRows.Try(tx, hash, LetIn.SecondFactor, MostTries, now) is not { PersonId: { } person })
                return new ChallengeOver();
            if (await AccountRows.ById(tx, person) is not { IsActive: 1 } account)
                return new ChallengeOver();
            if (await codes.Of(tx, account, request.Code, from, now) is { } refusal)
                return refusal is CodeCheck.WrongCode ? new WrongSecondFactor() : refusal;
            await ChallengeRows.Take(tx, hash, LetIn.SecondFactor, now);
            return await letIn.Person(tx, account, request.From, bothShown: true, now);
        });
    }
}
