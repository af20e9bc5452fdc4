namespace Convene.Server.Storage;

/// Rung when a committed transaction owes mail, so that the sender need not wait for its next round.
public sealed class MailBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        try
        {
            if (rung.CurrentCount == 0)
                rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two rang at once: once is enough.
        }
    }

    public void Dispose() => rung.Dispose();

    public Task Wait(TimeSpan atMost, CancellationToken cancel) => rung.WaitAsync(atMost, cancel);
}
