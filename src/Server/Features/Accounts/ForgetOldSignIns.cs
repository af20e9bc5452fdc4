using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Removes logins, tokens and keys that have been of no use for SIGN_IN_DAYS.
public sealed class ForgetOldSignIns(Store store, IClock clock, Settings settings)
{
    public Task Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            var now = clock.GetCurrentInstant();
            var before = now - Duration.FromDays(settings.SignInDays);
            await SignInRows.Sweep(tx, before);
            await ApiKeyRows.Sweep(tx, before);
            await AttemptRows.Sweep(tx, now - Attempts.LongestWait);
            await SignInFailureRows.Forget(tx, before);
            await ChallengeRows.Sweep(tx, now);
            return true;
        },
        cancel);
}
