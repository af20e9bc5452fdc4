using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Convene.Server.Tests.Peers;

/// What the server was told before the mail itself.
public sealed record Envelope
{
    [JsonPropertyName("from")] public string From { get; init; } = "";
    [JsonPropertyName("to")] public IReadOnlyList<string> To { get; init; } = [];
    [JsonPropertyName("tls")] public bool Tls { get; init; }
    [JsonPropertyName("authenticated")] public bool Authenticated { get; init; }
}

/// A real SMTP server in a process of its own (see smtp_server.py for the options), on a port that the system picks.
public sealed class SmtpServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> There = new(CanImport);

    private readonly Process process;
    private readonly DirectoryInfo folder;

    private SmtpServer(Process process, DirectoryInfo folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public static bool IsThere => There.Value;

    public int Port { get; }

    /// With --tls: what a client has to trust.
    public string Certificate => Path.Combine(folder.FullName, "certificate.pem");

    /// The settings of a Convene that sends its mail here.
    public string[] Settings => ["EMAIL_HOST=127.0.0.1", $"EMAIL_PORT={Port}"];

    public static async Task<SmtpServer> Start(params string[] options)
    {
        if (!IsThere)
            throw new InvalidOperationException("aiosmtpd is required (CONVENE_REQUIRE=all) but not on this machine: install the Debian package python3-aiosmtpd.");
        var folder = Directory.CreateTempSubdirectory("convene-smtp-");
        var start = new ProcessStartInfo(Python)
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Peers", "smtp_server.py"), folder.FullName },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var option in options)
            start.ArgumentList.Add(option);
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync();
        return new SmtpServer(process, folder, int.Parse(port ?? throw new InvalidOperationException("The SMTP server did not start.")));
    }

    /// Whether one that was started with --ponder was asked for this recipient.
    public bool IsAsked(string address) => File.Exists(Path.Combine(folder.FullName, $"{address}.asked"));

    /// One that was started with --down is reachable from now on.
    public async Task ComeUp()
    {
        await process.StandardInput.WriteLineAsync("up");
        await process.StandardInput.FlushAsync();
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("up");
    }

    /// Everything received so far, in that order, read by Python's email package.
    public Task<IReadOnlyList<ReceivedMail>> Mails() => MailReader.Read(folder.FullName);

    /// The same mails as the bytes that came.
    public IReadOnlyList<string> Sources() => [.. Files("*.eml").Select(File.ReadAllText)];

    public IReadOnlyList<Envelope> Envelopes() => [.. Files("*.json").Select(f => JsonSerializer.Deserialize<Envelope>(File.ReadAllText(f))!)];

    /// Mails that it read, but then did not take.
    public IReadOnlyList<string> Refused() => [.. Files("*.refused").Select(File.ReadAllText)];

    /// How many mails with this text in one of their headers came: asked often while waiting, without a Python for each time.
    public int Count(string text) => Sources().Count(s => s.Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private IOrderedEnumerable<string> Files(string pattern) => Directory.GetFiles(folder.FullName, pattern).Order(StringComparer.Ordinal);

    private static bool CanImport()
    {
        if (!File.Exists(Python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(Python) { ArgumentList = { "-c", "import aiosmtpd" }, UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
