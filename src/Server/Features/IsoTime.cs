using System.Globalization;
using NodaTime;

namespace Convene.Server.Features;

/// Instants in ISO 8601 as the five systems write them: UTC, microseconds only if there are any.
public static class IsoTime
{
    /// How many bytes WriteUtf8 needs at most.
    public const int Longest = 64;

    /// The same as text of UTF-8, without a string in between: answers hold thousands of times. Returns its length.
    public static int WriteUtf8(Instant instant, ReadOnlySpan<byte> suffix, Span<byte> to)
    {
        var utc = instant.ToDateTimeUtc();
        utc.TryFormat(to, out var written, utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "s" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        suffix.CopyTo(to[written..]);
        return written + suffix.Length;
    }

    public static string Format(Instant instant, string suffix = "Z")
    {
        var utc = instant.ToDateTimeUtc();
        var pattern = utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff";
        return utc.ToString(pattern, CultureInfo.InvariantCulture) + suffix;
    }
}
