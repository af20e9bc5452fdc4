using Convene.Server.Features.Feeds;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Convene.Server.Doors.Rest;

/// Links that calendar programs subscribe to: their owner manages them, whoever has one reads the calendar.
public static class FeedsDoor
{
    public const int LongestName = 100;

    private static readonly Dictionary<string, bool> YesOrNo = new(StringComparer.Ordinal) { ["true"] = true, ["false"] = false };

    public static async Task<IResult> List(HttpContext http, ListFeeds list) => Answers.Ok(await list.Handle(http.Actor()));

    public static async Task<IResult> Create(HttpContext http, CreateFeed create)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new CreateFeed.Request(fields.Text("name", required: true, blank: false, most: LongestName) ?? "", fields.Flag("free_busy_only", YesOrNo) ?? false);
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await create.Handle(http.Actor(), request), StatusCodes.Status201Created);
    }

    public static async Task<IResult> Change(HttpContext http, long id, ChangeFeed change)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ChangeFeed.Request(fields.Text("name", blank: false, most: LongestName), fields.Flag("free_busy_only", YesOrNo));
        return fields.Mistakes is { } mistakes ? Answers.Refuse(mistakes) : Answers.Of(await change.Handle(http.Actor(), id, request));
    }

    public static async Task<IResult> Renew(HttpContext http, long id, RenewFeed renew) => Answers.Of(await renew.Handle(http.Actor(), id));

    public static async Task<IResult> Delete(HttpContext http, long id, DeleteFeed delete) => Answers.Of(await delete.Handle(http.Actor(), id), _ => Results.NoContent());

    /// For calendar programs. The address is the secret: it is in no log of ours, is passed on to nobody (BrowserRules), and is not to be indexed.
    public static async Task<IResult> Read(HttpContext http, string secret, ReadFeed read)
    {
        var headers = http.Response.Headers;
        headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "private, no-cache";
        var asked = new RequestHeaders(http.Request.Headers);
        var known = http.Request.Headers.IfNoneMatch.Count == 0 ? null : asked.IfNoneMatch;
        var since = known is null && asked.IfModifiedSince is { } date ? Instant.FromDateTimeOffset(date) : (Instant?)null;
        var request = new ReadFeed.Request(secret, known is null ? null : tag => known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(Tag(tag), useStrongComparison: false)), since);
        return Answers.Of(await read.Handle(request), feed =>
        {
            headers.ETag = Tag(feed.Tag).ToString();
            headers.LastModified = HeaderUtilities.FormatDate(feed.ChangedAt.ToDateTimeOffset());
            return feed.Text is null ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(feed.Text, "text/calendar; charset=utf-8");
        });
    }

    private static EntityTagHeaderValue Tag(string tag) => new($"\"{tag}\"");
}
