using NodaTime;

namespace Convene.Scheduling.Availability.Search;

// Hours by day of the week, with other ones on single dates, in ticks since the day's midnight.
internal sealed class WeekHours
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private readonly (long Start, long End)[][] week;
    private readonly Dictionary<int, (long Start, long End)[]>? dates;

    public WeekHours(IEnumerable<(IsoDayOfWeek Day, DailyHours Hours)> week, IReadOnlyDictionary<LocalDate, IReadOnlyList<DailyHours>>? dates)
    {
        var byDay = week.ToLookup(h => h.Day, h => h.Hours);
        // The epoch's day was a Thursday.
        this.week = [.. Enumerable.Range(0, 7).Select(n => Ticks(byDay[Epoch.PlusDays(n).DayOfWeek]))];
        IsEmpty = this.week.All(d => d.Length == 0) && dates is null or { Count: 0 };
        this.dates = dates is null or { Count: 0 } ? null : dates.ToDictionary(d => Period.DaysBetween(Epoch, d.Key.WithCalendar(CalendarSystem.Iso)), d => Ticks(d.Value));
    }

    public bool IsEmpty { get; }

    // Adds all of them that could touch a window, and some around it.
    public void Add(DateTimeZone zone, long from, long until, ref TickRanges ranges)
    {
        if (IsEmpty)
            return;
        var clock = new WallClock(zone);
        // The zone's date may be another one than UTC's, hours may reach over midnight, and a clock change may skip or repeat a day.
        var last = Day(until) + 2;
        for (var day = Day(from) - 3; day <= last; day++)
        {
            var midnight = day * NodaConstants.TicksPerDay;
            foreach (var (start, end) in On(day))
                ranges.Add(clock.ToTicks(midnight + start), clock.ToTicks(midnight + end));
        }
    }

    private (long Start, long End)[] On(int day) => dates is not null && dates.TryGetValue(day, out var hours) ? hours : week[((day % 7) + 7) % 7];

    private static int Day(long ticks) => (int)Math.Floor(ticks / (double)NodaConstants.TicksPerDay);

    private static (long Start, long End)[] Ticks(IEnumerable<DailyHours> hours) =>
        [.. hours.Select(h => (h.Start.TickOfDay, h.End.TickOfDay + (h.End <= h.Start ? NodaConstants.TicksPerDay : 0))).Order()];
}
