using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Convene.Server.Tests.Peers;

/// A folder and a database that outlive the servers started on them.
public sealed class ServerMachine : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly List<ServerProcess> started = [];

    private string database = "";

    private ServerMachine(DirectoryInfo folder) => this.folder = folder;

    public string Folder => folder.FullName;

    public static async Task<ServerMachine> Open(string engine)
    {
        var machine = new ServerMachine(Directory.CreateTempSubdirectory("convene-machine-"));
        machine.database = engine == OnPostgresAttribute.Engine ? await PostgresServer.NewDatabase() : $"sqlite:{Path.Combine(machine.folder.FullName, "convene.db")}";
        return machine;
    }

    /// On a database that is there.
    /// <param name="database">As in DATABASE_URL.</param>
    /// <param name="folder">Where its files lie; null: in a folder of its own.</param>
    public static ServerMachine On(string database, string? folder = null) => new(folder is null ? Directory.CreateTempSubdirectory("convene-machine-") : new DirectoryInfo(folder)) { database = database };

    public string Database => database;

    /// <param name="settings">More settings, as NAME=value.</param>
    public Task<ServerProcess> StartServer(params string[] settings) => StartIn(new Dictionary<string, string>(StringComparer.Ordinal), settings);

    /// <param name="trusted">A certificate file that the server is to trust beside nothing else.</param>
    /// <param name="settings">More settings, as NAME=value.</param>
    public Task<ServerProcess> StartTrusting(string trusted, params string[] settings) =>
        StartIn(new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = trusted }, settings);

    /// <param name="environment">Variables that are not settings.</param>
    /// <param name="settings">More settings, as NAME=value.</param>
    public async Task<ServerProcess> StartIn(IReadOnlyDictionary<string, string> environment, params string[] settings) =>
        Started(await ServerProcess.Start([], folder.FullName, environment, [.. Settings, .. settings]));

    /// <param name="tracer">A program, and its arguments, that runs the server and ends with it.</param>
    /// <param name="settings">More settings, as NAME=value.</param>
    public async Task<ServerProcess> StartUnder(IReadOnlyCollection<string> tracer, params string[] settings) =>
        Started(await ServerProcess.Start(tracer, folder.FullName, new Dictionary<string, string>(StringComparer.Ordinal), [.. Settings, .. settings]));

    private ServerProcess Started(ServerProcess server)
    {
        started.Add(server);
        return server;
    }

    /// A command of the same program on the same database: its exit code, and what it said.
    public Task<(int Code, string Said, string Error)> Run(params string[] words) => Run([], words);

    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="words">The command.</param>
    public async Task<(int Code, string Said, string Error)> Run(byte[] input, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.FullName, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[typeof(House).Assembly.Location, .. words, .. Settings.Select(s => $"--{s}")])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await said, await error);
    }

    // A command that serves instead would never end.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private string[] Settings => [$"DATABASE_URL={database}", $"DATA_DIR={folder.FullName}", "PUBLIC_URL=http://convene.example.com", "PASSWORD_ITERATIONS=1000"];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in started)
            await server.Kill();
        folder.Delete(recursive: true);
    }
}

/// The real server in a process of its own, with the machine's clock and its own workers: it can be killed.
public sealed class ServerProcess
{
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Halt = 19;

    // A machine under load starts slowly; whoever waits longer waits for nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended with {process.ExitCode}: {Output}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Url { get; private set; } = null!;

    /// As the system knows it.
    public int Id => process.Id;

    /// What it has written to its log so far.
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    internal static async Task<ServerProcess> Start(IReadOnlyCollection<string> tracer, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> settings)
    {
        // In its own folder, so that no .env of the developer's is read.
        string[] program = [.. tracer, "dotnet", typeof(House).Assembly.Location, "--urls=http://127.0.0.1:0"];
        var start = new ProcessStartInfo(program[0]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in program[1..])
            start.ArgumentList.Add(argument);
        foreach (var setting in settings)
            start.ArgumentList.Add($"--{setting}");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        server.Url = await server.listening.Task.WaitAsync(Patience);
        return server;
    }

    /// A new account, signed in.
    public async Task<Caller> SignUp(string name)
    {
        var caller = new Caller(Url) { Email = $"{name}@example.com" };
        var answer = await caller.Post("/api/auth/register/", new { email = caller.Email, username = name, first_name = name, password = Caller.Password });
        answer.ShouldBe(201);
        caller.Bearer((string)answer["access"]!);
        return caller;
    }

    /// Somebody who signed up before the server was started again.
    public async Task<Caller> SignIn(string name)
    {
        var caller = new Caller(Url) { Email = $"{name}@example.com" };
        var answer = await caller.Post("/api/auth/login/", new { email = caller.Email, password = Caller.Password });
        answer.ShouldBe(200);
        caller.Bearer((string)answer["access"]!);
        return caller;
    }

    /// SIGKILL: it gets no chance to finish anything.
    public async Task Kill()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// The exit code of one that ends by itself.
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// SIGSTOP: it stands still in whatever it does, and knows nothing of it. Whoever connects waits.
    public void Freeze() => Signal(process.Id, Halt).ShouldBe(0);

    public void Thaw() => Signal(process.Id, Continue).ShouldBe(0);

    /// SIGTERM, as systemd and Docker stop a server; its exit code. Docker kills what is still there after 10 s, unless it is told otherwise.
    public async Task<int> Stop(TimeSpan? atMost = null)
    {
        Signal(process.Id, Terminate).ShouldBe(0);
        await process.WaitForExitAsync().WaitAsync(atMost ?? TimeSpan.FromSeconds(10));
        return process.ExitCode;
    }

    /// Waits for something that another process does.
    public static async Task Until(Func<Task<bool>> condition, string what, TimeSpan? atMost = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (atMost ?? Patience))
                throw new TimeoutException($"In vain waited until {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private void Take(string? line)
    {
        const string Sign = "Now listening on: ";
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
        if (line.IndexOf(Sign, StringComparison.Ordinal) is >= 0 and var at)
            // In a log of JSON more follows.
            listening.TrySetResult(new Uri(line[(at + Sign.Length)..].Split('"')[0].Trim()));
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
