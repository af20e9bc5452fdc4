using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Accounts;

/// Removes logins, tokens and keys that have been of no use for a month.
public sealed class ForgetOldSignIns(Store store, IClock clock)
{
    private static readonly Duration Keep = Duration.FromDays(30);

    public Task Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            var before = clock.GetCurrentInstant() - Keep;
            await SignInRows.Sweep(tx, before);
            await ApiKeyRows.Sweep(tx, before);
            await AttemptRows.Sweep(tx, clock.GetCurrentInstant() - Attempts.LongestWait);
            await SignInFailureRows.Forget(tx, before);
            return true;
        },
        cancel);
}
