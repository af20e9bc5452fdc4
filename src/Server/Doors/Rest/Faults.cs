using System.Data.Common;

namespace Convene.Server.Doors.Rest;

/// What no handler answers: a request that is not HTTP as we take it, a path that is not there, a method that is not, and a broken world.
internal static class Faults
{
    public static void Use(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Convene.Rest");
        app.UseStatusCodePages(async pages =>
        {
            var http = pages.HttpContext;
            var answer = http.Response.StatusCode switch
            {
                404 => Answers.Problem(404, "Not found."),
                405 => Answers.Problem(405, $"Method \"{http.Request.Method}\" not allowed."),
                412 => Answers.Problem(412, Answers.OtherFile),
                415 => Answers.Problem(415, $"Unsupported media type \"{http.Request.ContentType}\" in request."),
                var other => Answers.Problem(other, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(other)),
            };
            await answer.ExecuteAsync(http);
        });
        // What can be got can be asked about: HEAD is GET, and Kestrel leaves the body out.
        app.Use((http, next) =>
        {
            if (HttpMethods.IsHead(http.Request.Method))
                http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        app.UseRouting();
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (BadHttpRequestException e) when (!http.Response.HasStarted)
            {
                await Answers.Problem(e.StatusCode, e.StatusCode == 413 ? Answers.TooLarge : "The request can't be read.").ExecuteAsync(http);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked has hung up.
                http.Response.StatusCode = 499;
            }
            catch (DbException e) when (e.IsTransient && !http.Response.HasStarted)
            {
                log.LogWarning("{Method} {Path}: the database has no room now: {Reason}", http.Request.Method, Place(http), e.Message);
                await Answers.Busy.ExecuteAsync(http);
            }
            catch (Exception e) when (!http.Response.HasStarted)
            {
                log.LogError(e, "{Method} {Path} failed ({Request})", http.Request.Method, Place(http), http.TraceIdentifier);
                await Answers.Problem(500, $"Something went wrong on the server. It is logged as {http.TraceIdentifier}.").ExecuteAsync(http);
            }
        });
    }

    /// A path as it may be logged: that of a feed is a secret.
    private static PathString Place(HttpContext http) => http.Request.Path.StartsWithSegments("/feeds", StringComparison.OrdinalIgnoreCase) ? "/feeds/…" : http.Request.Path;
}
