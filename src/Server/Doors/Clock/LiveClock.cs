using Convene.Server.Features.Live;

namespace Convene.Server.Doors.Clock;

/// Keeps telling who watches their calendar. Every node does it for its own listeners.
public sealed class LiveClock(LiveCalendars live, ILogger<LiveClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await live.Next(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Live updates failed; they go on in {Seconds} s.", Pause.TotalSeconds);
                await Task.Delay(Pause, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
