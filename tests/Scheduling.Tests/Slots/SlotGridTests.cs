using Convene.Scheduling.Availability;
using Convene.Scheduling.Booking;
using NodaTime;

namespace Convene.Scheduling.Tests.Slots;

public sealed class SlotGridTests
{
    private static readonly Instant Noon = Instant.FromUtc(2030, 3, 4, 12, 0);

    [Theory]
    [InlineData(0, 30, "12:00", 336)]
    [InlineData(1, 30, "12:30", 336)]
    [InlineData(1_799, 30, "12:30", 336)]
    [InlineData(1_800, 15, "12:30", 672)]
    [InlineData(61, 7, "12:02", 1440)] // a step that does not divide an hour
    public void It_begins_at_the_next_point_through_the_full_hours_and_lasts_a_week(int seconds, int step, string first, int count)
    {
        SlotGrid.Over(Noon + Duration.FromSeconds(seconds), null, Duration.FromMinutes(step)).Is(out var grid, out _).ShouldBeTrue();
        grid.First.ToString()[11..16].ShouldBe(first);
        grid.Count.ShouldBe(count);
    }

    [Fact]
    public void No_start_lies_at_or_after_the_end()
    {
        Count(Noon, Noon + Duration.FromMinutes(60)).ShouldBe(2);
        Count(Noon, Noon + Duration.FromMinutes(61)).ShouldBe(3);
        Count(Noon + Duration.FromMinutes(1), Noon + Duration.FromMinutes(30)).ShouldBe(0);
        Count(Noon, Noon - Duration.FromDays(1)).ShouldBe(0);
    }

    [Fact]
    public void What_costs_too_much_or_lies_too_far_is_refused()
    {
        Refused(Noon, Noon + Duration.FromDays(92), 1).ShouldBe(new Refusal.TooManyStarts(92 * 1440));
        Refused(Noon, Noon + Duration.FromDays(92) + Duration.Epsilon, 60).ShouldBe(new Refusal.WindowTooLong());
        Refused(Instant.FromUtc(3800, 1, 1, 0, 0), null, 60).ShouldBe(new Refusal.WindowOutOfReach());
        Refused(Noon, Noon + Duration.FromDays(92), 60).ShouldBeNull();
        Refused(Noon + Duration.FromSeconds(1), null, 24 * 60).ShouldBeNull();
    }

    private static int Count(Instant from, Instant until) => SlotGrid.Over(from, until, Duration.FromMinutes(30)).Answer.Count;

    private static Refusal? Refused(Instant from, Instant? until, int step) => SlotGrid.Over(from, until, Duration.FromMinutes(step)).Refusal;
}
