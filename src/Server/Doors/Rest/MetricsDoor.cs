using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.Rest;

/// The figures of this process, for Prometheus. Only with a token: who asks from the machine itself may be a proxy that passes on anybody's request.
public static class MetricsDoor
{
    public const string Path = "/metrics";

    public static void Map(WebApplication app)
    {
        if (app.Services.GetRequiredService<Settings>().MetricsToken is not { } token)
            return;
        // Listens from now on: what came before it is not counted, so it begins before the first request.
        var prometheus = new Prometheus(app.Services.GetRequiredService<IMeterFactory>(), app.Services.GetRequiredService<Features.Node>());
        app.Lifetime.ApplicationStopped.Register(prometheus.Dispose);
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}"));
        app.MapGet(Path, async (HttpContext http, ReadFigures read) =>
        {
            if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString())), expected))
                return Answers.Unauthorized("The metrics are for who has their token: Authorization: Bearer <METRICS_TOKEN>.");
            await read.Handle();
            http.Response.Headers.CacheControl = "no-store";
            return Results.Text(prometheus.Write(), "text/plain; version=0.0.4; charset=utf-8");
        }).ExcludeFromDescription();
    }
}
