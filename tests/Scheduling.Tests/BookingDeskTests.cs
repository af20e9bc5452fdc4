using Convene.Scheduling.Booking;
using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

public sealed class BookingDeskTests
{
    private static readonly TimeRange Ten = TimeRangeTests.Minutes(600, 660);

    // Small worlds, so that people clash often: five people, ten entries, two hours.
    private static readonly Arbitrary<(long[] People, BusyTime[] Busy, ConflictPolicy Policy, long? Except)> Worlds = (
        from people in Gen.Choose(1, 5).Select(p => (long)p).ListOf()
        from busy in (
            from person in Gen.Choose(1, 5)
            from entry in Gen.Choose(1, 10)
            from start in Gen.Choose(540, 720)
            from length in Gen.Choose(0, 90)
            select new BusyTime(person, entry, TimeRangeTests.Minutes(start, start + length))).ListOf()
        from policy in Gen.Elements(ConflictPolicy.Skip, ConflictPolicy.Reject, ConflictPolicy.Allow)
        from except in Gen.Choose(0, 10).Select(e => e == 0 ? (long?)null : e)
        select (people.ToArray(), busy.ToArray(), policy, except)).ToArbitrary();

    [Fact]
    public void Nobody_seated_is_busy_unless_the_policy_allows_it() => Prop.ForAll(Worlds, world =>
    {
        var (people, busy, policy, except) = world;
        var clashing = people.Where(p => busy.Any(b => b.PersonId == p && b.EntryId != except && b.Range.Overlaps(Ten))).ToHashSet();
        var answered = BookingDesk.Seat(Ten, people, busy, policy, except).Is(out var seating, out var refusal);
        return policy switch
        {
            ConflictPolicy.Reject when clashing.Count > 0 => !answered && refusal is Refusal.PeopleBusy no && no.Clashes.Keys.ToHashSet().SetEquals(clashing),
            ConflictPolicy.Skip => answered && seating!.Skipped.ToHashSet().SetEquals(clashing) && seating.Seated.ToHashSet().SetEquals(people.Except(clashing)),
            _ => answered && seating!.Skipped.Count == 0 && seating.Seated.SequenceEqual(people.Distinct()) && seating.Clashes.Keys.ToHashSet().SetEquals(clashing),
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clashes_are_told_by_start()
    {
        BusyTime[] busy = [new(1, 8, TimeRangeTests.Minutes(650, 700)), new(1, 7, TimeRangeTests.Minutes(590, 610))];
        BookingDesk.Seat(Ten, [1], busy, ConflictPolicy.Allow).Answer!.Clashes[1].Select(c => c.EntryId).ShouldBe([7, 8]);
    }

    [Fact]
    public void A_moved_meeting_never_clashes_with_itself() =>
        BookingDesk.Seat(Ten, [1], [new BusyTime(1, 7, Ten)], ConflictPolicy.Reject, except: 7).Refusal.ShouldBeNull();

    [Fact]
    public void Moving_throws_nobody_out_unasked_and_lets_busy_newcomers_wait()
    {
        BusyTime[] busy = [new(1, 8, TimeRangeTests.Minutes(630, 700)), new(2, 9, TimeRangeTests.Minutes(600, 610))];
        var (now, earlier) = (Ten, TimeRangeTests.Minutes(540, 600));
        BookingDesk.Reseat(now, earlier, [1], [2], busy, null, 7).Refusal.ShouldBeOfType<Refusal.PeopleBusy>().Clashes.Keys.ShouldBe([1]);
        BookingDesk.Reseat(now, earlier, [3], [2], busy, null, 7).Answer!.Skipped.ShouldBe([2]);
        BookingDesk.Reseat(now, earlier, [1], [2], busy, ConflictPolicy.Skip, 7).Answer!.Skipped.ShouldBe([1, 2]);
        BookingDesk.Reseat(now, earlier, [1], [2], busy, ConflictPolicy.Allow, 7).Answer!.Seated.ShouldBe([1, 2]);
        BookingDesk.Reseat(now, earlier, [3], [2], busy, ConflictPolicy.Reject, 7).Refusal.ShouldNotBeNull();
        // What overlapped it where it was, was allowed then; after a cancellation nothing was.
        BookingDesk.Reseat(now, TimeRangeTests.Minutes(620, 640), [1], [], busy, null, 7).Answer!.Seated.ShouldBe([1]);
        BookingDesk.Reseat(now, null, [1], [], busy, null, 7).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void Mistakes_of_the_caller_are_exceptions()
    {
        Should.Throw<ArgumentNullException>(() => BookingDesk.Seat(Ten, null!, [], ConflictPolicy.Skip));
        Should.Throw<ArgumentNullException>(() => BookingDesk.Seat(Ten, [], null!, ConflictPolicy.Skip));
    }

    [Fact]
    public void Times_of_a_meeting_are_checked()
    {
        var (now, hour) = (Ten.Start, Duration.FromHours(1));
        MeetingRules.CheckTimes(now, now + hour, now, refusePast: true).Answer.ShouldBe(new TimeRange(now, now + hour));
        MeetingRules.CheckTimes(now, now, now, false).Refusal.ShouldBeOfType<Refusal.EndsBeforeItStarts>();
        MeetingRules.CheckTimes(now, now + MeetingRules.LongestMeeting, now, false).Refusal.ShouldBeNull();
        MeetingRules.CheckTimes(now, now + MeetingRules.LongestMeeting + Duration.Epsilon, now, false).Refusal.ShouldBeOfType<Refusal.LastsTooLong>();
        MeetingRules.CheckTimes(now - hour, now + hour, now, false).Refusal.ShouldBeNull();
        MeetingRules.CheckTimes(now - hour, now + hour, now, true).Refusal.ShouldBeOfType<Refusal.StartsInThePast>();
    }

    [Fact]
    public void Only_a_scheduled_meeting_that_is_not_declined_holds_time() =>
        (from status in Enum.GetValues<MeetingStatus>()
         from answer in Enum.GetValues<Answer>()
         where MeetingRules.HoldsTime(status, answer)
         select (status, answer)).ShouldBe([(MeetingStatus.Scheduled, Answer.Pending), (MeetingStatus.Scheduled, Answer.Accepted), (MeetingStatus.Scheduled, Answer.Tentative)]);

    [Fact]
    public void A_reminder_is_due_before_the_start_or_not_at_all()
    {
        var (start, half) = (Ten.Start, Duration.FromMinutes(30));
        MeetingRules.RemindAt(start, half, start - Duration.FromHours(1), MeetingStatus.Scheduled).ShouldBe(start - half);
        MeetingRules.RemindAt(start, Duration.Zero, start - half, MeetingStatus.Scheduled).ShouldBe(start);
        MeetingRules.RemindAt(start, half, start - half, MeetingStatus.Scheduled).ShouldBeNull("its time has come: the invitation just went out");
        MeetingRules.RemindAt(start, null, start - half, MeetingStatus.Scheduled).ShouldBeNull();
        MeetingRules.RemindAt(start, half, start - Duration.FromHours(1), MeetingStatus.Cancelled).ShouldBeNull();
    }
}
