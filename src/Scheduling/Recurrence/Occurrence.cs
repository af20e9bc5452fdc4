using Convene.Scheduling.Recurrence.Walk;
using NodaTime;

namespace Convene.Scheduling.Recurrence;

/// <summary>One occurrence of a series.</summary>
/// <remarks>Default value: 0001-01-01T00:00, which no series has. Equality: by time and change.</remarks>
public readonly record struct Occurrence
{
    private readonly long wall;
    private readonly long instant;
    private readonly int change;

    internal Occurrence(long wall, long instant, int change)
    {
        this.wall = wall;
        this.instant = instant;
        this.change = change + 1;
    }

    /// <summary>The wall time that it begins at, as the rule says; whole seconds. Clocks that skip it show a later one.</summary>
    public LocalDateTime Wall => Days.Wall(wall);

    /// <summary>The instant that it begins at. Of a floating series, or one of dates: the instant at which clocks in UTC show <see cref="Wall"/>.</summary>
    public Instant Start => Instant.FromUnixTimeSeconds(instant - Days.UnixEpoch);

    /// <summary>Which of <see cref="Series.Changes"/> put it here; null if none did.</summary>
    public int? Change => change == 0 ? null : change - 1;
}
