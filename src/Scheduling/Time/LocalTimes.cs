using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Time;

/// <summary>Wall times to instants. What happens to wall times that a clock change skips or doubles is the caller's choice.</summary>
public static class LocalTimes
{
    /// <summary>
    /// RFC 5545 §3.3.5: a doubled wall time means its first occurrence; a skipped one is read with the offset before the gap,
    /// so 02:30 in a gap of an hour from 02:00 is the instant that the clocks show as 03:30.
    /// </summary>
    public static ZoneLocalMappingResolver Rfc5545 { get; } =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnForwardShifted);

    /// <summary>The instant at which the clocks of <paramref name="zone"/> show <paramref name="wall"/>.</summary>
    /// <param name="wall">Any wall time.</param>
    /// <param name="zone">Whose clocks.</param>
    /// <param name="policy">What a skipped or doubled wall time means; <see cref="Rfc5545"/> unless there is a reason.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="SkippedTimeException">Only if <paramref name="policy"/> says so.</exception>
    /// <exception cref="AmbiguousTimeException">Only if <paramref name="policy"/> says so.</exception>
    public static Instant ToInstant(LocalDateTime wall, DateTimeZone zone, ZoneLocalMappingResolver policy)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(policy);
        return zone.ResolveLocal(wall, policy).ToInstant();
    }
}
