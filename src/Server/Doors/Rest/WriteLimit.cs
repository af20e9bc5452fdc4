using System.Globalization;
using System.Threading.RateLimiting;
using Convene.Server.Features;

namespace Convene.Server.Doors.Rest;

/// So often a minute may one account change something through this node: a program that runs wild is stopped, nobody else waits. In memory, since it costs every request.
public sealed class WriteLimit(Settings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<long>? limiter = settings.Accounts.WritesPerMinute == 0 ? null : PartitionedRateLimiter.Create<long, long>(person =>
        RateLimitPartition.GetFixedWindowLimiter(
            person,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.Accounts.WritesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// Null: go on.
    public IResult? TooMany(HttpContext http, Actor actor)
    {
        if (limiter is null || !Changes(http))
            return null;
        using var lease = limiter.AttemptAcquire(actor.Id);
        if (lease.IsAcquired)
            return null;
        http.Response.Headers.RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "60";
        return Answers.Problem(429, $"An account can change something {settings.Accounts.WritesPerMinute} times a minute. Wait a moment.");
    }

    public void Dispose() => limiter?.Dispose();

    private static bool Changes(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && !KeyRules.IsAsked(http.GetEndpoint());
}
