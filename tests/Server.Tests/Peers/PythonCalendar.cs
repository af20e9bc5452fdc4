using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Convene.Server.Tests.Peers;

/// What python-icalendar finds in a calendar.
public static class PythonCalendar
{
    // Debian's Python, for that is the one that Debian's python3-icalendar is installed for.
    private const string Python = "/usr/bin/python3";

    private const string Script =
        """
        import icalendar, json, sys
        calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
        print(json.dumps([[str(e["SUMMARY"]), e["DTSTART"].to_ical().decode(), "RRULE" in e, "RECURRENCE-ID" in e] for e in calendar.walk("VEVENT")]))
        """;

    public static bool IsThere { get; } = Run("import icalendar", "").Status == 0;

    public static string? SkipReason => Peer.SkipUnless(IsThere, "python-icalendar", "python3-icalendar");

    /// Title, start as it stands there, whether it repeats, whether it is one date of a series.
    public static IReadOnlyList<(string Title, string Start, bool Repeats, bool IsOccurrence)> Read(string ics)
    {
        var (status, output, errors) = Run(Script, ics);
        status.ShouldBe(0, errors);
        return [.. JsonSerializer.Deserialize<List<JsonElement[]>>(output)!.Select(e => (e[0].GetString()!, e[1].GetString()!, e[2].GetBoolean(), e[3].GetBoolean()))];
    }

    private static (int Status, string Output, string Errors) Run(string script, string input)
    {
        if (!File.Exists(Python))
            return (1, "", "There is no Python.");
        var start = new ProcessStartInfo(Python, ["-c", script])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }
}
