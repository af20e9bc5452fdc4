using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Convene.Server.Outside;

/// Fetches what URLs lead to that people give. They lead out into the internet and nowhere else, on every redirect anew, and what comes back is bounded.
public sealed class SafeHttp : IDisposable
{
    private const int MostRedirects = 5;

    private readonly IReadOnlyList<IPNetwork> allowed;
    private readonly HttpMessageInvoker http;

    /// <param name="allowed">Networks that may be reached although they are not public.</param>
    public SafeHttp(IReadOnlyList<IPNetwork> allowed)
    {
        this.allowed = allowed;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // The address that was checked is the one that is connected to: a second look-up could find another (DNS rebinding).
            ConnectCallback = Connect,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // What is counted is what comes out: a bomb goes off outside.
            AutomaticDecompression = DecompressionMethods.All,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 32,
            // Whoever sends more than is read is hung up on.
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        });
    }

    /// <param name="Time">For all of it: look-ups, connections, redirects, content.</param>
    /// <param name="Bytes">Of the content, unpacked.</param>
    public sealed record Limits(TimeSpan Time, long Bytes);

    /// What came last time; null: nothing, or nothing to ask by.
    public sealed record Seen(string? ETag, string? LastModified);

    /// <param name="Status">Anything but a redirect.</param>
    /// <param name="Content">Of a 200; otherwise empty.</param>
    /// <param name="RetryAfter">What was asked for, in seconds or as a date.</param>
    public sealed record Answer(int Status, byte[] Content, string? ETag, string? LastModified, RetryConditionHeaderValue? RetryAfter);

    /// What is wrong with a URL that can be seen without fetching it; null: nothing. `webcal:` is another name for `https:`.
    public string? Problem(string text, out Uri? url)
    {
        url = null;
        if (text.StartsWith("webcal:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("webcals:", StringComparison.OrdinalIgnoreCase))
            text = string.Concat("https", text.AsSpan(text.IndexOf(':', StringComparison.Ordinal)));
        if (!Uri.TryCreate(text, UriKind.Absolute, out var read) || read.Host.Length == 0)
            return "Enter an address that begins with https://.";
        if (Problem(read) is { } problem)
            return problem;
        url = read;
        return null;
    }

    /// <exception cref="SafeHttpException">It can't be had, or may not.</exception>
    public Task<Answer> Get(Uri url, string accept, Seen? seen, Limits limits, CancellationToken cancel) =>
        Bounded(limits, time => Follow(url, accept, seen, limits.Bytes, time), cancel);

    /// One request, whose redirects are answers: what it carries is for that server alone.
    /// <exception cref="SafeHttpException">It can't be had, or may not.</exception>
    public Task<Answer> Send(HttpRequestMessage request, Limits limits, CancellationToken cancel) => Bounded(
        limits,
        async time =>
        {
            if (Problem(request.RequestUri!) is { } problem)
                throw new SafeHttpException(problem);
            using var response = await http.SendAsync(request, time);
            return await Answered(response, limits.Bytes, time);
        },
        cancel);

    private static async Task<Answer> Bounded(Limits limits, Func<CancellationToken, Task<Answer>> work, CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limits.Time);
        try
        {
            return await work(time.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new SafeHttpException($"There was no whole answer within {limits.Time.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException e)
        {
            throw new SafeHttpException(Reason(e));
        }
        // A connection that breaks, and packed content that can't be unpacked.
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new SafeHttpException("The answer broke off, or could not be unpacked.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> Follow(Uri url, string accept, Seen? seen, long most, CancellationToken cancel)
    {
        var first = url;
        for (var redirects = 0; ; redirects++)
        {
            if (Problem(url) is { } problem)
                throw new SafeHttpException(redirects == 0 ? problem : $"It redirects to an address that can't be used. {problem}");
            using var request = Request(url, accept, seen);
            // A password is for the server that it was given for.
            if (first.UserInfo.Length > 0 && Origin(url) == Origin(first))
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(first.UserInfo))));
            using var response = await http.SendAsync(request, cancel);
            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                if (redirects == MostRedirects)
                    throw new SafeHttpException($"It redirects more than {MostRedirects} times.");
                url = Next(url, response.Headers.Location);
                continue;
            }

            return await Answered(response, most, cancel);
        }
    }

    private static async Task<Answer> Answered(HttpResponseMessage response, long most, CancellationToken cancel)
    {
        var content = response.StatusCode == HttpStatusCode.OK ? await Read(response.Content, most, cancel) : [];
        return new Answer(
            (int)response.StatusCode, content, Header(response.Headers, "ETag"), Header(response.Content.Headers, "Last-Modified"), response.Headers.RetryAfter);
    }

    private static HttpRequestMessage Request(Uri url, string accept, Seen? seen)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("User-Agent", "Convene (calendar subscription)");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        // As it was sent: not every server's tags and dates are well-formed.
        if (seen?.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (seen?.LastModified is { } modified)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        return request;
    }

    private static Uri Next(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var to))
            throw new SafeHttpException("It redirects to nowhere.");
        if (from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
            throw new SafeHttpException("It redirects from https to http.");
        return to;
    }

    // Addresses that are written out. Names are looked up, and then checked, when they are connected to.
    private string? Problem(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            return "Only addresses that begin with https:// or http:// can be used.";
        // Nothing that speaks HTTP: mail servers and the like must not be talked to in somebody's name.
        if (url.Port < 1024 && url.Port is not (80 or 443))
            return $"Port {url.Port} can't be used.";
        if (IPAddress.TryParse(url.IdnHost, out var address) && !PublicAddresses.IsOpen(address, allowed))
            return SafeHttpException.Private;
        return null;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        IPAddress[] open = [.. found.Where(a => PublicAddresses.IsOpen(a, allowed))];
        if (open.Length == 0)
            throw new SafeHttpException(SafeHttpException.Private);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> Read(HttpContent content, long most, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var all = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await stream.ReadAsync(chunk, cancel) is > 0 and var count)
        {
            if (all.Length + count > most)
                throw new SafeHttpException(string.Create(CultureInfo.InvariantCulture, $"It is larger than {most / 1024.0 / 1024:0.#} MB."));
            all.Write(chunk, 0, count);
        }

        return all.ToArray();
    }

    private static string Reason(HttpRequestException e) => e.InnerException switch
    {
        SafeHttpException safe => safe.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "There is no server of this name.",
        SocketException => "The server can't be reached.",
        AuthenticationException => "The server's certificate is not valid.",
        InvalidDataException => "The answer broke off, or could not be unpacked.",
        _ => "The server's answer is no valid HTTP, or broke off.",
    };

    private static string Origin(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= 500 } value ? value : null;
}
