using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Repeats;

/// Removes answers that are not given again.
public sealed class ForgetOldRepeats(Store store, IClock clock)
{
    public Task Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            await RepeatRows.Forget(tx, clock.GetCurrentInstant() - AnswerOnce.Kept);
            return true;
        },
        cancel);
}
