using Convene.Scheduling.Availability.Search;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>
/// When somebody can be met, as rules on the clocks of a zone: hours for each day of the week, other hours on single dates, and within them
/// focus time, blocked hours and absences, which no booking may take.
/// </summary>
/// <remarks>People with the same rules may share one: a search reads it once for all of them. Times count to a tenth of a microsecond. Equality: by reference.</remarks>
public sealed class Schedule
{
    private readonly WeekHours hours;
    private readonly WeekHours focus;
    private readonly (long Start, long End, Obstacle Kind)[] absences;
    private ScheduleBitmaps? bitmaps;

    /// <summary>A schedule.</summary>
    /// <param name="zone">Whose clocks the hours are on.</param>
    /// <param name="week">Hours by day; several for one day add up; a day without any is closed.</param>
    /// <param name="dates">Hours of single dates, in place of the week's; an empty list closes the date. Null: none.</param>
    /// <param name="focus">Focus time by day of the week; it blocks also outside the hours. Null: none.</param>
    /// <param name="absences">Blocked hours and absences. Null: none.</param>
    /// <exception cref="ArgumentNullException">The zone or the week is null.</exception>
    public Schedule(
        DateTimeZone zone,
        IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> week,
        IReadOnlyDictionary<LocalDate, IReadOnlyList<DailyHours>>? dates = null,
        IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)>? focus = null,
        IReadOnlyList<Absence>? absences = null)
    {
        ArgumentNullException.ThrowIfNull(week);
        Zone = zone ?? throw new ArgumentNullException(nameof(zone));
        hours = new WeekHours(week, dates);
        this.focus = new WeekHours(focus ?? [], null);
        this.absences = [.. (absences ?? []).Select(a => (Ticks(a.Start), Ticks(a.End), a.Kind)).Where(a => a.Item1 < a.Item2).OrderBy(a => a.Item1)];
    }

    /// <summary>Whose clocks the hours are on.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The same hours on every day of the week.</summary>
    /// <param name="zone">Whose clocks the hours are on.</param>
    /// <param name="hours">The hours.</param>
    public static Schedule EveryDay(DateTimeZone zone, DailyHours hours) => new(zone, Week(hours));

    /// <summary>Hours for every day of the week, as the constructor takes them.</summary>
    /// <param name="hours">The hours.</param>
    public static IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> Week(DailyHours hours) =>
        Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).Select(d => (d, hours));

    /// <summary>The open hours that overlap a window or touch it, whole even where they reach beyond it. What blocks within them is not taken out.</summary>
    /// <param name="window">Which ones; its length in days is the cost.</param>
    /// <remarks>Ends that a clock change skips or doubles are read as RFC 5545 §3.3.5 says; hours that a change swallows whole are none.</remarks>
    public TimeRanges OpenHours(TimeRange window) => TimeRanges.Of(Stretches(window));

    /// <summary>The same, each day's hours on their own, also where they touch the next day's.</summary>
    /// <param name="window">Which ones.</param>
    public IEnumerable<TimeRange> Stretches(TimeRange window) => Within(hours, window);

    /// <summary>What the rules block within a window or touching it, with its kind; in no particular order, possibly overlapping.</summary>
    /// <param name="window">Which ones.</param>
    public IEnumerable<(Obstacle Kind, TimeRange Range)> Blocks(TimeRange window) =>
    [
        .. Within(focus, window).Select(r => (Obstacle.FocusTime, r)),
        .. absences.Select(a => (a.Kind, Range(a.Start, a.End))).Where(a => a.Item2.Start <= window.End && window.Start <= a.Item2.End),
    ];

    /// <summary>Draws bitmaps of its hours over a horizon, so that searches within it need not compute them; once drawn they stay.</summary>
    /// <param name="horizon">How far.</param>
    /// <remarks>May be called from several threads at once.</remarks>
    public void DrawBitmaps(TimeRange horizon)
    {
        var (from, until) = (Minutes.Floor(horizon.Start), Minutes.Ceiling(horizon.End));
        if (Volatile.Read(ref bitmaps) is not { } drawn || !drawn.Cover(from, until))
            Volatile.Write(ref bitmaps, ScheduleBitmaps.Draw(this, from, until));
    }

    internal ScheduleBitmaps? Bitmaps => Volatile.Read(ref bitmaps);

    internal bool HasBlocks => !focus.IsEmpty || absences.Length > 0;

    // Adds the hours that could touch a window, and more around it.
    internal void AddHours(long from, long until, ref TickRanges ranges) => hours.Add(Zone, from, until, ref ranges);

    // The same for what blocks; null: of every kind.
    internal void AddBlocks(long from, long until, Obstacle? kind, ref TickRanges ranges)
    {
        if (kind is null or Obstacle.FocusTime)
            focus.Add(Zone, from, until, ref ranges);
        foreach (var (start, end, of) in absences)
        {
            if (start <= until && from <= end && (kind is null || kind == of))
                ranges.Add(start, end);
        }
    }

    private List<TimeRange> Within(WeekHours of, TimeRange window)
    {
        var ranges = new TickRanges(stackalloc (long, long)[64]);
        of.Add(Zone, window.Start.ToUnixTimeTicks(), window.End.ToUnixTimeTicks() + 1, ref ranges);
        var result = new List<TimeRange>();
        foreach (var (start, end) in ranges.All)
        {
            if (Range(start, end) is var range && range.Start <= window.End && window.Start <= range.End)
                result.Add(range);
        }

        ranges.Dispose();
        return result;
    }

    private long Ticks(LocalDateTime wall) => LocalTimes.ToInstant(wall, Zone, LocalTimes.Rfc5545).ToUnixTimeTicks();

    private static TimeRange Range(long start, long end) => new(Instant.FromUnixTimeTicks(start), Instant.FromUnixTimeTicks(end));
}
