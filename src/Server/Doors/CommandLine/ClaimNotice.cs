using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.CommandLine;

/// Once the server runs: how to get its first administrator. On the console only, never in the log, which others may read.
public sealed class ClaimNotice(OfferAdministration offer) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await offer.Handle() is { } token)
            await Console.Out.WriteLineAsync($"There is no administrator yet. Whoever signs in and enters this token at /admin/ within an hour becomes the first: {token}");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
