using BenchmarkDotNet.Attributes;
using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Bench;

/// Sixty minutes on a grid of a quarter hour. Beside it: `python3 bench/peer/find_slots.py`, system 2's algorithm on the same worlds.
[MemoryDiagnoser]
public class Slots
{
    private static readonly Instant Monday = Instant.FromUtc(2030, 3, 4, 0, 0);
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Europe/London", "Europe/Athens", "Africa/Lagos"];

    private SlotSearch search = null!;
    private PersonTime[] plain = [];
    private PersonTime[] drawn = [];
    private Attendees half = null!;

    /// People × days × events each. "common hour": everybody is in UTC and keeps Wednesdays from 14:00 to 15:00 free. "identical": all have the same events.
    [Params("2x7x50", "10x28x200", "100x28x200", "1000x84x500", "1000x84x500 common hour", "1000x84x500 identical")]
    public string World { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var sizes = World.Split(' ')[0].Split('x').Select(int.Parse).ToArray();
        var (people, days, events) = (sizes[0], sizes[1], sizes[2]);
        search = new SlotSearch(Monday, Duration.FromMinutes(15), days * 96, Duration.FromHours(1));
        var calendars = Calendars(people, days, events, World.EndsWith("hour", StringComparison.Ordinal), World.EndsWith("identical", StringComparison.Ordinal));
        plain = People(calendars);
        drawn = People(calendars);
        foreach (var person in drawn)
            person.DrawBitmaps(search.Window);
        half = new Attendees([], plain, people / 2);
    }

    /// As from busy times that were just read: hours and zones are worked out in the search.
    [Benchmark]
    public SlotStarts Intervals() => SlotFinder.Find(search, plain);

    /// As from the cache: everybody's bitmaps are drawn.
    [Benchmark]
    public SlotStarts Bitmaps() => SlotFinder.Find(search, drawn);

    /// At least half of them, not from bitmaps.
    [Benchmark]
    public RankedSlots Half() => SlotFinder.Best(search, half, SlotRank.Earliest);

    private PersonTime[] People(List<(int Start, int End)>[] calendars)
    {
        // People in one zone share their hours.
        var zones = World.Contains(' ', StringComparison.Ordinal) ? Zones[..1] : calendars.Length == 2 ? Zones[..2] : Zones;
        var hours = zones.Select(z => Schedule.EveryDay(DateTimeZoneProviders.Tzdb[z], new DailyHours(new LocalTime(9, 0), new LocalTime(17, 0)))).ToArray();
        return [.. calendars.Select((c, p) => new PersonTime(p, hours[p % hours.Length], BusyCalendar.Of(c.Select(e => new TimeRange(At(e.Start), At(e.End))))))];
    }

    /// The same generator as in find_slots.py: events of a quarter hour to an hour, anywhere in the window.
    private static List<(int Start, int End)>[] Calendars(int people, int days, int events, bool commonHour, bool identical)
    {
        var random = 1u;
        return [.. Enumerable.Range(0, people).Select(_ =>
        {
            if (identical)
                random = 1;
            return Enumerable.Range(0, events).Select(_ => Event()).Where(e => !commonHour || !MeetsCommonHour(e)).ToList();
        })];

        (int Start, int End) Event()
        {
            var start = (int)(Next() % (days * 96)) * 15;
            return (start, start + (15 * (1 + (int)(Next() % 4))));
        }

        uint Next() => (random = (random * 1664525) + 1013904223) >> 8;
    }

    private static bool MeetsCommonHour((int Start, int End) e)
    {
        const int Wednesday14 = (2 * 1440) + (14 * 60);
        var week = e.Start / 10_080 * 10_080;
        return e.Start - week < Wednesday14 + 60 && e.End - week > Wednesday14;
    }

    private static Instant At(int minute) => Monday + Duration.FromMinutes(minute);
}
