using System.Net.Sockets;
using System.Text;

namespace Convene.Server.Doors.CommandLine;

/// Tells systemd when the server answers, and when it begins to stop (sd_notify, `Type=notify`). Without systemd there is no socket, and nothing is told.
public sealed class Supervisor : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken) => Tell("READY=1");

    public Task StoppingAsync(CancellationToken cancellationToken) => Tell("STOPPING=1");

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task Tell(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
            return;
        // "@" stands for an abstract socket, whose name begins with a zero.
        var end = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        await socket.SendToAsync(Encoding.ASCII.GetBytes(state), end);
    }
}
