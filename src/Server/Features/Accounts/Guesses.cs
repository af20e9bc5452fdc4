using Convene.Scheduling.Booking;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Limits what can be guessed: whoever guesses wrong too often waits before the next guess is looked at.
public sealed class Guesses(Store store, IClock clock, Attempts attempts)
{
    /// <param name="guess">Looks at the guess, and does what a right one is for; a refusal of the kind Refusals.Invalid is a wrong guess.</param>
    public async Task<Outcome<T>> Limit<T>(IReadOnlyList<Attempts.Limit> limits, Func<Task<Outcome<T>>> guess)
    {
        var standing = await attempts.Look(limits);
        var now = clock.GetCurrentInstant();
        if (standing.Wait(now) is { } wait)
            return new Refusals.TooMany(wait);
        var outcome = await guess();
        if (outcome.Refusal is Refusals.Invalid && await store.WriteAlways(tx => attempts.Count(tx, now, standing, limits)) is { } tooMany)
            return tooMany;
        return outcome;
    }
}
