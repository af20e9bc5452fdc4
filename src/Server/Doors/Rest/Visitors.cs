using System.Globalization;
using System.Threading.RateLimiting;

namespace Convene.Server.Doors.Rest;

/// Whoever asks without signing in: by address, so that one visitor's loop is not everybody's wait.
public sealed class Visitors(Settings settings) : IDisposable
{
    /// A search reads many people's calendars. A preview reads nothing, and a form asks for one at every key stroke.
    private const int PreviewsPerSearch = 20;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.AnonymousSearchesPerMinute * PreviewsPerSearch, Window = TimeSpan.FromMinutes(1) }));

    /// Null: go on. Else the answer: too many requests, and when to come back.
    public IResult? TooMany(HttpContext http) => Refuse(http, PreviewsPerSearch, $"{settings.AnonymousSearchesPerMinute} searches");

    /// The same for what costs little.
    public IResult? TooManyPreviews(HttpContext http) => Refuse(http, 1, $"{settings.AnonymousSearchesPerMinute * PreviewsPerSearch} previews");

    public void Dispose() => limiter.Dispose();

    private IResult? Refuse(HttpContext http, int cost, string most)
    {
        if (http.MaybeActor() is not null)
            return null;
        using var lease = limiter.AttemptAcquire(http, cost);
        if (lease.IsAcquired)
            return null;
        http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
        return Answers.Problem(429, $"Without signing in, {most} a minute are answered. Wait, or sign in.");
    }
}
