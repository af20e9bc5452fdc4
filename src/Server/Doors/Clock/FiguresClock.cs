using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.Clock;

/// Where figures are sent instead of being asked for: looks at the outbox, so that they are of now.
public sealed class FiguresClock(ReadFigures read, Settings settings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Otlp!.Every);
        do
            await read.Handle();
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }
}
