using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Convene.Server.Features.Meetings;
using Microsoft.Net.Http.Headers;

namespace Convene.Server.Doors.Rest;

/// Conditional requests (RFC 9110 §13): an ETag on what is read, 304 for who has it already, and If-Match before a change.
internal static class Versions
{
    /// The answer with an ETag: the version in front, so that it may also come back in an If-Match.
    public static IResult Tagged<T>(T value, long version) => new TaggedAnswer(JsonSerializer.SerializeToUtf8Bytes(value, Answers.Json), version);

    /// Null: there is no If-Match, or it takes whatever is there. Tags that are none of ours, and weak ones, match nothing.
    public static SeenVersions? Seen(this HttpContext http)
    {
        if (http.Request.Headers.IfMatch.Count == 0)
            return null;
        if (!EntityTagHeaderValue.TryParseList(http.Request.Headers.IfMatch, out var tags))
            return new SeenVersions([]);
        return tags.Contains(EntityTagHeaderValue.Any) ? null : new SeenVersions([.. tags.Where(t => !t.IsWeak).Select(Version)]);
    }

    private static long Version(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.ToString().Trim('"').Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private sealed class TaggedAnswer(byte[] body, long version) : IResult
    {
        private const int TagBytes = 8;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            // A name that changed elsewhere changes the answer, not the meeting: both are in the tag.
            var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes))}\""));
            response.Headers.ETag = tag.ToString();
            response.Headers.CacheControl = "private, no-cache";
            if (Unchanged.Has(httpContext.Request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            return response.Body.WriteAsync(body).AsTask();
        }
    }
}
