using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Convene.Server.Tests.Peers;

/// A mail as another implementation understands it.
public sealed record ReceivedMail
{
    [JsonPropertyName("message_id")] public string MessageId { get; init; } = "";
    [JsonPropertyName("from")] public string From { get; init; } = "";
    [JsonPropertyName("to")] public string To { get; init; } = "";
    [JsonPropertyName("reply_to")] public string? ReplyTo { get; init; }
    [JsonPropertyName("subject")] public string Subject { get; init; } = "";
    [JsonPropertyName("text")] public string Text { get; init; } = "";
    [JsonPropertyName("html")] public string Html { get; init; } = "";

    /// The inline text/calendar part, and the method in its content type.
    [JsonPropertyName("calendar")] public string? Calendar { get; init; }
    [JsonPropertyName("method")] public string? Method { get; init; }
    [JsonPropertyName("attachment")] public string? Attachment { get; init; }
    [JsonPropertyName("attachment_name")] public string? AttachmentName { get; init; }
    [JsonPropertyName("structure")] public string Structure { get; init; } = "";

    /// The mail's link to one of our pages.
    public string Token => Text.Split("#token=")[1].Split(['\r', '\n'])[0];
}

/// Reads .eml files with Python's email package: what it sees is what other mail programs see.
public static class MailReader
{
    private const string Python = "/usr/bin/python3";

    public static async Task<IReadOnlyList<ReceivedMail>> Read(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var start = new ProcessStartInfo(File.Exists(Python) ? Python : "python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Peers", "read_mail.py"), folder },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<List<ReceivedMail>>(output)!;
    }
}
