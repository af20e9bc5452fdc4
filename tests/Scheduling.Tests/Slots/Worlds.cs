using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Slots;

/// Made-up worlds around the times at which clocks do something odd.
internal static class Worlds
{
    // Each zone with an instant near something odd in it.
    public static readonly (string Zone, Instant Near)[] Odd =
    [
        ("UTC", Instant.FromUtc(2030, 3, 4, 9, 0)),
        ("America/New_York", Instant.FromUtc(2030, 3, 10, 7, 0)),
        ("America/New_York", Instant.FromUtc(2030, 11, 3, 6, 0)),
        ("Europe/Berlin", Instant.FromUtc(2030, 3, 31, 1, 0)),
        ("Asia/Kathmandu", Instant.FromUtc(1985, 12, 31, 18, 30)),   // by 15 minutes
        ("Australia/Lord_Howe", Instant.FromUtc(2030, 4, 6, 15, 0)), // by 30 minutes, back
        ("Australia/Lord_Howe", Instant.FromUtc(2030, 10, 5, 15, 30)),
        ("Africa/Monrovia", Instant.FromUtc(1972, 1, 7, 0, 44, 30)), // from −00:44:30 to UTC
        ("Pacific/Apia", Instant.FromUtc(2011, 12, 30, 10, 0)),      // skipped 30 December
        ("Pacific/Kwajalein", Instant.FromUtc(1969, 10, 1, 0, 0)),   // a day twice
        ("America/St_Johns", Instant.FromUtc(2006, 10, 29, 2, 31)),  // at a minute past midnight, back over it
        ("Europe/Amsterdam", Instant.FromUtc(1937, 7, 1, 0, 0)),     // an odd offset, in summer time
        ("America/Sao_Paulo", Instant.FromUtc(2018, 11, 4, 3, 0)),   // midnight is skipped
    ];

    public static int Runs => Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1" ? 10_000 : 200;

    public static Arbitrary<World> Any(bool fives = false) => (
        from odd in Gen.Elements(Odd)
        from origin in Gen.Choose(-5 * 24 * 60, 24 * 60).Select(m => odd.Near + Duration.FromMinutes(m))
        from step in fives ? Gen.Elements(5, 10, 15, 30, 60, 320, 480) : Gen.Elements(1, 7, 13, 15, 30, 60)
        from count in Gen.Choose(0, 300)
        from length in fives ? Gen.Elements(5, 25, 30, 60, 95, 600) : Gen.Elements(1, 17, 30, 60, 95, 600)
        from rule in Gen.Elements(WorkingHoursRule.Contained, fives ? WorkingHoursRule.Contained : WorkingHoursRule.Start)
        from before in Gen.Elements(0, 0, fives ? 10 : 9, 45)
        from after in Gen.Elements(0, 0, 5, fives ? 60 : 61)
        from notice in Gen.Elements<int?>(null, null, 0, 100_000)
        from people in Gen.Choose(1, 4).SelectMany(n => Person(odd.Zone, origin).ListOf(n))
        from required in Gen.Choose(0, people.Count)
        from quorum in Gen.Choose(0, people.Count)
        let first = Instant.FromUnixTimeSeconds(origin.ToUnixTimeSeconds() / (fives ? 300 : 60) * (fives ? 300 : 60))
        select new World(
            new SlotSearch(first, Duration.FromMinutes(step), count, Duration.FromMinutes(length), rule)
            {
                BufferBefore = Duration.FromMinutes(before), BufferAfter = Duration.FromMinutes(after), Earliest = notice is { } n ? first + Duration.FromSeconds(n) : null,
            },
            [.. people], required, quorum)).ToArbitrary();

    private static Gen<Somebody> Person(string odd, Instant origin) =>
        from zone in Gen.Elements(odd, odd, "UTC", "America/New_York", "Asia/Kathmandu").Select(z => DateTimeZoneProviders.Tzdb[z])
        from open in Gen.Frequency((1, Gen.Constant(DaysOff)), (4, Gen.Constant(EveryDay)), (4, Week(7)))
        from dates in (
            from day in Gen.Choose(-2, 9)
            from hours in Hours.ListOf()
            select (Date: origin.InZone(zone).Date.PlusDays(day), Hours: hours)).ListOf()
        from focus in Week(2)
        from absences in (
            from start in Gen.Choose(-2_000, 10_000)
            from length in Gen.Elements(0, 45, 600, 1_500)
            from kind in Gen.Elements(Obstacle.Blocked, Obstacle.OutOfOffice, Obstacle.CalendarUnreachable)
            from second in Gen.Elements(0, 0, 30)
            let wall = origin.InZone(zone).LocalDateTime.PlusMinutes(start).PlusSeconds(second)
            select new Absence(wall, wall.PlusMinutes(length), kind)).ListOf(2)
        from busy in (
            from start in Gen.Choose(-1_000, 10_000)
            from length in Gen.Choose(0, 400)
            from second in Gen.Elements(0, 0, 1, 59)
            select new TimeRange(origin + Duration.FromSeconds((60 * start) + second), origin + Duration.FromSeconds((60 * (start + length)) + second))).ListOf()
        select new Somebody(zone, open, dates.DistinctBy(d => d.Date).ToDictionary(d => d.Date, d => (IReadOnlyList<DailyHours>)[.. d.Hours]), focus, [.. absences], [.. busy]);

    private static readonly IReadOnlyList<(IsoDayOfWeek, DailyHours)> DaysOff = [];

    private static readonly IReadOnlyList<(IsoDayOfWeek, DailyHours)> EveryDay = [.. Schedule.Week(new DailyHours(new LocalTime(8, 0), new LocalTime(20, 0)))];

    private static readonly Gen<LocalTime> TimeOfDay = Gen.Frequency(
        (6, Gen.Choose(0, 47).Select(half => LocalTime.Midnight.PlusMinutes(30 * half))),
        (1, Gen.Choose(0, 1439).Select(minute => LocalTime.Midnight.PlusMinutes(minute))),
        (1, Gen.Choose(0, 86_399).Select(second => LocalTime.Midnight.PlusSeconds(second))));

    // Often over midnight; two of them on one day overlap or touch now and then.
    private static readonly Gen<DailyHours> Hours =
        from start in TimeOfDay
        from end in TimeOfDay
        select new DailyHours(start, end);

    private static Gen<IReadOnlyList<(IsoDayOfWeek, DailyHours)>> Week(int most) =>
        from n in Gen.Choose(0, most)
        from days in Gen.Elements(Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None).ToArray()).ListOf(n)
        from hours in Hours.ListOf(n)
        select (IReadOnlyList<(IsoDayOfWeek, DailyHours)>)[.. days.Zip(hours)];
}
