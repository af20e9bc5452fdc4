using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Convene.Server.Tests.Surface;

/// A request as it goes out, good or bad: nothing is put right on the way.
internal sealed record Requested(HttpMethod Method, string Target)
{
    public byte[]? Content { get; init; }

    public string? ContentType { get; init; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Target}");
        foreach (var (name, value) in Headers.Where(h => h.Name != "Authorization"))
            text.Append($" | {name}: {value}");
        if (Content is not null)
            text.Append($" | {ContentType ?? "no type"} ({Content.Length} bytes): {Shortened(Encoding.UTF8.GetString(Content))}");
        return text.ToString();
    }

    public static string Shortened(string text) => text.Length > 600 ? text[..600] + "…" : text;
}

/// What came back. Of a stream of events nothing but its beginning is waited for.
internal sealed record Answered(int Status, string? ContentType, byte[] Content, TimeSpan Took)
{
    public string Text => Encoding.UTF8.GetString(Content);
}

/// Sends what no client would send.
internal sealed class Sender(Uri house) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    }) { BaseAddress = house };

    public async Task<Answered> Send(Requested requested)
    {
        using var request = new HttpRequestMessage(requested.Method, new Uri(requested.Target, UriKind.Relative));
        if (requested.Content is { } bytes)
        {
            request.Content = new ByteArrayContent(bytes);
            if (requested.ContentType is { } type)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in requested.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        var clock = Stopwatch.StartNew();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var content = isStream ? [] : await response.Content.ReadAsByteArrayAsync();
        return new Answered((int)response.StatusCode, response.Content.Headers.ContentType is MediaTypeHeaderValue { MediaType: var media } ? media : null, content, clock.Elapsed);
    }

    public void Dispose() => http.Dispose();
}
