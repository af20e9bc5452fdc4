using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Availability;

/// <summary>When somebody can be met: hours for each day of the week, on the clocks of a zone.</summary>
public sealed class Schedule
{
    private readonly ILookup<IsoDayOfWeek, DailyHours> week;

    /// <summary>A schedule.</summary>
    /// <param name="zone">Whose clocks the hours are on.</param>
    /// <param name="week">Hours by day; several for one day add up; a day without any is closed.</param>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public Schedule(DateTimeZone zone, IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> week)
    {
        ArgumentNullException.ThrowIfNull(week);
        Zone = zone ?? throw new ArgumentNullException(nameof(zone));
        this.week = week.ToLookup(w => w.Day, w => w.Hours);
    }

    /// <summary>Whose clocks the hours are on.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The same hours on every day of the week.</summary>
    /// <param name="zone">Whose clocks the hours are on.</param>
    /// <param name="hours">The hours.</param>
    public static Schedule EveryDay(DateTimeZone zone, DailyHours hours) =>
        new(zone, Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).Select(d => (d, hours)));

    /// <summary>The open hours that overlap a window or touch it, whole even where they reach beyond it.</summary>
    /// <param name="window">Which ones; its length in days is the cost.</param>
    /// <remarks>Ends that a clock change skips or doubles are read as RFC 5545 §3.3.5 says; hours that a change swallows whole are none.</remarks>
    public TimeRanges OpenHours(TimeRange window) => TimeRanges.Of(Stretches(window));

    /// <summary>The same, each day's hours on their own, also where they touch the next day's.</summary>
    /// <param name="window">Which ones.</param>
    public IEnumerable<TimeRange> Stretches(TimeRange window)
    {
        // Hours of the day before may reach over midnight into the window.
        var last = window.End.InZone(Zone).Date;
        for (var day = window.Start.InZone(Zone).Date.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            foreach (var hours in week[day.DayOfWeek])
            {
                var start = LocalTimes.ToInstant(day + hours.Start, Zone, LocalTimes.Rfc5545);
                var end = LocalTimes.ToInstant((hours.End <= hours.Start ? day.PlusDays(1) : day) + hours.End, Zone, LocalTimes.Rfc5545);
                if (start < end && start <= window.End && window.Start <= end)
                    yield return new TimeRange(start, end);
            }
        }
    }
}
