using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>How long an occurrence lasts: days on the clock, then exact time (RFC 5545 §3.8.5.3: DURATION is nominal, DTEND gives an exact length).</summary>
/// <param name="Days">Days by the clock, 23 or 25 hours where clocks change; not negative.</param>
/// <param name="Exact">Time that no clock change stretches; not negative.</param>
/// <remarks>Default value: no time at all. Equality: by both parts.</remarks>
public readonly record struct OccurrenceLength(int Days, Duration Exact)
{
    /// <summary>So long, whatever clocks do.</summary>
    public static OccurrenceLength Of(Duration exact) => new(0, exact);

    /// <summary>So many days by the clock.</summary>
    public static OccurrenceLength OfDays(int days) => new(days, Duration.Zero);

    // No occurrence ends later than so many seconds after its start.
    internal long MostSeconds => ((long)Days * NodaConstants.SecondsPerDay) + (Days > 0 ? Walk.ZoneClock.Furthest : 0) + (long)Math.Ceiling(Exact.TotalSeconds);
}
