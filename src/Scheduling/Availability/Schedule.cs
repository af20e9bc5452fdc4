using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>
/// When somebody can be met, as rules on the clocks of a zone: hours for each day of the week, other hours on single dates, and within them
/// focus time, blocked hours and absences, which no booking may take.
/// </summary>
public sealed class Schedule
{
    private readonly DailyHours[][] week;
    private readonly DailyHours[][] focus;
    private readonly IReadOnlyDictionary<LocalDate, IReadOnlyList<DailyHours>> dates;
    private readonly IReadOnlyList<Absence> absences;

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
        this.week = ByDay(week);
        this.focus = ByDay(focus ?? []);
        this.dates = dates ?? new Dictionary<LocalDate, IReadOnlyList<DailyHours>>();
        this.absences = absences ?? [];
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
    public IEnumerable<TimeRange> Stretches(TimeRange window) =>
        Days(window, day => dates.TryGetValue(day, out var hours) ? hours : week[(int)day.DayOfWeek]);

    /// <summary>What the rules block within a window or touching it, with its kind; in no particular order, possibly overlapping.</summary>
    /// <param name="window">Which ones.</param>
    public IEnumerable<(Obstacle Kind, TimeRange Range)> Blocks(TimeRange window)
    {
        foreach (var range in Days(window, day => focus[(int)day.DayOfWeek]))
            yield return (Obstacle.FocusTime, range);
        foreach (var absence in absences)
        {
            if (Range(absence.Start, absence.End, window) is { } range)
                yield return (absence.Kind, range);
        }
    }

    private IEnumerable<TimeRange> Days(TimeRange window, Func<LocalDate, IReadOnlyList<DailyHours>> hoursOf)
    {
        // Hours of the day before may reach over midnight into the window.
        var last = window.End.InZone(Zone).Date;
        for (var day = window.Start.InZone(Zone).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            foreach (var hours in hoursOf(day))
            {
                if (Range(day + hours.Start, (hours.End <= hours.Start ? day.PlusDays(1) : day) + hours.End, window) is { } range)
                    yield return range;
            }
        }
    }

    private TimeRange? Range(LocalDateTime from, LocalDateTime to, TimeRange window)
    {
        var start = LocalTimes.ToInstant(from, Zone, LocalTimes.Rfc5545);
        var end = LocalTimes.ToInstant(to, Zone, LocalTimes.Rfc5545);
        return start < end && start <= window.End && window.Start <= end ? new TimeRange(start, end) : null;
    }

    // By IsoDayOfWeek's number, so that the first is nobody's.
    private static DailyHours[][] ByDay(IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> hours)
    {
        var lookup = hours.ToLookup(h => h.Day, h => h.Hours);
        return [.. Enum.GetValues<IsoDayOfWeek>().Order().Select(d => lookup[d].ToArray())];
    }
}
