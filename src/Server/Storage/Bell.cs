namespace Convene.Server.Storage;

/// Rung after a commit, so that whoever waits for it need not wait for its next round. Rings that nobody heard yet are one.
public class Bell : IDisposable
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

    public Task Wait(TimeSpan atMost, CancellationToken cancel) => rung.WaitAsync(atMost, cancel);

    public void Dispose()
    {
        rung.Dispose();
        GC.SuppressFinalize(this);
    }
}
