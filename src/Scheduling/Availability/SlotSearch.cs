using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>What is looked for: slots of one length whose starts lie on a grid. Everything in it is on whole minutes.</summary>
/// <param name="First">The first start that is tried; a whole minute.</param>
/// <param name="Step">From one start to the next; whole minutes, at least one.</param>
/// <param name="Count">How many starts are tried; not negative.</param>
/// <param name="Length">Of a slot; whole minutes, at least one.</param>
/// <param name="Rule">How a slot must lie in everybody's hours.</param>
/// <exception cref="ArgumentException">Something is not a whole number of minutes.</exception>
/// <exception cref="ArgumentOutOfRangeException">Something is too small, or longer than <see cref="LongestDays"/> days.</exception>
public sealed record SlotSearch(Instant First, Duration Step, int Count, Duration Length, WorkingHoursRule Rule = WorkingHoursRule.Contained)
{
    /// <summary>No step, slot or buffer is longer, in days.</summary>
    public const int LongestDays = 366;

    /// <summary>The search lies in the years from this one …</summary>
    public const int FirstYear = 100;

    /// <summary>… to this one, both in.</summary>
    public const int LastYear = 3800;

    /// <summary>The first start that is tried; a whole minute.</summary>
    public Instant First { get; init => field = WholeMinute(value); } = WholeMinute(First);

    /// <summary>From one start to the next; whole minutes, at least one.</summary>
    public Duration Step { get; init => field = WholeMinutes(value, 1, nameof(Step)); } = WholeMinutes(Step, 1, nameof(Step));

    /// <summary>How many starts are tried; not negative.</summary>
    public int Count { get; init => field = NotNegative(value); } = NotNegative(Count);

    /// <summary>Of a slot; whole minutes, at least one.</summary>
    public Duration Length { get; init => field = WholeMinutes(value, 1, nameof(Length)); } = WholeMinutes(Length, 1, nameof(Length));

    /// <summary>How long before a slot nothing else may take up anybody's time; whole minutes, not negative. Hours may end in it.</summary>
    public Duration BufferBefore { get; init => field = WholeMinutes(value, 0, nameof(BufferBefore)); } = Duration.Zero;

    /// <summary>How long after a slot nothing else may take up anybody's time; whole minutes, not negative. Hours may end in it.</summary>
    public Duration BufferAfter { get; init => field = WholeMinutes(value, 0, nameof(BufferAfter)); } = Duration.Zero;

    /// <summary>Nothing earlier is offered (notice that people want to have); any instant; null: no such bound.</summary>
    public Instant? Earliest { get; init; }

    /// <summary>From the first start to the end of the last slot, with the buffers around: the time that matters to the search. If no start is tried, only the buffers.</summary>
    public TimeRange Window => new(First - BufferBefore, (Count == 0 ? First : First + (Step * (Count - 1)) + Length) + BufferAfter);

    private static Instant WholeMinute(Instant value) =>
        value == Instant.FromUnixTimeTicks(value.ToUnixTimeTicks()) && value.ToUnixTimeTicks() % NodaConstants.TicksPerMinute == 0
            ? value
            : throw new ArgumentException($"The first start must be a whole minute, not {value}.", nameof(value));

    private static Duration WholeMinutes(Duration value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, Duration.FromMinutes(least), name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Duration.FromDays(LongestDays), name);
        return value.NanosecondOfDay % NodaConstants.NanosecondsPerMinute == 0 ? value : throw new ArgumentException($"{name} must be whole minutes, not {value}.", name);
    }

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}
