using NodaTime;

namespace Convene.ICalendar;

/// <summary>The instants that iCalendar can write: its years have four digits, in every zone (RFC 5545 §3.3.4).</summary>
internal static class WritableTime
{
    /// <summary>The first instant, in it.</summary>
    internal static readonly Instant Min = Instant.FromUtc(1, 1, 2, 0, 0);

    /// <summary>The end, not in it.</summary>
    internal static readonly Instant End = Instant.FromUtc(9999, 12, 31, 0, 0);

    /// <summary>The instant itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before <see cref="Min"/> or not before <see cref="End"/>.</exception>
    internal static Instant Checked(Instant instant) =>
        instant >= Min && instant < End
            ? instant
            : throw new ArgumentOutOfRangeException(nameof(instant), instant, "A time is from 0001-01-02 to before 9999-12-31, UTC.");
}
