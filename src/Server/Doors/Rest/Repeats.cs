using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Convene.Scheduling.Booking;
using Convene.Server.Features.Repeats;
using Microsoft.AspNetCore.WebUtilities;

namespace Convene.Server.Doors.Rest;

/// Requests with an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same again gets the first answer.
internal static class Repeats
{
    public const string Header = "Idempotency-Key";

    /// On an answer that was given before.
    public const string Replayed = "Idempotent-Replayed";

    private const int LongestKey = 255;
    private static readonly string[] KeptHeaders = ["Content-Type", "ETag", "Location"];

    /// The route makes something, and makes it once.
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder route) => route
        .AddEndpointFilter(Filter)
        .Asks(Header, "Your name for this request, such as a UUID: whoever sends the same again within 24 hours gets the first answer, and nothing is made twice.", new JsonObject { ["type"] = "string", ["maxLength"] = LongestKey }, "header")
        .Fails(422);

    /// Does it, and says so; to be told the same way again.
    public static async Task<Outcome<T>> Do<T>(HttpContext http, Func<Task<Outcome<T>>> work, Func<T, IResult> say)
        where T : notnull
    {
        AnswerOnce.Saying<T>(value => Render(http, say(value)));
        return await work();
    }

    public static async Task<IResult> Answer<T>(HttpContext http, Func<Task<Outcome<T>>> work, Func<T, IResult> say)
        where T : notnull => Answers.Of(await Do(http, work, say), say);

    public static Task<IResult> Created<T>(HttpContext http, Func<Task<Outcome<T>>> work)
        where T : notnull => Answer(http, work, value => Answers.Ok(value, StatusCodes.Status201Created));

    private static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var keys))
            return await next(context);
        if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is < ' ' or > '~'))
            return Answers.Problem(400, $"{Header} takes one name of at most {LongestKey} visible ASCII characters.");

        object? result = null;
        string request;
        try
        {
            request = await Hash(http);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return Answers.Problem(400, "Multipart form parse error - the parts don't end, or begin, as they should.");
        }

        var outcome = await http.RequestServices.GetRequiredService<AnswerOnce>().Handle(http.Actor(), key, request, async () =>
        {
            http.Request.Body.Position = 0;
            result = await next(context);
            return result is IResult said && await Render(http, said) is { Status: < 500 and not 429 } answer ? answer : null;
        });
        return !outcome.Is(out var before, out var refusal) ? Answers.Refuse(refusal) : before is null ? result : new Again(before);
    }

    /// Of what tells one request from another; its body can be read again.
    private static async Task<string> Hash(HttpContext http)
    {
        var request = http.Request;
        Upload.Allow(http, http.RequestServices.GetRequiredService<Settings>());
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path.Value?.TrimEnd('/')}{request.QueryString}\n"));
        await foreach (var part in Parts(request, http.RequestAborted))
            hash.AppendData(part.Span);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// The body. Of a form with files what it says: programs part them differently each time they send the same.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Parts(HttpRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var chunk = new byte[16 * 1024];
        if (Upload.Boundary(request) is not { } boundary)
        {
            while (await request.Body.ReadAsync(chunk, cancel) is > 0 and var count)
                yield return chunk.AsMemory(0, count);
            yield break;
        }

        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            yield return Encoding.UTF8.GetBytes($"{section.ContentDisposition}\n{section.ContentType}\n");
            while (await section.Body.ReadAsync(chunk, cancel) is > 0 and var count)
                yield return chunk.AsMemory(0, count);
        }
    }

    private static async Task<AnswerOnce.Answer> Render(HttpContext http, IResult result)
    {
        using var body = new MemoryStream();
        var aside = new DefaultHttpContext { RequestServices = http.RequestServices };
        aside.Response.Body = body;
        await result.ExecuteAsync(aside);
        var headers = KeptHeaders.Where(aside.Response.Headers.ContainsKey).ToDictionary(h => h, h => aside.Response.Headers[h].ToString(), StringComparer.Ordinal);
        return new AnswerOnce.Answer(aside.Response.StatusCode, JsonSerializer.Serialize(headers), Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }

    private sealed class Again(AnswerOnce.Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(answer.Headers)!)
                response.Headers[name] = value;
            response.Headers[Replayed] = "true";
            return response.WriteAsync(answer.Body);
        }
    }
}
