using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Convene.ICalendar.Tests.Peers;
using Convene.Tests;

namespace Convene.ICalendar.Tests.Mail;

/// <summary>Python's email package sees the same in a mail.</summary>
public sealed class MailPeerTests
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Peers", "read_mail.py");

    [PythonIcalendarFact]
    public async Task Pythons_email_package_sees_the_same_parts_and_addresses()
    {
        List<byte[]> mails = [];
        foreach (var (_, write) in ClientMails.All)
        {
            foreach (var (method, comment) in ((string, string?)[])[("REPLY", null), ("COUNTER", "Größer – 会議 🎉\\, oder\\nspäter")])
                mails.Add(write(new ClientReply { Uid = Guid.Empty.ToString(), From = "ben@example.com", To = "reply+tag@meet.example.com", Method = method, Comment = comment }));
        }

        var seen = await AskAsync(mails);
        foreach (var (bytes, theirs) in mails.Zip(seen))
        {
            var mail = MailReader.Read(bytes);
            var ours = CalendarMail.Of(mail);
            (ours.From, ours.MessageId).ShouldBe((theirs.From.ShouldHaveSingleItem(), theirs.Message_id));
            ours.Recipients.ShouldBe(theirs.To);
            mail.Headers.First(h => h.Name == "Subject").Decoded.ShouldBe(theirs.Subject);
            var leaves = mail.All.Where(p => p.Parts.IsEmpty).ToList();
            leaves.Select(p => (p.MediaType, p.Parameter("method"), p.FileName, Convert.ToBase64String(p.Content())))
                .ShouldBe(theirs.Parts.Select(p => (p.Type, p.Method, p.File, p.Content)));
            foreach (var (part, text) in leaves.Zip(theirs.Parts.Select(p => p.Text)))
            {
                if (text is not null)
                    part.Text().ReplaceLineEndings("\n").ShouldBe(text.ReplaceLineEndings("\n"));
            }
        }
    }

    private static async Task<IReadOnlyList<SeenMail>> AskAsync(IEnumerable<byte[]> mails)
    {
        Peer.PythonIcalendar.Demand();
        var start = new ProcessStartInfo(IcalendarInPython.Interpreter, [Script])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        using var python = Process.Start(start)!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(mails.Select(Convert.ToBase64String)));
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<List<SeenMail>>(await output, JsonSerializerOptions.Web)!;
    }

    private sealed record SeenMail(string[] From, string[] To, string Subject, string Message_id, SeenPart[] Parts);

    private sealed record SeenPart(string Type, string? Method, string? File, string Content, string? Text);
}
