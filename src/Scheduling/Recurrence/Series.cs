using Convene.Scheduling.Recurrence.Walk;
using Convene.Scheduling.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Convene.Scheduling.Recurrence;

/// <summary>
/// A series of occurrences (RFC 5545 §3.8.5.3): a start, rules (RRULE) and single times (RDATE), less exceptions (EXRULE, EXDATE), with single occurrences
/// changed or called off. The start itself is an occurrence if the rules say so, or if there are none.
/// </summary>
/// <remarks>Immutable, and safe to share among threads.</remarks>
public sealed class Series
{
    // Built when first asked for; built twice if two threads ask at once, which does no harm.
    private Compiled? compiled;

    /// <summary>A series whose times are in a zone, or floating.</summary>
    /// <param name="start">DTSTART: whole seconds of the years 0001 to 9999; midnight for a series of dates.</param>
    /// <param name="zone">Whose clocks show <paramref name="start"/>; null for a floating series. A series of dates has none: it is ignored.</param>
    /// <param name="isDates">Whether these are dates (VALUE=DATE).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is outside these years.</exception>
    /// <exception cref="ArgumentException"><paramref name="start"/> has fractions of a second, or is a date with a time.</exception>
    public Series(LocalDateTime start, DateTimeZone? zone, bool isDates = false)
    {
        if (!InRange(start))
            throw new ArgumentOutOfRangeException(nameof(start), start, "The year must be from 1 to 9999.");
        if (start.Calendar != CalendarSystem.Iso)
            throw new ArgumentException("The start must be in the ISO calendar.", nameof(start));
        if (start.NanosecondOfSecond != 0)
            throw new ArgumentException("The start must be on a whole second.", nameof(start));
        if (isDates && start.TimeOfDay != LocalTime.Midnight)
            throw new ArgumentException("A series of dates starts at midnight.", nameof(start));
        Start = start;
        Zone = isDates ? null : zone;
        IsDates = isDates;
        Clock = Zone is null ? null : ZoneClock.Of(Zone);
    }

    /// <summary>DTSTART.</summary>
    public LocalDateTime Start { get; }

    /// <summary>Whose clocks show the wall times; null if the series is floating or of dates.</summary>
    public DateTimeZone? Zone { get; }

    /// <summary>Whether these are dates.</summary>
    public bool IsDates { get; }

    /// <summary>How long an occurrence is; no time at all unless set.</summary>
    public OccurrenceLength Length { get; init; }

    /// <summary>RRULE: any number, though one is usual.</summary>
    /// <exception cref="ArgumentException">A rule has a problem that can't be mended.</exception>
    public IReadOnlyList<RecurrenceRule> Rules { get; init => field = Checked(value); } = [];

    /// <summary>EXRULE: what these rules say, beginning at the same start, is left out.</summary>
    /// <exception cref="ArgumentException">A rule has a problem that can't be mended.</exception>
    public IReadOnlyList<RecurrenceRule> ExceptionRules { get; init => field = Checked(value); } = [];

    /// <summary>RDATE: more occurrences; wall times without an offset are the series' own. Whole seconds count; years 0001 to 9999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside these years.</exception>
    public IReadOnlyList<GivenTime> Added { get; init => field = Checked(value); } = [];

    /// <summary>EXDATE: occurrences left out. One named by a wall time is that occurrence; one named with an offset is whatever begins at that instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside the years 0001 to 9999.</exception>
    public IReadOnlyList<GivenTime> Dropped { get; init => field = Checked(value); } = [];

    /// <summary>Days on which all occurrences are left out: EXDATE with a date in a series of times, which RFC 5545 forbids and calendars write.</summary>
    public IReadOnlyList<LocalDate> DroppedDates { get; init; } = [];

    /// <summary>Single occurrences changed or called off. One that is no occurrence of the series is there nevertheless, if it has a start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is outside the years 0001 to 9999.</exception>
    public IReadOnlyList<ChangedOccurrence> Changes { get; init => field = Checked(value); } = [];

    /// <summary>What wall times mean that a clock change skips or doubles; as RFC 5545 §3.3.5 says unless set. It has to return times within a day of the change.</summary>
    public ZoneLocalMappingResolver Policy { get; init; } = LocalTimes.Rfc5545;

    internal ZoneClock? Clock { get; }

    internal Compiled Compiled => compiled ??= new Compiled(this);

    internal bool IsOneRule => Rules.Count == 1 && ExceptionRules.Count + Added.Count + Dropped.Count + DroppedDates.Count + Changes.Count == 0;

    internal long MostSeconds => Changes.Aggregate(Length.MostSeconds, (most, c) => Math.Max(most, c.Length?.MostSeconds ?? 0));

    /// <summary>The occurrences that begin in a window.</summary>
    /// <param name="from">The first instant inside; null from the start. Floating times and dates are compared as if they were in UTC.</param>
    /// <param name="until">The first instant after; null for no end but the year 9999.</param>
    /// <param name="budget">How many steps may be spent, at least 1: a step is a period looked at, or sixteen times of a day.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is below 1.</exception>
    public Expansion Expand(Instant? from = null, Instant? until = null, int budget = Expansion.UsualBudget) => Window(from, until, budget, overlapping: false);

    /// <summary>The occurrences that share time with a window, by their length. One of no length counts if it begins inside.</summary>
    /// <param name="window">The window.</param>
    /// <param name="budget">As for <see cref="Expand"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is below 1.</exception>
    public Expansion Overlapping(TimeRange window, int budget = Expansion.UsualBudget) => Window(window.Start, window.End, budget, overlapping: true);

    /// <summary>The same series on the clocks of a zone: what a floating series, or one of dates, means to somebody there.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public Series In(DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return new Series(Start, zone)
        {
            Length = Length, Rules = Rules, ExceptionRules = ExceptionRules, Added = Added, Dropped = Dropped, DroppedDates = DroppedDates, Changes = Changes, Policy = Policy,
        };
    }

    /// <summary>When an occurrence of this series ends; not inside it. <see cref="Instant.MaxValue"/> if that is beyond the year 9999.</summary>
    public Instant EndOf(Occurrence occurrence)
    {
        var length = occurrence.Change is { } change && Changes[change].Length is { } own ? own : Length;
        if (Days.End - Days.Seconds(occurrence.Wall) < length.MostSeconds + ZoneClock.Furthest)
            return Instant.MaxValue;
        if (length.Days == 0)
            return occurrence.Start + length.Exact;
        var end = occurrence.Wall.PlusDays(length.Days);
        return (Zone is null ? end.InUtc().ToInstant() : LocalTimes.ToInstant(end, Zone, Policy)) + length.Exact;
    }

    /// <summary>What is odd about the rules in this series, each with how it is taken; empty if nothing is.</summary>
    public IReadOnlyList<RuleProblem> Remarks() => SeriesRemarks.Of(this);

    private static IReadOnlyList<RecurrenceRule> Checked(IReadOnlyList<RecurrenceRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var problem in rules.SelectMany(r => r.Problems()).Where(p => !p.Mendable))
            throw new ArgumentException(problem.ToString(), nameof(rules));
        return [.. rules];
    }

    private static IReadOnlyList<GivenTime> Checked(IReadOnlyList<GivenTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        foreach (var time in times)
            if (!InRange(time.Wall))
                throw new ArgumentOutOfRangeException(nameof(times), time.Wall, "The year must be from 1 to 9999.");
        return [.. times];
    }

    private static IReadOnlyList<ChangedOccurrence> Checked(IReadOnlyList<ChangedOccurrence> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Checked([.. changes.Select(c => c.Id), .. changes.Where(c => c.Start is not null).Select(c => c.Start!.Value)]);
        return [.. changes];
    }

    private static bool InRange(LocalDateTime wall) => wall.Year is >= 1 and <= Days.LastYear;

    private Expansion Window(Instant? from, Instant? until, int budget, bool overlapping)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 1);
        return new Expansion(this, Bounded(from, -ZoneClock.Furthest), Bounded(until, Days.End + ZoneClock.Furthest), budget, overlapping);
    }

    private static long Bounded(Instant? instant, long otherwise) => instant is not { } at
        ? otherwise
        // The first whole second that is not before it.
        : Math.Clamp(at.ToUnixTimeSeconds() + (at > Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) ? 1 : 0) + Days.UnixEpoch, -ZoneClock.Furthest, Days.End + ZoneClock.Furthest);
}
