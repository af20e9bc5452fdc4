using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Convene.Server.Tests.Peers;

/// A real Postfix of its own, with the lines of docs/MAIL.md in its configuration. It listens on no port: mail comes by its sendmail. Its master has to be root.
public sealed class PostfixServer : IAsyncDisposable
{
    private const string Command = "/usr/sbin/postfix";

    private readonly DirectoryInfo folder;

    private PostfixServer(DirectoryInfo folder) => this.folder = folder;

    public static bool IsThere => File.Exists(Command) && Environment.UserName == "root";

    public string Log => File.Exists(Path.Combine(folder.FullName, "log")) ? File.ReadAllText(Path.Combine(folder.FullName, "log")) : "";

    private string Configuration => Path.Combine(folder.FullName, "etc");

    /// <param name="settings">What convene deliver reads.</param>
    public static async Task<PostfixServer> Start(string settings)
    {
        var server = new PostfixServer(Directory.CreateTempSubdirectory("convene-postfix-"));
        var (home, etc) = (server.folder.FullName, server.Configuration);
        foreach (var inner in (string[])["etc", "queue", "data"])
            server.folder.CreateSubdirectory(inner);
        // Postfix' own users and nobody pass through.
        await Run("chmod", "755", home, etc, Path.Combine(home, "queue"), Path.Combine(home, "data"));
        await Run("chown", "postfix", Path.Combine(home, "data"));
        var file = Path.Combine(etc, "deliver.env");
        await File.WriteAllTextAsync(file, settings);
        await Run("chmod", "400", file);
        await Run("chown", "nobody", file);

        var docs = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/MAIL.md"));
        await File.WriteAllTextAsync(Path.Combine(etc, "main.cf"),
            $"""
            compatibility_level = 3.6
            queue_directory = {home}/queue
            data_directory = {home}/data
            maillog_file = {home}/log
            maillog_file_prefixes = {home}
            inet_interfaces = loopback-only
            myhostname = mail.example.com
            mydestination =
            alias_maps =
            default_transport = error:nothing leaves
            {Block(docs, "main.cf")}
            """);
        await File.WriteAllTextAsync(Path.Combine(etc, "master.cf"),
            $"""
            pickup unix n - n 1 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            error unix - - n - - error
            retry unix - - n - - error
            showq unix n - n - - showq
            postlog unix-dgram n - n - 1 postlogd
            {Block(docs, "master.cf").Replace("/opt/convene/convene", $"{Dotnet} {typeof(House).Assembly.Location}", StringComparison.Ordinal).Replace("/etc/convene/deliver.env", file, StringComparison.Ordinal)}

            """);
        await Run(Command, "-c", etc, "start");
        return server;
    }

    /// Hands it a mail, as any program of its machine does.
    public Task Send(byte[] mail, string from, string to) => Run(mail, "/usr/sbin/sendmail", "-C", Configuration, "-f", from, to);

    public async ValueTask DisposeAsync()
    {
        await Run(Command, "-c", Configuration, "stop");
        folder.Delete(recursive: true);
    }

    private static string Dotnet => Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet";

    private static string Block(string docs, string name) =>
        Regex.Match(docs, $"<!-- {Regex.Escape(name)} -->\n```\n(.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups[1].Value.Trim();

    private static Task Run(string command, params string[] arguments) => Run([], command, arguments);

    private static async Task Run(byte[] input, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{command} {string.Join(' ', arguments)}");
    }
}

/// A story with a real Postfix: `[PostfixFact]`.
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostfixFactAttribute : FactAttribute
{
    // Not required in CI either where the tests are not root's: Postfix starts as nobody else.
    public PostfixFactAttribute() => Skip = PostfixServer.IsThere ? null : "Postfix is not on this machine, or this is not root: install the Debian package postfix, and run as root.";
}
