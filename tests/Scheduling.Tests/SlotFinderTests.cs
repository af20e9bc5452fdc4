using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

/// The slot finder against somebody who tries every start, minute by minute, on the clocks of everybody's zone.
public sealed class SlotFinderTests
{
    private static readonly Instant Monday = Instant.FromUtc(2030, 3, 4, 9, 0);
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    // Zones with half and quarter hours, and with clock changes in March; some hours go over midnight.
    private static readonly Gen<Person> People =
        from zone in Gen.Elements("UTC", "America/New_York", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe")
        from opens in Gen.Choose(0, 47)
        from closes in Gen.Choose(0, 47)
        from days in Gen.SubListOf(Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None))
        from busy in (
            from start in Gen.Choose(-600, 10_000)
            from length in Gen.Choose(0, 400)
            select new TimeRange(At(start), At(start + length))).ListOf()
        select new Person(DateTimeZoneProviders.Tzdb[zone], [.. days], new DailyHours(HalfHour(opens), HalfHour(closes)), TimeRanges.Of(busy));

    private static readonly Arbitrary<(SlotSearch Search, Person[] People)> Worlds = (
        from first in Gen.Choose(0, 9 * 24 * 60)
        from step in Gen.Elements(5, 15, 30, 60, 7)
        from count in Gen.Choose(0, 300)
        from length in Gen.Elements(5, 30, 60, 95, 600)
        from rule in Gen.Elements(WorkingHoursRule.Contained, WorkingHoursRule.Start)
        from before in Gen.Elements(0, 10, 45)
        from after in Gen.Elements(0, 5, 60)
        from notice in Gen.Elements<int?>(null, 0, 3_000)
        from people in People.ListOf(2)
        select (new SlotSearch(At(first), Duration.FromMinutes(step), count, Duration.FromMinutes(length), rule)
        {
            BufferBefore = Duration.FromMinutes(before), BufferAfter = Duration.FromMinutes(after), Earliest = notice is { } n ? At(n) : null,
        }, people.ToArray())).ToArbitrary();

    [Fact]
    public void It_finds_exactly_what_trying_every_start_finds() => Prop.ForAll(Worlds, world =>
    {
        var (search, people) = world;
        return SlotFinder.Find(search, Times(people)).SequenceEqual(Grid(search).Where(start => people.All(p => Suits(start, search, p)) && !(start < search.Earliest)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    [Fact]
    public void It_explains_nothing_away_exactly_where_it_offers_a_slot() => Prop.ForAll(Worlds, world =>
    {
        var (search, people) = world;
        var offered = SlotFinder.Find(search, Times(people)).ToHashSet();
        return Grid(search).All(start => offered.Contains(start) == Times(people).All(p => SlotFinder.Explain(start, search, p).Count == 0));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    [Theory]
    [InlineData(WorkingHoursRule.Contained, 105)]
    [InlineData(WorkingHoursRule.Start, 119)]
    public void Two_unbooked_people_in_utc_have_as_many_slots_a_week_as_system_2_documents(WorkingHoursRule rule, int expected)
    {
        PersonTime[] people = [.. Enumerable.Range(1, 2).Select(p => new PersonTime(p, Schedule.EveryDay(DateTimeZone.Utc, NineToFive), TimeRanges.Empty))];
        // At whatever half hour of the day the week begins.
        foreach (var half in Enumerable.Range(0, 48))
            SlotFinder.Find(new SlotSearch(Monday + Duration.FromMinutes(30 * half), Duration.FromMinutes(30), 7 * 48, Duration.FromHours(1), rule), people).Count.ShouldBe(expected, $"{half}");
    }

    [Fact]
    public void Nobody_to_ask_leaves_every_start_and_nothing_to_try_none()
    {
        SlotFinder.Find(new SlotSearch(Monday, Duration.FromMinutes(30), 4, Duration.FromHours(1)), []).Count.ShouldBe(4);
        SlotFinder.Find(new SlotSearch(Monday, Duration.FromMinutes(30), 0, Duration.FromHours(1)), []).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => SlotFinder.Find(new SlotSearch(Monday, Duration.Zero, 1, Duration.FromHours(1)), []));
    }

    private static int Runs => Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1" ? 10_000 : 200;

    private static IEnumerable<Instant> Grid(SlotSearch search) => Enumerable.Range(0, search.Count).Select(n => search.First + (search.Step * n));

    private sealed record Person(DateTimeZone Zone, IsoDayOfWeek[] Days, DailyHours Hours, TimeRanges Busy);

    private static PersonTime[] Times(Person[] people) =>
        [.. people.Select(p => new PersonTime(1, new Schedule(p.Zone, p.Days.Select(d => (d, p.Hours))), p.Busy))];

    /// By the words of the rules, one minute after the other.
    private static bool Suits(Instant start, SlotSearch search, Person person)
    {
        var end = start + search.Length;
        if (person.Busy.Ranges.Any(b => b.Start < end + search.BufferAfter && start - search.BufferBefore < b.End) || start < search.Earliest)
            return false;
        if (search.Rule == WorkingHoursRule.Start)
            return Hours(start, person).Any(h => h.Start <= start && start <= h.End);
        for (var at = start; at < end; at += Duration.FromMinutes(1))
        {
            if (!Hours(at, person).Any(h => h.Contains(at)))
                return false;
        }

        return true;
    }

    /// The hours of all days around.
    private static IEnumerable<TimeRange> Hours(Instant at, Person person) =>
        from around in Enumerable.Range(-2, 4)
        let day = at.InZone(person.Zone).Date.PlusDays(around)
        where person.Days.Contains(day.DayOfWeek)
        let start = LocalTimes.ToInstant(day + person.Hours.Start, person.Zone, LocalTimes.Rfc5545)
        let end = LocalTimes.ToInstant((person.Hours.End <= person.Hours.Start ? day.PlusDays(1) : day) + person.Hours.End, person.Zone, LocalTimes.Rfc5545)
        where start < end
        select new TimeRange(start, end);

    private static Instant At(int minute) => Monday + Duration.FromMinutes(minute);

    private static LocalTime HalfHour(int half) => LocalTime.Midnight.PlusMinutes(30 * half);
}
