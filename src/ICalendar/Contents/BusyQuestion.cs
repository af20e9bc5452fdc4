using NodaTime;

namespace Convene.ICalendar;

/// <summary>Which of somebody's time a calendar is asked about, and how much may be spent on the answer.</summary>
/// <remarks>Immutable.</remarks>
public sealed record BusyQuestion
{
    /// <summary>From when on; what begins before and ends later counts.</summary>
    public required Instant From { get; init; }

    /// <summary>Until when; not in it.</summary>
    public required Instant Until { get; init; }

    /// <summary>The zone for dates and floating times, where the calendar has no X-WR-TIMEZONE of its own.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Whose calendar it is: what this address has declined takes up no time. Null: nothing is looked for.</summary>
    public string? Address { get; init; }

    /// <summary>UIDs that don't count; none unless set.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many occurrences and periods at most; one or more.</summary>
    public int MostOccurrences { get; init; } = 20_000;

    /// <summary>How many steps all series of the calendar may take together, as <see cref="Scheduling.Recurrence.Expansion"/> counts them; each has its share.</summary>
    public int Budget { get; init; } = 20_000_000;
}
