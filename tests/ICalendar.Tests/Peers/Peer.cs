using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Convene.ICalendar.Tests.Peers;

/// <summary>Another program's reading of what we write. Missing, it is a loud skip; with CONVENE_REQUIRE=all, a failure.</summary>
internal sealed class Peer(string name, string package, Func<bool> isThere)
{
    private readonly Lazy<bool> _isThere = new(isThere);

    public static Peer Libical { get; } = new("libical", "libical3", () => NativeLibrary.TryLoad("libical.so.3", out _));

    public static Peer PythonIcalendar { get; } = new("python-icalendar", "python3-icalendar", CanImportIcalendar);

    /// <summary>Why tests with this peer are skipped; null when they run.</summary>
    public string? SkipReason => _isThere.Value || IsRequired ? null : Complaint;

    private static bool IsRequired => Environment.GetEnvironmentVariable("CONVENE_REQUIRE") == "all";

    private string Complaint => $"{name} is missing. On Debian: apt-get install {package}";

    /// <summary>Fails the test that was not skipped although the peer is missing.</summary>
    public void Demand()
    {
        if (!_isThere.Value)
            throw new InvalidOperationException(Complaint + " (CONVENE_REQUIRE is set)");
    }

    private static bool CanImportIcalendar()
    {
        if (!File.Exists(IcalendarInPython.Interpreter))
            return false;
        var start = new ProcessStartInfo(IcalendarInPython.Interpreter, ["-c", "import icalendar"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        python.StandardError.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0;
    }
}
