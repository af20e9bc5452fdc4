using NodaTime;

namespace Convene.Scheduling.Availability.Search;

// Instants as whole minutes since the Unix epoch. What lies beyond the years that can be searched is moved to their edge, so that sums stay within an int.
internal static class Minutes
{
    public const int Earliest = -1_000_000_000; // in the year 68
    public const int Latest = 1_000_000_000;    // in the year 3871

    public static int Floor(long ticks) => (int)Math.Clamp(Math.DivRem(ticks, NodaConstants.TicksPerMinute, out var rest) - (rest < 0 ? 1 : 0), Earliest, Latest);

    public static int Ceiling(long ticks) => -Floor(-ticks);

    public static int Floor(Instant instant) => Floor(instant.ToUnixTimeTicks());

    public static int Ceiling(Instant instant)
    {
        // Ticks cut the last nanoseconds off.
        var ticks = instant.ToUnixTimeTicks();
        return Ceiling(Instant.FromUnixTimeTicks(ticks) < instant ? ticks + 1 : ticks);
    }

    public static int Of(Duration duration) => (int)(duration.BclCompatibleTicks / NodaConstants.TicksPerMinute);

    public static Instant ToInstant(int minute) => Instant.FromUnixTimeSeconds(minute * 60L);

    public static long ToTicks(int minute) => minute * NodaConstants.TicksPerMinute;
}
