using Convene.Server.Features.Accounts;

namespace Convene.Server.Doors.Clock;

/// Writes down which logins were of use. On every node, also where jobs run elsewhere: only this process knows what it saw.
public sealed class SeenClock(SeenSignIns seen, ILogger<SeenClock> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await seen.Handle(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogError(e, "Noting which logins were of use failed; it is tried again in {Seconds} s.", Round.TotalSeconds);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops. What was not written down is within what "coarse" allows.
        }
    }
}
