using Convene.Server.Features;

namespace Convene.Server.Doors.Clock;

/// Where the database takes nothing any more until the program is started anew, the program ends, and says by its exit code that it should be: to refuse everything would need somebody to notice.
public sealed class Breakdown(Leaving leaving, IHostApplicationLifetime lifetime, ILogger<Breakdown> log) : BackgroundService
{
    /// EX_IOERR of sysexits.h.
    public const int ExitCode = 74;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var why = await leaving.Breakdown.WaitAsync(stoppingToken);
            log.LogCritical("{Why} The server ends now, to be started anew.", why.Message);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // The server stops anyway.
        }
    }
}
