using Convene.Scheduling.Time;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Convene.Scheduling.Tests;

/// The algebra of sets of ranges, against sets of minutes.
public sealed class TimeRangesTests
{
    private const int Day = 200;

    private static readonly Arbitrary<TimeRange[]> Many = (
        from start in Gen.Choose(0, Day)
        from length in Gen.Choose(0, 40)
        select TimeRangeTests.Minutes(start, start + length)).ArrayOf().ToArbitrary();

    [Fact]
    public void A_union_has_every_minute_of_its_ranges_and_no_other_in_normal_form() => Prop.ForAll(Many, ranges =>
    {
        var set = TimeRanges.Of(ranges);
        return Minutes(set).SetEquals(ranges.SelectMany(Minutes)) && IsNormal(set);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Intersecting_and_subtracting_are_what_they_are_for_sets() => Prop.ForAll(Many, Many, (a, b) =>
    {
        var (x, y) = (TimeRanges.Of(a), TimeRanges.Of(b));
        var (both, less) = (x.Intersect(y), x.Minus(y));
        return Minutes(both).SetEquals(Minutes(x).Intersect(Minutes(y))) && Minutes(less).SetEquals(Minutes(x).Except(Minutes(y))) && IsNormal(both) && IsNormal(less);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_set_covers_what_is_wholly_in_it_and_overlaps_what_is_partly_in_it() => Prop.ForAll(Many, Many, (a, probes) =>
    {
        var set = TimeRanges.Of(a);
        var minutes = Minutes(set);
        return probes.All(p => set.Covers(p) == Minutes(p).All(minutes.Contains) && set.Overlaps(p) == Minutes(p).Any(minutes.Contains));
    }).QuickCheckThrowOnFailure();

    private static bool IsNormal(TimeRanges set) =>
        set.Ranges.All(r => !r.IsEmpty) && set.Ranges.Zip(set.Ranges.Skip(1)).All(p => p.First.End < p.Second.Start);

    private static HashSet<long> Minutes(TimeRanges set) => [.. set.Ranges.SelectMany(Minutes)];

    private static IEnumerable<long> Minutes(TimeRange range)
    {
        for (var at = range.Start; at < range.End; at += Duration.FromMinutes(1))
            yield return at.ToUnixTimeSeconds() / 60;
    }
}
