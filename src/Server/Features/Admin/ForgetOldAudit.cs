using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Removes what the audit need not keep any longer, and nodes that are gone. The database refuses to lose anything younger.
public sealed class ForgetOldAudit(Store store, IClock clock, Settings settings)
{
    private static readonly Duration GoneAfter = Duration.FromDays(1);

    public Task Handle(CancellationToken cancel) => store.WriteAlways(
        async tx =>
        {
            var now = clock.GetCurrentInstant();
            await JobRows.Forget(tx, now - GoneAfter);
            if (settings.AuditDays > 0)
                await AuditRows.Forget(tx, now - Duration.FromDays(settings.AuditDays));
        },
        cancel);
}
