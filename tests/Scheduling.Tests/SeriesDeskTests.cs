using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

/// A series is seated as if each of its occurrences were booked by itself, at the same moment.
public sealed class SeriesDeskTests
{
    private static readonly Instant Origin = Instant.FromUtc(2030, 1, 1, 0, 0);

    [Fact]
    public void Each_occurrence_is_seated_as_the_booking_desk_would() => Prop.ForAll(Worlds(), world =>
    {
        foreach (var policy in Enum.GetValues<ConflictPolicy>())
        {
            var alone = world.Times.Select(t => BookingDesk.Seat(t, world.People, world.Busy, policy)).ToArray();
            var series = SeriesDesk.Seat(world.Times, world.People, world.Busy, policy, SeriesConflict.Dates);

            if (alone.Any(a => a.Refusal is not null))
            {
                series.Refusal.ShouldBeOfType<Refusal.PeopleBusy>().Clashes.Keys.Order().ShouldBe(
                    alone.Where(a => a.Refusal is not null).SelectMany(a => ((Refusal.PeopleBusy)a.Refusal!).Clashes.Keys).Distinct().Order());
                continue;
            }

            var seating = series.Answer!;
            seating.Seated.Select(s => string.Join(',', s)).ShouldBe(alone.Select(a => string.Join(',', a.Answer!.Seated)));
            seating.Clashes.Keys.Order().ShouldBe(alone.SelectMany(a => a.Answer!.Clashes.Keys).Distinct().Order());
            foreach (var (person, clashes) in seating.Clashes)
                clashes.ShouldBe(alone.SelectMany(a => a.Answer!.Clashes.GetValueOrDefault(person) ?? []).Distinct().OrderBy(b => b.Range.Start).ThenBy(b => b.EntryId));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Skipping_persons_takes_them_out_of_all_or_none() => Prop.ForAll(Worlds(), world =>
    {
        var dates = SeriesDesk.Seat(world.Times, world.People, world.Busy, ConflictPolicy.Skip, SeriesConflict.Dates).Answer!;
        var persons = SeriesDesk.Seat(world.Times, world.People, world.Busy, ConflictPolicy.Skip, SeriesConflict.Person).Answer!;
        persons.SkippedAt.ShouldBeEmpty();
        persons.Skipped.Order().ShouldBe(dates.Skipped.Concat(dates.SkippedAt.Keys).Order());
        persons.Seated.ShouldAllBe(s => !s.Intersect(persons.Skipped).Any());
        foreach (var (person, places) in dates.SkippedAt)
            Enumerable.Range(0, world.Times.Count).Where(i => !dates.Seated[i].Contains(person)).ShouldBe(places);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_own_time_is_no_reason()
    {
        var time = new TimeRange(Origin, Origin + Duration.FromHours(1));
        BusyTime[] busy = [new(1, 7, time)];
        SeriesDesk.Seat([time], [1], busy, ConflictPolicy.Reject, SeriesConflict.Dates).Refusal.ShouldNotBeNull();
        SeriesDesk.Seat([time], [1], busy, ConflictPolicy.Reject, SeriesConflict.Dates, new HashSet<long> { 7 }).Refusal.ShouldBeNull();
        SeriesDesk.Seat([time], [1], busy, ConflictPolicy.Reject, SeriesConflict.Dates, held: [time]).Refusal.ShouldBeNull();
        SeriesDesk.Seat([time], [1], busy, ConflictPolicy.Reject, SeriesConflict.Dates, held: [null]).Refusal.ShouldNotBeNull();
        Should.Throw<ArgumentException>(() => SeriesDesk.Seat([time], [1], busy, ConflictPolicy.Reject, SeriesConflict.Dates, held: []));
    }

    [Fact]
    public void Occurrences_stand_in_order()
    {
        var (first, second) = (new TimeRange(Origin, Origin + Duration.FromHours(1)), new TimeRange(Origin + Duration.FromHours(2), Origin + Duration.FromHours(3)));
        Should.Throw<ArgumentException>(() => SeriesDesk.Seat([second, first], [], [], ConflictPolicy.Skip, SeriesConflict.Dates));
        SeriesDesk.Seat([], [1], [], ConflictPolicy.Skip, SeriesConflict.Dates).Answer!.Seated.ShouldBeEmpty();
    }

    private sealed record World(IReadOnlyList<TimeRange> Times, IReadOnlyList<long> People, IReadOnlyList<BusyTime> Busy);

    private static Arbitrary<World> Worlds() =>
        (from starts in Gen.Choose(0, 200).ListOf(6)
         from lengths in Gen.Choose(0, 12).ListOf(6)
         from people in Gen.Choose(1, 4).Select(p => (long)p).ListOf()
         from busy in Busy().ListOf()
         // A set: nothing is in the store twice.
         select new World([.. starts.Order().Zip(lengths, Range)], [.. people], [.. busy.Distinct()])).ToArbitrary();

    private static Gen<BusyTime> Busy() =>
        from person in Gen.Choose(1, 5)
        from entry in Gen.Choose(1, 8)
        from start in Gen.Choose(0, 200)
        from length in Gen.Choose(1, 20)
        select new BusyTime(person, entry, Range(start, length));

    private static TimeRange Range(int start, int length) => new(Origin + Duration.FromHours(start), Origin + Duration.FromHours(start + length));
}
