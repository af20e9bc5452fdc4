using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>Finds times that suit everybody, and says why others do not: both from the same ranges of starts that are possible.</summary>
public static class SlotFinder
{
    private static readonly Duration Closed = Duration.Epsilon;

    /// <summary>The starts on the grid at which everybody can be met, in order.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="people">Who is to be met; nobody: every start suits.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Step or length are not positive, or the count or a buffer is negative.</exception>
    public static IReadOnlyList<Instant> Find(SlotSearch search, IReadOnlyList<PersonTime> people)
    {
        Check(search);
        ArgumentNullException.ThrowIfNull(people);
        var from = search.Earliest is { } earliest ? Instant.Max(search.First, earliest) : search.First;
        var possible = from < search.Window.End ? TimeRanges.Of([new TimeRange(from, search.Window.End)]) : TimeRanges.Empty;
        foreach (var person in people)
            possible = possible.Intersect(Within(search, person)).Minus(Blocked(search, person, search.BufferBefore, search.BufferAfter));

        var starts = new List<Instant>();
        foreach (var range in possible.Ranges)
        {
            // The first point of the grid that is not before the range.
            var (offset, step) = ((range.Start - search.First).ToInt64Nanoseconds(), search.Step.ToInt64Nanoseconds());
            for (var n = (offset + step - 1) / step; n < search.Count && search.First + (search.Step * n) < range.End; n++)
                starts.Add(search.First + (search.Step * n));
        }

        return starts;
    }

    /// <summary>Why this person can't be met at this start; nothing if they can, and then exactly <see cref="Find"/> offers it if everybody else can too.</summary>
    /// <param name="start">Any instant within the search's window, on the grid or not.</param>
    /// <param name="search">What is looked for.</param>
    /// <param name="person">Whom.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public static IReadOnlyList<Obstacle> Explain(Instant start, SlotSearch search, PersonTime person)
    {
        Check(search);
        ArgumentNullException.ThrowIfNull(person);
        var point = new TimeRange(start, start + Closed);
        var obstacles = new List<Obstacle>();
        if (!Within(search, person).Covers(point))
            obstacles.Add(Obstacle.OutsideHours);
        if (Blocked(search, person, Duration.Zero, Duration.Zero).Overlaps(point))
            obstacles.Add(Obstacle.Busy);
        else if (Blocked(search, person, search.BufferBefore, search.BufferAfter).Overlaps(point))
            obstacles.Add(Obstacle.Buffer);
        if (start < search.Earliest)
            obstacles.Add(Obstacle.Notice);
        return obstacles;
    }

    // The starts that the person's hours let through.
    private static TimeRanges Within(SlotSearch search, PersonTime person) => search.Rule == WorkingHoursRule.Contained
        ? TimeRanges.Of(person.Schedule.OpenHours(search.Window).Ranges.Where(o => o.Length >= search.Length).Select(o => new TimeRange(o.Start, o.End - search.Length + Closed)))
        : TimeRanges.Of(person.Schedule.Stretches(search.Window).Select(o => new TimeRange(o.Start, o.End + Closed)));

    // The starts at which a slot with these buffers would overlap something.
    private static TimeRanges Blocked(SlotSearch search, PersonTime person, Duration before, Duration after) =>
        TimeRanges.Of(person.Busy.Ranges.Select(b => new TimeRange(b.Start - search.Length - after + Closed, b.End + before)));

    private static void Check(SlotSearch search)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(search.Step, Duration.Zero, nameof(search));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(search.Length, Duration.Zero, nameof(search));
        ArgumentOutOfRangeException.ThrowIfNegative(search.Count, nameof(search));
        ArgumentOutOfRangeException.ThrowIfLessThan(search.BufferBefore, Duration.Zero, nameof(search));
        ArgumentOutOfRangeException.ThrowIfLessThan(search.BufferAfter, Duration.Zero, nameof(search));
    }
}
