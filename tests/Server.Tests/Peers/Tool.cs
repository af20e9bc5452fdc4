using System.Diagnostics;

namespace Convene.Server.Tests.Peers;

/// A program of the machine's: whether it is there, and what it says.
public static class Tool
{
    public static bool IsThere(string name) => Path(name) is not null;

    /// Its exit code, and all it said.
    public static async Task<(int Code, string Said)> Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path(name) ?? throw new InvalidOperationException($"{name} is not on this machine.")) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await error);
    }

    private static string? Path(string name) =>
        new[] { "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin" }.Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

/// A test that needs a program of Debian's.
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string name, string package) => Skip = Peer.SkipUnless(Tool.IsThere(name), name, package);
}
