using System.Globalization;
using System.Threading.RateLimiting;

namespace Convene.Server.Doors.Rest;

/// How often those who are not signed in may ask: counted by address, so that one visitor's loop is not everybody's wait.
public sealed class Visitors(Settings settings) : IDisposable
{
    /// A search reads many people's calendars. A preview reads nothing and is asked for at every key stroke in a form.
    private const int PreviewsPerSearch = 20;

    private readonly PartitionedRateLimiter<HttpContext> limits = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.AnonymousSearchesPerMinute * PreviewsPerSearch, Window = TimeSpan.FromMinutes(1) }));

    /// Null if the search may go on.
    public IResult? RefuseSearch(HttpContext http) => Refuse(http, PreviewsPerSearch, $"{settings.AnonymousSearchesPerMinute} searches");

    /// Null if the preview may go on.
    public IResult? RefusePreview(HttpContext http) => Refuse(http, 1, $"{settings.AnonymousSearchesPerMinute * PreviewsPerSearch} previews");

    public void Dispose() => limits.Dispose();

    private IResult? Refuse(HttpContext http, int cost, string most)
    {
        if (http.MaybeActor() is not null)
            return null;
        using var lease = limits.AttemptAcquire(http, cost);
        if (lease.IsAcquired)
            return null;
        http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
        return Answers.Problem(429, $"Without signing in, {most} a minute are answered. Wait, or sign in.");
    }
}
