using System.Net;
using System.Net.Http.Headers;

namespace Convene.Server.Tests.Stories;

/// Reads server-sent events as a browser does.
internal sealed class Listener : IDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private StreamReader lines = null!;

    public static async Task<Listener> Open(TestHouse house, Caller who, long? lastEvent = null)
    {
        var listener = new Listener();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Url, "/api/live/"));
        request.Headers.TryAddWithoutValidation("Authorization", who.Credential);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEvent is { } id)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{id}");
        var response = await listener.client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        listener.lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        return listener;
    }

    public async Task<(string Event, long Id)> Next()
    {
        var (kind, id) = ("", -1L);
        while (await Line() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..]);
            else if (line.Length == 0 && kind.Length > 0)
                return (kind, id);
        }

        throw new InvalidOperationException("The stream ended.");
    }

    public async Task<bool> Ends()
    {
        while (await Line() is not null)
        {
            // Comments.
        }

        return true;
    }

    public void Dispose()
    {
        lines.Dispose();
        client.Dispose();
    }

    private Task<string?> Line() => lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
}
