using Convene.Scheduling.Availability;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests.Slots;

/// The slot finder against somebody who tries every start by the words of the rules.
public sealed class SlotFinderTests
{
    private static readonly Instant Monday = Instant.FromUtc(2030, 3, 4, 9, 0);
    private static readonly DailyHours NineToFive = new(new LocalTime(9, 0), new LocalTime(17, 0));

    [Fact]
    public void It_finds_exactly_what_trying_every_start_finds() => Check(Worlds.Any(), (world, oracles) =>
        Same(SlotFinder.Find(world.Search, world.Times), world.Grid.Where(start => oracles.All(o => o.Suits(start)))));

    [Fact]
    public void From_drawn_bitmaps_it_finds_the_same() => Check(Worlds.Any(fives: true), (world, oracles) =>
    {
        var people = world.Times;
        var plain = SlotFinder.Find(world.Search, people);
        Same(plain, world.Grid.Where(start => oracles.All(o => o.Suits(start))));
        foreach (var person in people)
            person.DrawBitmaps(world.Search.Window);
        Same(SlotFinder.Find(world.Search, people), plain);
        // One whose bitmaps don't reach so far.
        people[0] = new PersonTime(1, people[0].Schedule, BusyCalendar.Of(world.People[0].Busy));
        people[0].Busy.DrawBitmap(new TimeRange(world.Search.Window.Start - Duration.FromDays(9), world.Search.Window.Start));
        Same(SlotFinder.Find(world.Search, people), plain);
    });

    [Fact]
    public void It_explains_nothing_away_exactly_where_it_offers_a_slot() => Check(Worlds.Any(), (world, _) =>
    {
        var people = world.Times;
        var offered = SlotFinder.Find(world.Search, people).ToHashSet();
        Same(world.Grid.Where(start => people.All(p => SlotFinder.Explain(start, world.Search, p).Count == 0)), world.Grid.Where(offered.Contains));
    });

    [Fact]
    public void It_names_every_kind_of_obstacle_that_there_is() => Check(Worlds.Any(), (world, oracles) =>
    {
        var people = world.Times;
        foreach (var start in world.Grid.Where((_, n) => n % 7 == 0))
        {
            for (var p = 0; p < people.Length; p++)
                SlotFinder.Explain(start, world.Search, people[p]).ShouldBe(oracles[p].Obstacles(start), $"{start}\n{world}");
        }
    });

    [Theory]
    [InlineData(SlotRank.Earliest)]
    [InlineData(SlotRank.FewestOutOfHours)]
    [InlineData(SlotRank.LeastFragmentation)]
    public void Ranks_quorums_and_optional_people_are_as_their_words_say(SlotRank rank) => Check(Worlds.Any(), (world, oracles) =>
    {
        var times = world.Times;
        var found = SlotFinder.Best(world.Search, new Attendees(times[..world.Required], times[world.Required..], world.Quorum), rank);
        var expected = (
            from start in world.Grid
            where !(start < world.Search.Earliest)
            let free = oracles.Select(o => rank == SlotRank.FewestOutOfHours ? o.IsFree(start) : o.Suits(start)).ToArray()
            where free.Take(world.Required).All(f => f) && free.Count(f => f) >= world.Quorum
            let attending = oracles.Where((_, i) => free[i])
            let score = rank switch
            {
                SlotRank.Earliest => (int)(start - world.Search.First).TotalMinutes,
                SlotRank.FewestOutOfHours => attending.Count(o => !o.InHours(start)),
                _ => attending.Sum(o => o.MorePieces(start)),
            }
            orderby score, start
            select (Slot: new RankedSlot(start, score, free.Count(f => f)), Absent: string.Join(',', Enumerable.Range(0, free.Length).Where(i => !free[i]).Select(i => i + 1L)))).ToArray();
        Same(found.Select((slot, i) => (slot, string.Join(',', found.Unavailable(i)))), expected);
    });

    [Theory]
    [InlineData(WorkingHoursRule.Contained, 105)]
    [InlineData(WorkingHoursRule.Start, 119)]
    public void Two_unbooked_people_in_utc_have_as_many_slots_a_week_as_system_2_documents(WorkingHoursRule rule, int expected)
    {
        PersonTime[] people = [.. Enumerable.Range(1, 2).Select(p => new PersonTime(p, Schedule.EveryDay(DateTimeZone.Utc, NineToFive), BusyCalendar.Empty))];
        // At whatever half hour of the day the week begins.
        foreach (var half in Enumerable.Range(0, 48))
            SlotFinder.Find(new SlotSearch(Monday + Duration.FromMinutes(30 * half), Duration.FromMinutes(30), 7 * 48, Duration.FromHours(1), rule), people).Count.ShouldBe(expected, $"{half}");
    }

    [Fact]
    public void Hours_that_touch_within_five_minutes_are_one_stretch_from_bitmaps_too()
    {
        var schedule = new Schedule(DateTimeZone.Utc, Schedule.Week(new DailyHours(new LocalTime(9, 0), new LocalTime(10, 2))).Concat(Schedule.Week(new DailyHours(new LocalTime(10, 2), new LocalTime(12, 0)))));
        var search = new SlotSearch(Monday, Duration.FromMinutes(30), 12, Duration.FromHours(1));
        var person = new PersonTime(1, schedule, BusyCalendar.Empty);
        var plain = SlotFinder.Find(search, [person]).ToList();
        plain.Count.ShouldBe(5);
        person.DrawBitmaps(search.Window);
        SlotFinder.Find(search, [person]).ShouldBe(plain);
    }

    [Fact]
    public void It_allocates_nothing_but_its_answer()
    {
        var schedule = Schedule.EveryDay(DateTimeZoneProviders.Tzdb["Europe/Berlin"], NineToFive);
        // Over the change of clocks on 31 March.
        var search = new SlotSearch(Monday, Duration.FromMinutes(15), 84 * 96, Duration.FromHours(1)) { BufferAfter = Duration.FromMinutes(10) };
        PersonTime[] people = [.. Enumerable.Range(1, 300).Select(p => new PersonTime(p, schedule, BusyCalendar.Of(Enumerable.Range(0, 100).Select(n => new TimeRange(Monday + Duration.FromHours(n * 20), Monday + Duration.FromHours((n * 20) + 1))))))];
        Allocated().ShouldBeLessThan(128, "intervals");
        foreach (var person in people)
            person.DrawBitmaps(search.Window);
        Allocated().ShouldBeLessThan(128, "bitmaps");

        long Allocated()
        {
            var least = long.MaxValue;
            // The first searches fill the pools.
            for (var i = 0; i < 50; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var found = SlotFinder.Find(search, people);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before - (4 * found.Count));
                found.Count.ShouldBeGreaterThan(0);
            }

            return least;
        }
    }

    [Fact]
    public void Nobody_to_ask_leaves_every_start_and_nothing_to_try_none()
    {
        SlotFinder.Find(new SlotSearch(Monday, Duration.FromMinutes(30), 4, Duration.FromHours(1)), []).Count.ShouldBe(4);
        SlotFinder.Find(new SlotSearch(Monday, Duration.FromMinutes(30), 0, Duration.FromHours(1)), []).ShouldBeEmpty();
        SlotFinder.Best(new SlotSearch(Monday, Duration.FromMinutes(30), 4, Duration.FromHours(1)), new Attendees([], []), SlotRank.LeastFragmentation).Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_not_on_whole_minutes_or_out_of_reach_is_refused_by_name()
    {
        var search = new SlotSearch(Monday, Duration.FromMinutes(30), 4, Duration.FromHours(1));
        Should.Throw<ArgumentOutOfRangeException>(() => search with { Step = Duration.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => search with { Count = -1 });
        Should.Throw<ArgumentException>(() => search with { Length = Duration.FromSeconds(90) }).Message.ShouldContain("Length");
        Should.Throw<ArgumentException>(() => search with { BufferAfter = Duration.FromMilliseconds(1) }).Message.ShouldContain("BufferAfter");
        Should.Throw<ArgumentException>(() => new SlotSearch(Monday + Duration.Epsilon, Duration.FromMinutes(30), 4, Duration.FromHours(1)));
        Should.Throw<ArgumentOutOfRangeException>(() => SlotFinder.Find(search with { First = Instant.FromUtc(9000, 1, 1, 0, 0) }, []));
        Should.Throw<ArgumentOutOfRangeException>(() => SlotFinder.Find(search with { Count = int.MaxValue }, []));
        var ana = new PersonTime(1, Schedule.EveryDay(DateTimeZone.Utc, NineToFive), BusyCalendar.Empty);
        Should.Throw<ArgumentException>(() => SlotFinder.Best(search, new Attendees([ana], [ana]), SlotRank.Earliest));
        Should.Throw<ArgumentOutOfRangeException>(() => SlotFinder.Best(search, new Attendees([ana], [], 2), SlotRank.Earliest));
        Should.Throw<ArgumentException>(() => SlotFinder.Explain(Monday + Duration.FromSeconds(1), search, ana));
    }

    private static void Check(Arbitrary<World> worlds, Action<World, Oracle[]> judge) => Prop.ForAll(worlds, world =>
    {
        judge(world, [.. world.People.Select(p => new Oracle(p, world.Search))]);
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Worlds.Runs));

    private static void Same<T>(IEnumerable<T> found, IEnumerable<T> expected)
    {
        var (a, b) = (found.ToList(), expected.ToList());
        if (!a.SequenceEqual(b))
            throw new InvalidOperationException($"Too many: {string.Join(' ', a.Except(b).Take(3))}. Too few: {string.Join(' ', b.Except(a).Take(3))}. {a.Count} for {b.Count}.");
    }
}
