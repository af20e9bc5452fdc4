using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Factors;

/// Whether one has a second factor.
public sealed class ReadSecondFactor(Store store)
{
    /// <param name="Since">When it was set up; null: there is none.</param>
    public sealed record State(bool Enabled, Instant? Since, int RecoveryCodesLeft);

    public Task<State> Handle(Actor actor) => store.Read(async tx =>
    {
        var factor = await TotpRows.Of(tx, actor.Id);
        return new State(factor?.ConfirmedAt is not null, factor?.ConfirmedAt, (int)await TotpRows.RecoveryCodesLeft(tx, actor.Id));
    });
}
