using System.Security.Cryptography;
using System.Text;
using Convene.Server.Features;
using Convene.Server.Features.Repeats;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// Answers to those who have them already (RFC 9110 §13): an ETag, and 304 if it comes back in If-None-Match.
internal static class Unchanged
{
    private const int TagBytes = 8;
    private static readonly string[] OfTheAnswer = [HeaderNames.ContentType, HeaderNames.ContentDisposition, HeaderNames.ETag, HeaderNames.Link, "X-Total-Count"];

    /// The answer has an ETag.
    public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        await next(context) is IResult result ? await Render(context.HttpContext, result) : null).Conditional();

    /// Only the asker's calendar, who they are, and the address asked for decide the answer (not what time it is): it has an ETag, and stays in memory.
    public static RouteHandlerBuilder Remembered(this RouteHandlerBuilder route) => route.AddEndpointFilter(Remember).Conditional();

    private static RouteHandlerBuilder Conditional(this RouteHandlerBuilder route)
    {
        route.Produces(StatusCodes.Status304NotModified);
        return route.Document(d => d.Answers[304] = "It is the one in If-None-Match.");
    }

    /// Whether the request says that it has this already.
    internal static bool Has(HttpRequest request, EntityTagHeaderValue tag) =>
        request.Headers.IfNoneMatch.Count > 0 && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false));

    private static async ValueTask<object?> Remember(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var memory = http.RequestServices.GetRequiredService<AnswerFromMemory>();
        var question = $"{http.Request.Scheme} {http.Request.Host} {http.Request.Path}{http.Request.QueryString}";
        var known = memory.Find(http.Actor(), question);
        if (known is not null && !memory.IsDoubted)
            return new Whole(StatusCodes.Status200OK, known);
        if (await next(context) is not IResult result)
            return null;
        var whole = await Render(http, result);
        if (known is not null && Differ(known, whole) && await IsAsItWas(http))
            throw new InvalidOperationException($"An answer from memory is not what it would be now. Kept: {Encoding.UTF8.GetString(known.Body)} Now: {Encoding.UTF8.GetString(whole.Answer.Body)}");
        if (whole.Status == StatusCodes.Status200OK)
            memory.Keep(http.Actor(), question, whole.Answer);
        return whole;
    }

    private static async Task<Whole> Render(HttpContext http, IResult result)
    {
        using var body = new MemoryStream();
        var aside = new DefaultHttpContext { RequestServices = http.RequestServices };
        aside.Response.Body = body;
        await result.ExecuteAsync(aside);
        var (said, headers) = (body.ToArray(), new List<KeyValuePair<string, string>>());
        foreach (var name in OfTheAnswer)
        {
            // What the door has written on the response itself stays there for this time.
            var value = aside.Response.Headers[name] is { Count: > 0 } some ? some : http.Response.Headers[name];
            if (value.Count > 0)
                headers.Add(new(name, value.ToString()));
        }

        if (aside.Response.StatusCode == StatusCodes.Status200OK && aside.Response.Headers.ETag.Count == 0)
            headers.Add(new(HeaderNames.ETag, Tag(aside.Response.ContentType, said)));
        if (aside.Response.Headers.WWWAuthenticate is { Count: > 0 } challenge)
            http.Response.Headers.WWWAuthenticate = challenge;
        return new Whole(aside.Response.StatusCode, new AnswerFromMemory.Answer(headers, said));
    }

    // When a calendar file was written stands in it (DTSTAMP), and makes no difference: such tags are weak.
    private static string Tag(string? type, byte[] body) => type?.StartsWith("text/calendar", StringComparison.Ordinal) == true
        ? $"W/\"{Hash(Encoding.UTF8.GetBytes(WithoutStamps(body)))}\""
        : $"\"{Hash(body)}\"";

    private static string WithoutStamps(byte[] calendar) =>
        string.Join('\n', Encoding.UTF8.GetString(calendar).Split('\n').Where(l => !l.StartsWith("DTSTAMP", StringComparison.Ordinal)));

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes));

    private static bool Differ(AnswerFromMemory.Answer known, Whole whole) =>
        whole.Status != StatusCodes.Status200OK || WithoutStamps(known.Body) != WithoutStamps(whole.Answer.Body) || !known.Headers.SequenceEqual(whole.Answer.Headers);

    // It may have been changed since the request came.
    private static async Task<bool> IsAsItWas(HttpContext http) =>
        (await http.RequestServices.GetRequiredService<Authentication>().Who(http)).Is(out var actor, out _) && actor?.Calendar == http.Actor().Calendar;

    private sealed class Whole(int status, AnswerFromMemory.Answer answer) : IResult
    {
        public int Status => status;

        public AnswerFromMemory.Answer Answer => answer;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            foreach (var (name, value) in answer.Headers)
                response.Headers[name] = value;
            response.StatusCode = status;
            if (status == StatusCodes.Status200OK)
            {
                response.Headers.CacheControl = "private, no-cache";
                if (Has(httpContext.Request, EntityTagHeaderValue.Parse(response.Headers.ETag.ToString())))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    response.Headers.Remove(HeaderNames.ContentType);
                    return Task.CompletedTask;
                }
            }

            response.ContentLength = answer.Body.Length;
            return response.Body.WriteAsync(answer.Body).AsTask();
        }
    }
}
