using System.Data.Common;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Looks at what is not counted as it happens: the outbox, which all servers on the database share.
public sealed class ReadFigures(Store store, IClock clock, Figures figures)
{
    // Whoever collects figures does so every few seconds, and wants the others also while the database is away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task Handle()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var mail = await store.ReadOne(OutboxList.Measure, patience.Token).WaitAsync(patience.Token);
            var now = clock.GetCurrentInstant();
            figures.Look(new Figures.Outbox(mail.Owed, mail.Failed, mail.OldestDueAt is { } due && due < now ? (now - due).TotalSeconds : 0));
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or IOException or InvalidOperationException)
        {
            figures.Look(null);
        }
    }
}
