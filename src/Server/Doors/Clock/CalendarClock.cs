using Convene.Server.Features.Admin;
using Convene.Server.Features.ExternalCalendars;

namespace Convene.Server.Doors.Clock;

/// Reads calendars that lie elsewhere when they are due. A clock of its own: servers that answer slowly hold nothing else up.
public sealed class CalendarClock(RefreshDueCalendars refresh, RunJob run, ILogger<CalendarClock> log) : BackgroundService
{
    // One slow server holds up a fourth of the others at most.
    private const int AtOnce = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Job.ExternalCalendars.Every.ToTimeSpan());
        do
        {
            try
            {
                await run.Handle(Job.ExternalCalendars, () => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Drain(stoppingToken))));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Reading external calendars failed; it goes on in {Seconds} s.", Job.ExternalCalendars.Every.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    private async Task Drain(CancellationToken stop)
    {
        while (await refresh.Handle(stop))
        {
            // Until none is due.
        }
    }
}
