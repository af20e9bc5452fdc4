using System.Globalization;
using Convene.Server.Features.Live;

namespace Convene.Server.Doors.Rest;

/// Server-sent events (HTML Living Standard §9.2): that something in one's calendar has changed. What it is, is read like everything else.
public static class LiveDoor
{
    public static IResult Listen(HttpContext http, LiveCalendars live) => live.Start(http.Actor().Id) is { } watch
        ? new Stream(watch)
        : Answers.Problem(429, "Too many windows of yours listen already. Close some.");

    private sealed class Stream(LiveCalendars.Watch watch) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var _ = watch;
            var services = httpContext.RequestServices;
            var (authentication, beat) = (services.GetRequiredService<Authentication>(), services.GetRequiredService<Settings>().LiveHeartbeat.ToTimeSpan());
            // A stopping server does not wait for listeners: they come back by themselves, to another node perhaps.
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            var response = httpContext.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers.CacheControl = "no-cache, no-transform";
            response.Headers["X-Accel-Buffering"] = "no";
            var seen = long.TryParse(httpContext.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : -1;
            try
            {
                await Send("retry: 2000\n\n");
                for (var first = true; ; first = false)
                {
                    var revision = await watch.Next(beat, stop.Token);
                    // The first tells where it stands: for who comes back to something else, that is a change.
                    if (revision is { } now)
                        await Send(string.Create(CultureInfo.InvariantCulture, $"id: {now}\nevent: {(first && (seen == -1 || seen == now) ? "ready" : "change")}\ndata: {{\"revision\":{now}}}\n\n"));
                    else if ((await authentication.Who(httpContext)).Is(out var actor, out var __) && actor is not null)
                        await Send(": still here\n\n");
                    else
                        return;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // They hung up, or we do.
            }

            async Task Send(string text)
            {
                await response.WriteAsync(text, stop.Token);
                await response.Body.FlushAsync(stop.Token);
            }
        }
    }
}
