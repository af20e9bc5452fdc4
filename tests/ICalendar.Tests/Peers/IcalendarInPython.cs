using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Convene.ICalendar.Tests.Peers;

/// <summary>Asks python-icalendar, through read_ics.py, what it sees in a calendar.</summary>
internal static class IcalendarInPython
{
    /// <summary>Debian's Python, for that is the one that Debian's python3-icalendar is installed for.</summary>
    public const string Interpreter = "/usr/bin/python3";

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Peers", "read_ics.py");

    public static async Task<SeenCalendar> ReadAsync(string calendar)
    {
        Peer.PythonIcalendar.Demand();
        var start = new ProcessStartInfo(Interpreter, [Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        var errors = python.StandardError.ReadToEndAsync();
        await python.StandardInput.WriteAsync(calendar);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<SeenCalendar>(await output, JsonSerializerOptions.Web)!;
    }

    internal sealed record SeenCalendar(string? Method, string? Name, string[] Zones, SeenEvent[] Events);

    internal sealed record SeenEvent(
        string Uid,
        string[] Names,
        Dictionary<string, string> Texts,
        long Start,
        long StartByFile,
        long EndByFile,
        long Stamp,
        int Sequence,
        SeenPerson? Organizer,
        SeenPerson[] Attendees,
        int[] Alarms);

    internal sealed record SeenPerson(string Address, Dictionary<string, string> Parameters);
}
