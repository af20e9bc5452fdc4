using NodaTime;

namespace Convene.Scheduling.Time;

/// <summary>
/// A half-open stretch of time: <see cref="Start"/> belongs to it, <see cref="End"/> does not, so back-to-back ranges do not overlap.
/// </summary>
/// <remarks>
/// Bounds: any two instants with <c>Start ≤ End</c>. Emptiness: <c>Start == End</c> is empty, and an empty range overlaps nothing.
/// Default value: the empty range at the Unix epoch. Equality: by both ends.
/// </remarks>
public readonly record struct TimeRange
{
    /// <summary>The range from <paramref name="start"/> (in) to <paramref name="end"/> (out).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="end"/> is before <paramref name="start"/>.</exception>
    public TimeRange(Instant start, Instant end)
    {
        if (end < start)
            throw new ArgumentOutOfRangeException(nameof(end), end, $"A range cannot end before it starts ({start}).");
        Start = start;
        End = end;
    }

    /// <summary>The first instant inside.</summary>
    public Instant Start { get; }

    /// <summary>The first instant after; not inside.</summary>
    public Instant End { get; }

    /// <summary>True when no instant is inside.</summary>
    public bool IsEmpty => Start == End;

    /// <summary>The time between both ends; zero when empty.</summary>
    public Duration Length => End - Start;

    /// <summary>Whether some instant is inside both. Touching ends do not count; an empty range overlaps nothing.</summary>
    public bool Overlaps(TimeRange other) => Start < other.End && other.Start < End && !IsEmpty && !other.IsEmpty;

    /// <summary>Whether <paramref name="instant"/> is inside.</summary>
    public bool Contains(Instant instant) => Start <= instant && instant < End;

    /// <summary>Both ends in ISO 8601, as <c>start/end</c>.</summary>
    public override string ToString() => $"{Start}/{End}";
}
