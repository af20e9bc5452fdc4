using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Convene.Server.Tests.Peers;

/// A server of somebody else's, on a free port: what it answers, a test says.
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebServer(WebApplication app, ConcurrentQueue<IReadOnlyDictionary<string, string>> asked)
    {
        this.app = app;
        Asked = asked;
        Url = new Uri(app.Urls.First());
    }

    public Uri Url { get; }

    /// The headers of each request so far.
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; }

    /// <param name="address">Of this machine; each of 127.0.0.0/8 is.</param>
    /// <param name="tls">Null: none.</param>
    public static async Task<WebServer> Start(RequestDelegate answer, string address = "127.0.0.1", System.Security.Cryptography.X509Certificates.X509Certificate2? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Parse(address), 0, l =>
        {
            if (tls is not null)
                l.UseHttps(tls);
        }));
        var app = builder.Build();
        var asked = new ConcurrentQueue<IReadOnlyDictionary<string, string>>();
        app.Run(http =>
        {
            asked.Enqueue(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            return answer(http);
        });
        await app.StartAsync();
        return new WebServer(app, asked);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
