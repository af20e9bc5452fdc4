using System.Diagnostics;
using System.Text.Json;

namespace Convene.Server.Tests.Peers;

/// Answers an invitation with python-icalendar and Python's email package.
public static class PythonReply
{
    public static async Task<byte[]> To(string calendar, string attendee, string answer, string stamp)
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Peers", "reply_to.py") },
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(new { calendar, attendee, answer, stamp }));
        process.StandardInput.Close();
        using var mail = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(mail);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return mail.ToArray();
    }
}
