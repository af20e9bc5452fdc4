using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Convene.Server.Tests.Faults;

/// A PostgreSQL of one's own, which may be killed.
internal sealed class Cluster : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("convene-faults-pg-");
    private readonly string binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";
    private readonly int port = FreePort();

    public int Port => port;

    public string Data => Path.Combine(folder.FullName, "data");

    public string Database => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <param name="configuration">A file that is added to postgresql.conf.</param>
    public static async Task<Cluster> Start(string? configuration = null)
    {
        var cluster = await New();
        await AsPostgres($"{cluster.binaries}/initdb", "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        if (configuration is not null)
            await File.AppendAllTextAsync(Path.Combine(cluster.Data, "postgresql.conf"), await File.ReadAllTextAsync(configuration));
        await cluster.Launch();
        return cluster;
    }

    /// A standby of this one, and started.
    public async Task<Cluster> Standby(string script)
    {
        var standby = await New();
        await AsPostgres(script, "127.0.0.1", $"{port}", standby.Data, "postgres");
        await standby.Launch();
        return standby;
    }

    public Task Launch() => AsPostgres(
        $"{binaries}/pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder.FullName, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -k {folder.FullName} -c max_connections=200", "start");

    /// SIGKILL to its first process: the others find out and end.
    public async Task Kill()
    {
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0]);
        using var process = Process.GetProcessById(postmaster);
        process.Kill();
        await process.WaitForExitAsync();
        // One that is begun anew refuses while an old one has its shared memory.
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AsPostgres($"{binaries}/pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        }
        catch (InvalidOperationException)
        {
            // It was killed.
        }

        folder.Delete(recursive: true);
    }

    /// It refuses to run as root.
    public static Task AsPostgres(params string[] command) => Environment.UserName == "root" ? Run(["runuser", "-u", "postgres", "--", .. command]) : Run(command);

    private static async Task<Cluster> New()
    {
        var cluster = new Cluster();
        if (Environment.UserName == "root")
            await Run("chown", "postgres", cluster.folder.FullName);
        return cluster;
    }

    private static async Task Run(params string[] command)
    {
        // Its output goes nowhere: pg_ctl's server would keep a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/", ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1" } };
        foreach (var word in command)
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
