using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

public sealed class TimeRangeTests
{
    private static readonly Arbitrary<TimeRange> Ranges = ArbMap.Default.ArbFor<(int Start, ushort Length)>()
        .Generator.Select(p => Minutes(p.Start % 1000, (p.Start % 1000) + (p.Length % 100))).ToArbitrary();

    [Fact]
    public void Two_ranges_overlap_exactly_if_some_minute_is_in_both() => Prop.ForAll(Ranges, Ranges, (a, b) =>
        a.Overlaps(b) == AllMinutes().Any(m => a.Contains(m) && b.Contains(m))).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlapping_is_mutual_and_a_range_overlaps_itself_unless_it_is_empty() => Prop.ForAll(Ranges, Ranges, (a, b) =>
        a.Overlaps(b) == b.Overlaps(a) && a.Overlaps(a) != a.IsEmpty).QuickCheckThrowOnFailure();

    [Fact]
    public void Back_to_back_is_free()
    {
        Minutes(0, 60).Overlaps(Minutes(60, 120)).ShouldBeFalse();
        Minutes(0, 61).Overlaps(Minutes(60, 120)).ShouldBeTrue();
        Minutes(30, 30).Overlaps(Minutes(0, 60)).ShouldBeFalse("an empty range overlaps nothing");
    }

    [Fact]
    public void A_range_cannot_end_before_it_starts() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Minutes(1, 0)).ParamName.ShouldBe("end");

    [Fact]
    public void The_default_is_the_empty_range_at_the_epoch()
    {
        default(TimeRange).IsEmpty.ShouldBeTrue();
        default(TimeRange).Length.ShouldBe(Duration.Zero);
        default(TimeRange).ToString().ShouldBe("1970-01-01T00:00:00Z/1970-01-01T00:00:00Z");
    }

    internal static TimeRange Minutes(int from, int to) => new(Minute(from), Minute(to));

    private static Instant Minute(int minute) => NodaConstants.UnixEpoch + Duration.FromMinutes(minute);

    private static IEnumerable<Instant> AllMinutes() => Enumerable.Range(-1000, 2101).Select(Minute);
}
