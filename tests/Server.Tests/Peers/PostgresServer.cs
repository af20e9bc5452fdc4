using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Convene.Server.Tests.Peers;

/// A throwaway PostgreSQL cluster on a free port, shared by all tests of a run and removed at its end.
/// CONVENE_TEST_POSTGRES (a connection string of a user who may create databases) uses a server that is there already.
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> Connection = new(Start);
    private static int databases;

    public static bool IsThere => Environment.GetEnvironmentVariable("CONVENE_TEST_POSTGRES") is not null || Binaries() is not null;

    /// A connection string to a new database.
    /// <param name="template">A connection string to one that nobody is connected to, whose copy it is; null: it is empty.</param>
    public static async Task<string> NewDatabase(string? template = null)
    {
        var server = await Connection.Value;
        var name = $"convene_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}{(template is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(template).Database}")}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    private static string? Binaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static async Task<string> Start()
    {
        if (Environment.GetEnvironmentVariable("CONVENE_TEST_POSTGRES") is { } given)
            return given;

        var binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL is required (CONVENE_REQUIRE=all) but not on this machine: install the Debian package postgresql.");
        var folder = Directory.CreateTempSubdirectory("convene-pg-").FullName;
        var data = Path.Combine(folder, "data");
        var root = Environment.UserName == "root";
        if (root)
        {
            // PostgreSQL refuses to run as root.
            await Run("chown", "postgres", folder);
        }

        await Run(root, $"{binaries}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var port = FreePort();
        // Nothing here must survive a power cut, but many houses connect at once.
        await Run(root, $"{binaries}/pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c max_connections=400 -c fsync=off", "start");
        RemoveAfterwards($"{binaries}/pg_ctl", data, folder, root);
        return $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    /// A shell of its own waits for this process to end, however it ends: the test host gives its last moments too little time, and a cluster is some gigabytes.
    private static void RemoveAfterwards(string control, string data, string folder, bool root)
    {
        const string Script = "while kill -0 $0 2>/dev/null; do sleep 1; done; $1 $2 -D $3 -m immediate stop; rm -rf $4";
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"exec setsid /bin/sh -c '{Script}' \"$@\" >/dev/null 2>&1 </dev/null", "sh", $"{Environment.ProcessId}", root ? "runuser -u postgres --" : "", control, data, folder },
        };
        using var _ = Process.Start(start);
    }

    private static Task Run(bool asPostgres, string program, params string[] arguments) =>
        asPostgres ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    private static async Task Run(string program, params string[] arguments)
    {
        // Its output goes nowhere: pg_ctl's server would keep a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
