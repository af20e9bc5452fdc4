using System.Globalization;
using System.Threading.RateLimiting;
using Convene.Server.Features.ExternalCalendars;

namespace Convene.Server.Doors.Rest;

/// One's own calendars that lie elsewhere.
public static class ExternalCalendarsDoor
{
    /// How often a person may have this server fetch what they name.
    public const int FetchesPerMinute = 20;

    private const int LongestName = 255;
    private const int LongestUrl = 2_000;

    private static readonly Dictionary<string, bool> Policies = new(StringComparer.Ordinal) { ["open"] = false, ["closed"] = true };

    /// Counts each person's requests that make this server fetch something: a loop of theirs is not to trouble others through us.
    public sealed class Fetches : IDisposable
    {
        private readonly PartitionedRateLimiter<long> limiter = PartitionedRateLimiter.Create<long, long>(person => RateLimitPartition.GetFixedWindowLimiter(
            person, _ => new FixedWindowRateLimiterOptions { PermitLimit = FetchesPerMinute, Window = TimeSpan.FromMinutes(1) }));

        /// Null: go on.
        public IResult? TooMany(HttpContext http)
        {
            using var lease = limiter.AttemptAcquire(http.Actor().Id);
            if (lease.IsAcquired)
                return null;
            http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
            return Answers.Problem(429, $"Calendars are fetched at most {FetchesPerMinute} times a minute for one person.");
        }

        public void Dispose() => limiter.Dispose();
    }

    public static async Task<IResult> List(HttpContext http, ListExternalCalendars list) => Answers.Ok(await list.Handle(http.Actor()));

    public static async Task<IResult> Add(HttpContext http, AddExternalCalendar add, Fetches fetches)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new AddExternalCalendar.Request(
            fields.Text("name", required: true, blank: false, most: LongestName) ?? "",
            fields.Text("url", required: true, blank: false, most: LongestUrl) ?? "",
            fields.Choice("when_unreachable", Policies) ?? false);
        return fields.Mistakes is { } mistakes
            ? Answers.Refuse(mistakes)
            : fetches.TooMany(http) ?? await Repeats.Created(http, () => add.Handle(http.Actor(), request));
    }

    public static async Task<IResult> Change(HttpContext http, long id, ChangeExternalCalendar change, Fetches fetches)
    {
        if (!(await http.Fields()).Is(out var fields, out var refusal))
            return Answers.Refuse(refusal);
        var request = new ChangeExternalCalendar.Request(
            fields.Text("name", blank: false, most: LongestName), fields.Text("url", blank: false, most: LongestUrl), fields.Choice("when_unreachable", Policies));
        if (fields.Mistakes is { } mistakes)
            return Answers.Refuse(mistakes);
        return (request.Url is null ? null : fetches.TooMany(http)) ?? Answers.Of(await change.Handle(http.Actor(), id, request));
    }

    public static async Task<IResult> Delete(HttpContext http, long id, DeleteExternalCalendar delete) =>
        Answers.Of(await delete.Handle(http.Actor(), id), _ => Results.NoContent());

    public static async Task<IResult> Refresh(HttpContext http, long id, RefreshExternalCalendar refresh, Fetches fetches) =>
        fetches.TooMany(http) ?? Answers.Of(await refresh.Handle(http.Actor(), id));
}
