using System.Globalization;
using System.Threading.RateLimiting;

namespace Convene.Server.Doors.Rest;

/// Whoever asks without signing in: by address, so that one visitor's loop is not everybody's wait.
public sealed class Visitors(Settings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.AnonymousSearchesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// Null: go on. Else the answer: too many requests, and when to come back.
    public IResult? TooMany(HttpContext http)
    {
        if (http.MaybeActor() is not null)
            return null;
        using var lease = limiter.AttemptAcquire(http);
        if (lease.IsAcquired)
            return null;
        http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
        return Answers.Problem(429, $"Without signing in, {settings.AnonymousSearchesPerMinute} searches a minute are answered. Wait, or sign in.");
    }

    public void Dispose() => limiter.Dispose();
}
