using Convene.Server.Features;

namespace Convene.Server.Doors.Clock;

/// Between the order to stop and the stop: load balancers notice that this server is not ready any more, and none of their requests finds the door shut.
public sealed class Drain(Leaving leaving, Settings settings) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        leaving.Begin();
        // Nothing that comes now is stored: the sooner it starts anew, the better.
        if (leaving.Breakdown.IsCompleted)
            return;
        await Task.Delay(settings.Drain, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
