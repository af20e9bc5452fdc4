using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Convene.Server.Doors.Rest;

/// <summary>A page of a list.</summary>
/// <param name="Count">How many there are on all pages.</param>
/// <param name="Next">Address of the next page.</param>
/// <param name="Previous">Address of the page before.</param>
public sealed record Page<T>(long Count, string? Next, string? Previous, IReadOnlyList<T> Results);

/// Lists with pages (count, next, previous, results) and without (an array; the total in a header).
internal static class Paging
{
    public static Page<T> Envelope<T>(HttpContext http, IReadOnlyList<T> items, long total, int page, int size) => new(
        total,
        (long)page * size < total ? Address(http, page + 1) : null,
        page > 1 ? Address(http, page - 1) : null,
        items);

    public static IResult Array<T>(HttpContext http, IReadOnlyList<T> items, long total)
    {
        http.Response.Headers["X-Total-Count"] = total.ToString();
        if (items.Count < total)
            http.Response.Headers.Link = $"<{Address(http, 1)}>; rel=\"first\"";
        return Answers.Ok(items);
    }

    private static string Address(HttpContext http, int page)
    {
        var query = http.Request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        var path = UriHelper.BuildAbsolute(http.IsSecure() ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, http.Request.Host, http.Request.PathBase, http.Request.Path);
        return QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(path, query), "page", page.ToString());
    }
}
