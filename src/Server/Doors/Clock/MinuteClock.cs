using Convene.Server.Features.Accounts;
using Convene.Server.Features.Admin;
using Convene.Server.Features.Meetings;
using Convene.Server.Features.Privacy;
using Convene.Server.Features.Recurrence;
using Convene.Server.Features.Repeats;

namespace Convene.Server.Doors.Clock;

/// What happens by the clock: reminders every few seconds, sweeping once an hour. Every node may run it; what is claimed is claimed once.
public sealed class MinuteClock(RemindOfMeetings remind, ExpandSeries expand, ForgetOldSignIns forget, ForgetOldRepeats forgetRepeats, ForgetOldAudit forgetAudit, ForgetOld forgetOld, EraseTraces erase, CheckZones zones, RunJob run, ILogger<MinuteClock> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private const int RoundsAnHour = 360;
    private const int RoundsToErase = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        for (var round = 0; ; round++)
        {
            try
            {
                await run.Handle(Job.Reminders, async () =>
                {
                    while (await remind.Handle(stoppingToken) > 0)
                    {
                        // Until nothing is due.
                    }
                });

                if (round % RoundsToErase == 0)
                    await run.Handle(Job.Erasure, () => erase.Handle(stoppingToken));
                if (round % RoundsAnHour == 0)
                {
                    await run.Handle(Job.SignIns, () => forget.Handle(stoppingToken));
                    await run.Handle(Job.Repeats, () => forgetRepeats.Handle(stoppingToken));
                    await run.Handle(Job.Audit, () => forgetAudit.Handle(stoppingToken));
                    await run.Handle(Job.Retention, () => forgetOld.Handle(stoppingToken));
                    await run.Handle(Job.Zones, async () =>
                    {
                        foreach (var moved in await zones.Handle(stoppingToken))
                            log.LogWarning("Zone rules changed: meeting {Id} in {Zone} moves from {Old} to {New}.", moved.Id, moved.Timezone, moved.OldStart, moved.NewStart);
                    });
                    await run.Handle(Job.Series, async () =>
                    {
                        while (await expand.Handle(stoppingToken) > 0)
                        {
                            // Until no series is due.
                        }
                    });
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "The clock's round failed; the next comes in {Seconds} s.", Round.TotalSeconds);
            }

            if (!await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
                return;
        }
    }
}
