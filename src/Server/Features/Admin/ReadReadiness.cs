using System.Data.Common;
using Convene.Server.Storage;
using NodaTime;

namespace Convene.Server.Features.Admin;

/// Whether this server can do its work now: for whoever sends it requests, or starts it anew.
public sealed class ReadReadiness(Store store, IClock clock, Leaving leaving)
{
    // Longer than one that waits for its turn; a mail server that is away is no reason to send nobody here.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Ready">Whether the database answers and takes what is written, with a schema that this program works with, and the server was not told to stop.</param>
    /// <param name="OutboxLagSeconds">How long the mail that waits longest has been due: told, but no reason to be not ready.</param>
    public sealed record Readiness(bool Ready, string Database, long? SchemaStep, long? OutboxLagSeconds, bool Stopping);

    public async Task<Readiness> Handle()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (step, fits, mail) = await store.Read(async tx => (await SchemaSteps.Applied(tx), await SchemaSteps.Fits(tx), await OutboxList.Measure(tx)), patience.Token).WaitAsync(patience.Token);
            var now = clock.GetCurrentInstant();
            var lag = mail.OldestDueAt is { } due && due < now ? (long)(now - due).TotalSeconds : 0;
            var takes = !leaving.Breakdown.IsCompleted;
            return new Readiness(fits && takes && !leaving.Begun, takes ? "answers" : "takes nothing until a restart", step, lag, leaving.Begun);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or IOException)
        {
            return new Readiness(false, "does not answer", null, null, leaving.Begun);
        }
    }
}
