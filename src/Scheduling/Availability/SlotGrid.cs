using Convene.Scheduling.Booking;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>The starts to try in a window. They go through the full hours of UTC where the step divides an hour, so that whoever asks gets the same ones at any time of day.</summary>
/// <param name="First">The first start.</param>
/// <param name="Step">From one to the next.</param>
/// <param name="Count">How many there are; 0 if the window has none.</param>
/// <remarks>Default value: no starts, no step. Equality: by all three.</remarks>
public readonly record struct SlotGrid(Instant First, Duration Step, int Count)
{
    /// <summary>A window is at most so many days long: beyond this nobody looks for a common hour.</summary>
    public const int MostDays = 92;

    /// <summary>At most so many starts are tried; it bounds what a search may cost.</summary>
    public const int MostStarts = 100_000;

    /// <summary>What is searched if no end is named: system 2's week.</summary>
    public static Duration Week { get; } = Duration.FromDays(7);

    /// <summary>The grid of a window.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="until">No slot starts at or after it; null: a week after the first start.</param>
    /// <param name="step">From one start to the next; whole minutes, at least one.</param>
    /// <returns>The grid; refused if the window is longer than <see cref="MostDays"/>, has more than <see cref="MostStarts"/> starts or reaches beyond <see cref="SlotSearch.LastYear"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is shorter than a minute.</exception>
    public static Outcome<SlotGrid> Over(Instant from, Instant? until, Duration step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, Duration.FromMinutes(1));
        if (from.InUtc().Year < SlotSearch.FirstYear || Instant.Max(from, until ?? from).InUtc().Year >= SlotSearch.LastYear)
            return new Refusal.WindowOutOfReach();
        var first = Next(from, step);
        var end = until ?? first + Week;
        if (end - from > Duration.FromDays(MostDays) + (until is null ? step : Duration.Zero))
            return new Refusal.WindowTooLong();
        var count = end <= first ? 0 : (long)Math.Ceiling((end - first) / step);
        return count > MostStarts ? new Refusal.TooManyStarts(count) : new SlotGrid(first, step, (int)count);
    }

    // The first multiple of the step since the Unix epoch that is not before it.
    private static Instant Next(Instant from, Duration step)
    {
        var (ticks, length) = (from.ToUnixTimeTicks(), step.BclCompatibleTicks);
        if (Instant.FromUnixTimeTicks(ticks) < from)
            ticks++;
        var rest = ((ticks % length) + length) % length;
        return Instant.FromUnixTimeTicks(rest == 0 ? ticks : ticks - rest + length);
    }
}
