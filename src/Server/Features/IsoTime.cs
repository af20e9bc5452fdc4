using System.Globalization;
using NodaTime;

namespace Convene.Server.Features;

/// Instants in ISO 8601 as the five systems write them: UTC, microseconds only if there are any.
public static class IsoTime
{
    public static string Format(Instant instant, string suffix = "Z")
    {
        var utc = instant.ToDateTimeUtc();
        var pattern = utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff";
        return utc.ToString(pattern, CultureInfo.InvariantCulture) + suffix;
    }
}
