using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Convene.Server.Doors.CommandLine;

/// What a mail server pipes a mail into. It hands the mail to the running server, so that it needs neither the database nor its keys; while the server is down, the mail waits
/// in the mail server's queue. Its exit codes are those of sysexits.h, which mail servers understand.
public static class Deliver
{
    private const int Ok = 0;
    private const int DataError = 65;
    private const int TryLater = 75;
    private const int NoPermission = 77;
    private const int Misconfigured = 78;

    // As large as the server takes, and one more: it says itself what is too large.
    private static readonly int Largest = ICalendar.MailLimits.Standard.MaxOctets + 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(string[] options, Stream mail, TextWriter errors)
    {
        Uri? url;
        string? secret;
        try
        {
            (url, secret) = Settings(options);
        }
        catch (Exception e) when (e is SettingsException or IOException or UnauthorizedAccessException or FormatException)
        {
            await errors.WriteLineAsync(e.Message);
            return Misconfigured;
        }

        if (url is null || secret is null)
        {
            await errors.WriteLineAsync(secret is null ? "INBOUND_MAIL_SECRET is missing." : "INBOUND_MAIL_URL is no address such as http://localhost:8000.");
            return Misconfigured;
        }

        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "api/inbound-mail/")) { Content = new ByteArrayContent(await Read(mail)) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var response = await client.SendAsync(request);
            var said = await response.Content.ReadAsStringAsync();
            await errors.WriteLineAsync($"{(int)response.StatusCode} {Sentence(said)}");
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Ok,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => NoPermission,
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => DataError,
                _ => TryLater,
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            await errors.WriteLineAsync($"{url} does not answer: {e.Message}");
            return TryLater;
        }
    }

    private static (Uri? Url, string? Secret) Settings(string[] options)
    {
        var line = new ConfigurationBuilder().AddCommandLine(options).Build();
        if (line["settings"] is { } file && !File.Exists(file))
            throw new SettingsException($"There is no file {file}.");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(DotEnv.Read(line["settings"] ?? ".env")).AddEnvironmentVariables().AddCommandLine(options).Build();
        var text = (configuration["INBOUND_MAIL_URL"] is { Length: > 0 } given ? given : Server.Settings.DefaultUrl).TrimEnd('/') + "/";
        return (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null, configuration["INBOUND_MAIL_SECRET"] is { Length: > 0 } secret ? secret : null);
    }

    private static async Task<byte[]> Read(Stream mail)
    {
        using var all = new MemoryStream();
        var chunk = new byte[64 * 1024];
        // To its end: a mail server whose pipe breaks takes that for a failure, and tries again.
        while (await mail.ReadAsync(chunk) is > 0 and var count)
            all.Write(chunk, 0, (int)Math.Min(count, Largest - all.Length));
        return all.ToArray();
    }

    /// What the server says, on one line for the mail server's log.
    private static string Sentence(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            string? Member(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return Member("outcome") is { } outcome ? $"{outcome}: {Member("reason")}" : Member("detail") ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
