using Convene.Server.Features.Admin;
using Convene.Server.Features.Mail;

namespace Convene.Server.Doors.Clock;

/// Sends owed mail: at once when a booking rings, and by the clock for what is tried again or was rung on another node.
public sealed class MailClock(SendOwedMail send, RunJob run, Settings settings, ILogger<MailClock> log) : BackgroundService
{
    // Slow servers must not hold up the rest; more connections than this a small mail server would not thank us for.
    private const int Senders = 4;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MendingRound = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.SqliteFile is not null)
            await Recover();
        await Task.WhenAll([MendTimes(stoppingToken), .. Enumerable.Range(0, Senders).Select(_ => Loop(stoppingToken))]);
    }

    private async Task Recover()
    {
        try
        {
            await send.Recover();
        }
        catch (Exception e)
        {
            // A full disk, for instance: what was claimed is due when its lease is over.
            log.LogWarning("What was being sent when the server was last stopped is not due at once: {Reason}", e.Message);
        }
    }

    private async Task MendTimes(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await send.MendTimes();
            }
            catch (Exception e)
            {
                log.LogWarning("Whether a clock was put back can't be seen now: {Reason}", e.Message);
            }

            await Task.Delay(MendingRound, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task Loop(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await run.Handle(Job.Mail, async () =>
                {
                    while (await send.Next(stop))
                    {
                        // Until nothing is due.
                    }
                });
                await send.WaitForMail(Round, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Sending mail failed; it goes on in {Seconds} s.", Round.TotalSeconds);
                await Task.Delay(Round, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
