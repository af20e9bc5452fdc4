using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

/// Hours of a Monday; person 1 hosts everything that may move.
public sealed class ExtensionTests
{
    private static readonly Instant Midnight = Instant.FromUtc(2030, 3, 4, 0, 0);

    [Fact]
    public void Nothing_moves_that_is_not_in_the_way()
    {
        var later = Meeting(2, 12, 13, 1, 3);
        Plan(11.5, [later], []).ShouldBe([(1, 10, 11.5)]);
        Plan(12, [later], []).ShouldBe([(1, 10, 12)], "back to back");
    }

    [Fact]
    public void The_next_meeting_is_pushed_as_little_as_possible_and_pushes_the_one_behind_it()
    {
        Plan(11.5, [Meeting(2, 11, 12, 1, 3)], []).ShouldBe([(1, 10, 11.5), (2, 11.5, 12.5)]);
        Plan(11.5, [Meeting(2, 11, 12, 1, 3), Meeting(3, 12, 13, 1, 4), Meeting(4, 14, 15, 1)], []).ShouldBe([(1, 10, 11.5), (2, 11.5, 12.5), (3, 12.5, 13.5)]);
    }

    [Fact]
    public void A_meeting_that_cannot_begin_at_once_goes_behind_what_its_people_have()
    {
        Plan(11.5, [Meeting(2, 11, 12, 1, 3)], [Busy(3, 90, 12.25, 13)]).ShouldBe([(1, 10, 11.5), (2, 13, 14)]);
        // The one behind can't move, since its people have something else all day: so the first goes behind it.
        Plan(11.5, [Meeting(2, 11, 12, 1, 3), Meeting(3, 12, 13, 1, 4)], [Busy(4, 91, 13, 17)]).ShouldBe([(1, 10, 11.5), (2, 13, 14)]);
    }

    [Fact]
    public void What_cannot_be_moved_refuses_it_and_names_who()
    {
        Extension.Plan(Meeting(1, 10, 11, 1, 2), At(11.5), [], [Busy(2, 90, 11.25, 12)], [], At(17)).Is(out _, out var no).ShouldBeFalse();
        ((Refusal.PeopleBusy)no!).Clashes.Keys.ShouldBe([2L]);
        Extension.Plan(Meeting(1, 10, 11, 1), At(11.5), [Meeting(2, 11, 12, 1, 3)], [Busy(1, 2, 11, 12), Busy(3, 2, 11, 12), Busy(3, 90, 12, 16.5)], [], At(17)).Is(out _, out no).ShouldBeFalse();
        ((Refusal.PeopleBusy)no!).Clashes.Keys.ShouldContain(3L);
        Extension.Plan(Meeting(1, 10, 11, 1), At(11.5), [Meeting(2, 11, 12, 1)], [Busy(1, 2, 11, 12)], [], At(12.25)).Is(out _, out no).ShouldBeFalse("it would end after the working hours");
    }

    [Fact]
    public void What_is_pushed_stays_out_of_closed_time_and_what_is_extended_need_not()
    {
        Movable[] next = [Meeting(2, 11, 12, 1, 3)];
        BusyTime[] busy = [Busy(1, 2, 11, 12), Busy(3, 2, 11, 12)], closed = [Busy(1, 0, 11.25, 13)];
        Extension.Plan(Meeting(1, 10, 11, 1), At(11.5), next, busy, closed, At(17)).Is(out var plan, out _).ShouldBeTrue();
        plan!.Select(m => m.Range).ShouldBe([new TimeRange(At(10), At(11.5)), new TimeRange(At(13), At(14))]);
    }

    [Theory]
    [InlineData(100, 5), InlineData(20_000, 0.05)]
    public void A_day_that_is_full_to_its_end_is_refused_before_all_its_orders_are_tried(int count, double minutes)
    {
        var full = Enumerable.Range(0, count).Select(i => Meeting(2 + i, 11 + (i * minutes / 60), 11 + ((i + 1) * minutes / 60), 1)).ToArray();
        var busy = full.Select(m => new BusyTime(1, m.EntryId, m.Range)).ToArray();
        Extension.Plan(Meeting(1, 10, 11, 1), At(11.5), full, busy, [], full[^1].Range.End).Is(out _, out var no).ShouldBeFalse();
        ((Refusal.PeopleBusy)no!).Clashes.Keys.ShouldBe([1L]);
        Extension.Plan(Meeting(1, 10, 11, 1), At(11.5), full[..90], busy[..Math.Min(90, count)], [], At(23)).Is(out var plan, out _).ShouldBeTrue();
        plan!.Length.ShouldBe(91);
    }

    [Fact]
    public void Whatever_the_day_nobody_is_double_booked_afterwards_and_only_later_meetings_move_to_later() => Prop.ForAll(
        (from movable in (from start in Gen.Choose(44, 64) from length in Gen.Choose(1, 6) from guest in Gen.Choose(2, 4) select (start, length, guest)).ListOf()
         from busy in (from person in Gen.Choose(2, 4) from start in Gen.Choose(44, 64) from length in Gen.Choose(1, 6) select (person, start, length)).ListOf()
         from end in Gen.Choose(45, 56)
         select (movable, busy, end)).ToArbitrary(),
        world =>
        {
            // A day in quarters of an hour; what would be double-booked to begin with is left out.
            var movables = new List<Movable>();
            foreach (var (start, length, guest) in world.movable.OrderBy(m => m.start))
            {
                if (movables.Count == 0 || movables[^1].Range.End <= At(start / 4.0))
                    movables.Add(Meeting(movables.Count + 2, start / 4.0, (start + length) / 4.0, 1, guest));
            }

            var fix = world.busy.Select((b, i) => Busy(b.person, 100 + i, b.start / 4.0, (b.start + b.length) / 4.0))
                .Where(b => movables.TrueForAll(m => !m.People.Contains(b.PersonId) || !m.Range.Overlaps(b.Range))).ToList();
            var all = fix.Concat(movables.SelectMany(m => m.People.Select(p => new BusyTime(p, m.EntryId, m.Range)))).ToList();
            var outcome = Extension.Plan(Meeting(1, 10, 11, 1, 2), At(world.end / 4.0), movables, all, [], At(18));
            if (!outcome.Is(out var plan, out _))
                return true;
            var now = plan.ToDictionary(m => m.EntryId);
            var after = movables.Select(m => now.GetValueOrDefault(m.EntryId, m)).Append(now[1]).ToList();
            return movables.TrueForAll(m => now.GetValueOrDefault(m.EntryId, m) is var n && n.Range.Start >= m.Range.Start && n.Range.Length == m.Range.Length && n.Range.End <= Instant.Max(At(18), m.Range.End))
                && after.TrueForAll(a => after.TrueForAll(b => a == b || !a.People.Intersect(b.People).Any() || !a.Range.Overlaps(b.Range) || movables.Contains(a) && movables.Contains(b)))
                && plan.All(m => fix.TrueForAll(f => !m.People.Contains(f.PersonId) || !f.Range.Overlaps(m.EntryId == 1 ? new TimeRange(At(11), m.Range.End) : m.Range)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static (long, double, double)[] Plan(double end, Movable[] movable, BusyTime[] busy)
    {
        var all = busy.Concat(movable.SelectMany(m => m.People.Select(p => new BusyTime(p, m.EntryId, m.Range)))).ToArray();
        Extension.Plan(Meeting(1, 10, 11, 1, 2), At(end), movable, all, [], At(17)).Is(out var plan, out _).ShouldBeTrue();
        return [.. plan!.Select(m => (m.EntryId, (m.Range.Start - Midnight).TotalHours, (m.Range.End - Midnight).TotalHours))];
    }

    private static Movable Meeting(long id, double from, double to, params long[] people) => new(id, new TimeRange(At(from), At(to)), people);

    private static BusyTime Busy(long person, long entry, double from, double to) => new(person, entry, new TimeRange(At(from), At(to)));

    private static Instant At(double hour) => Midnight + Duration.FromHours(hour);
}
