using NodaTime;

namespace Convene.Scheduling.Time;

/// <summary>A time as somebody wrote it: a wall time, with an offset from UTC or without. Without one, a zone decides what it means.</summary>
/// <param name="Wall">The date and time written; years <see cref="FirstYear"/> to <see cref="LastYear"/>.</param>
/// <param name="Offset">The offset written behind it; null if none was.</param>
/// <remarks>Default value: 0001-01-01T00:00 without an offset, outside the years that readers let through. Equality: by both parts.</remarks>
public readonly record struct GivenTime(LocalDateTime Wall, Offset? Offset)
{
    /// <summary>The first year that readers of user input let through: before it clocks had no zones worth computing with.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last such year: a day before or after stays within the calendar's range, whatever the offset.</summary>
    public const int LastYear = 9998;

    /// <summary>The instant that is meant.</summary>
    /// <param name="zone">Whose clocks show <see cref="Wall"/> if there is no offset; a skipped or doubled wall time is read as RFC 5545 §3.3.5 says.</param>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public Instant In(DateTimeZone zone) =>
        Offset is { } offset ? Wall.WithOffset(offset).ToInstant() : LocalTimes.ToInstant(Wall, zone, LocalTimes.Rfc5545);
}
