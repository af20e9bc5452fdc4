using System.Diagnostics;
using Convene.Server.Features;

namespace Convene.Server.Doors.Rest;

/// What is around every request: its name (X-Request-Id), its line in the log, its trace. They tell its route, never its path or query: these may hold secrets.
internal static class Requests
{
    public const string Header = "X-Request-Id";

    // A proxy's or a program's own name for it: a UUID, a W3C trace id, what HAProxy and nginx make.
    private const int LongestId = 128;

    public static void Use(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Convene.Requests");
        var (leaving, logs) = (app.Services.GetRequiredService<Leaving>(), app.Services.GetRequiredService<Settings>().LogRequests);
        app.Use(async (http, next) =>
        {
            var (method, started) = (http.Request.Method, Stopwatch.GetTimestamp());
            var given = http.Request.Headers[Header] is [{ } id] && IsId(id) ? id : null;
            http.TraceIdentifier = given ?? http.TraceIdentifier;
            http.Response.Headers[Header] = http.TraceIdentifier;
            if (leaving.Begun)
                http.Response.Headers.Connection = "close";
            // The hosting layer's own scope has the name that the server gave.
            using var scope = given is null ? null : log.BeginScope(new KeyValuePair<string, object>[] { new(LogLines.RequestId, given) });
            await next(http);
            if (Activity.Current is { } span)
                Describe(span, method, http);
            if (logs)
                log.LogInformation("{Method} {Route} {Status} in {Milliseconds:0.0} ms", Known(method), Route(http), http.Response.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        });
    }

    private static void Describe(Activity span, string method, HttpContext http)
    {
        span.DisplayName = $"{Known(method)} {Route(http)}";
        span.SetTag("http.request.method", Known(method)).SetTag("http.route", Route(http)).SetTag("http.response.status_code", http.Response.StatusCode).SetTag("convene.request_id", http.TraceIdentifier);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    private static string Route(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";

    // Anybody can make up methods; they are no text for logs.
    private static string Known(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "_OTHER";

    private static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
}
