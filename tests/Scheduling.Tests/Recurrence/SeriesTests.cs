using Convene.Scheduling.Recurrence;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.Scheduling.Tests.Recurrence;

public sealed class SeriesTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly DateTimeZone Apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];

    // A Monday.
    private static readonly LocalDateTime Start = new(2030, 3, 4, 9, 0, 0);

    [Fact]
    public void Rules_and_single_times_come_in_order_and_once_less_what_is_taken_out()
    {
        var series = new Series(Start, NewYork)
        {
            Rules = [RecurrenceRule.Parse("FREQ=DAILY;COUNT=10"), RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=3")],
            ExceptionRules = [RecurrenceRule.Parse("FREQ=DAILY;INTERVAL=3")],
            Added = [At(2), new GivenTime(Start.PlusDays(1).PlusHours(2), null)],
            Dropped = [At(4), new GivenTime(Start.PlusDays(5).PlusHours(5), Offset.Zero)],
            DroppedDates = [Start.Date.PlusDays(7)],
        };
        Shown(series).ShouldBe(["05 09", "05 11", "06 09", "12 09", "18 09"]);
    }

    [Fact]
    public void One_occurrence_is_moved_another_called_off_and_the_rest_stays()
    {
        var series = new Series(Start, NewYork)
        {
            Length = OccurrenceLength.Of(Duration.FromHours(1)),
            Rules = [RecurrenceRule.Parse("FREQ=DAILY;COUNT=4")],
            Changes =
            [
                new ChangedOccurrence(At(1), new GivenTime(Start.PlusDays(2).PlusHours(3), null), OccurrenceLength.Of(Duration.FromHours(5))),
                new ChangedOccurrence(new GivenTime(Start.PlusDays(3).PlusHours(5), Offset.Zero), null), // the 7th before clocks change, in UTC: 14:00
            ],
        };
        var all = series.Expand().Take(10).Occurrences;
        all.Select(o => $"{o.Wall.Day:00} {o.Wall.Hour:00} {o.Change}").ShouldBe(["04 09 ", "06 09 ", "06 12 0"]);
        (series.EndOf(all[0]) - all[0].Start).ShouldBe(Duration.FromHours(1));
        (series.EndOf(all[2]) - all[2].Start).ShouldBe(Duration.FromHours(5));

        // A window that only the moved one is in, and one that it is moved out of.
        series.Expand(all[2].Start, all[2].Start + Duration.FromMinutes(1)).Take(10).Occurrences.Count.ShouldBe(1);
        series.Expand(all[0].Start + Duration.FromHours(1), all[1].Start).Take(10).Occurrences.ShouldBeEmpty();
    }

    [Fact]
    public void What_overlaps_a_window_may_have_begun_before_it()
    {
        var series = new Series(Start, NewYork) { Length = OccurrenceLength.Of(Duration.FromHours(30)), Rules = [RecurrenceRule.Parse("FREQ=DAILY")] };
        var noon = Instant.FromUtc(2030, 3, 8, 17, 0);
        series.Overlapping(new TimeRange(noon, noon + Duration.FromMinutes(1))).Take(10).Occurrences.Select(o => o.Wall.Day).ShouldBe([7, 8]);
        // Back to back is not over it.
        var nine = Instant.FromUtc(2030, 3, 8, 20, 0);
        series.Overlapping(new TimeRange(nine, nine + Duration.FromHours(1))).Take(10).Occurrences.Select(o => o.Wall.Day).ShouldBe([8]);
        new Series(Start, NewYork) { Rules = [RecurrenceRule.Parse("FREQ=DAILY")] }.Overlapping(new TimeRange(noon, noon + Duration.FromDays(1))).Take(10).Occurrences.Select(o => o.Wall.Day).ShouldBe([9]);
    }

    [Fact]
    public void Days_by_the_clock_are_23_hours_when_clocks_go_forward()
    {
        var saturday = new LocalDateTime(2030, 3, 9, 12, 0);
        var series = new Series(saturday, NewYork) { Length = OccurrenceLength.OfDays(1), Rules = [RecurrenceRule.Parse("FREQ=DAILY;COUNT=2")] };
        series.Expand().Take(2).Occurrences.Select(o => (series.EndOf(o) - o.Start).TotalHours).ShouldBe([23, 24]);
    }

    [Fact]
    public void A_day_that_a_zone_skipped_is_an_occurrence_of_its_own_and_can_be_taken_out_alone()
    {
        var start = new LocalDateTime(2011, 12, 29, 12, 0);
        Series Daily(params GivenTime[] dropped) => new(start, Apia) { Rules = [RecurrenceRule.Parse("FREQ=DAILY;COUNT=4")], Dropped = dropped };
        Daily().Expand().Take(9).Occurrences.Select(o => (o.Wall.Day, o.Start.InZone(Apia).Day)).ShouldBe([(29, 29), (30, 31), (31, 31), (1, 1)]);
        Daily(new GivenTime(start.PlusDays(1), null)).Expand().Take(9).Occurrences.Select(o => o.Wall.Day).ShouldBe([29, 31, 1]);
    }

    [Fact]
    public void A_floating_series_means_other_instants_in_other_zones()
    {
        var floating = new Series(Start, null) { Rules = [RecurrenceRule.Parse("FREQ=DAILY;COUNT=1")] };
        floating.In(NewYork).Expand().First()!.Value.Start.ShouldBe(Instant.FromUtc(2030, 3, 4, 14, 0));
        floating.In(Apia).Expand().First()!.Value.Start.ShouldBe(Instant.FromUtc(2030, 3, 3, 20, 0));
        new Series(Start.Date.AtMidnight(), NewYork, isDates: true).Zone.ShouldBeNull("dates have none");
    }

    [Theory]
    [InlineData("FREQ=DAILY;UNTIL=20300306T140000Z", 3, 0)]
    [InlineData("FREQ=DAILY;UNTIL=20300306T135959Z", 2, 0)]
    [InlineData("FREQ=DAILY;UNTIL=20300306T090000", 3, 1)]
    [InlineData("FREQ=DAILY;UNTIL=20300306", 3, 1)]
    [InlineData("FREQ=DAILY;UNTIL=20300303T140000Z", 0, 1)]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=2", 2, 1)]
    public void Ends_are_included_and_odd_ones_are_remarked_on(string rule, int count, int remarks)
    {
        var series = new Series(Start, NewYork) { Rules = [RecurrenceRule.Parse(rule)] };
        series.Expand().Take(9).Occurrences.Count.ShouldBe(count);
        // A rule that ends before the start does not give it.
        series.Remarks().Count.ShouldBe(rule.Contains("0303", StringComparison.Ordinal) ? 0 : remarks);
    }

    [Fact]
    public void Rules_that_cannot_be_and_starts_that_are_no_times_are_refused()
    {
        Should.Throw<ArgumentException>(() => new Series(Start, null) { Rules = [new RecurrenceRule(Frequency.Weekly) { ByMonthDay = [1] }] }).Message.ShouldContain("BYMONTHDAY");
        Should.Throw<ArgumentException>(() => new Series(Start.PlusMilliseconds(1), null));
        Should.Throw<ArgumentException>(() => new Series(Start, null, isDates: true));
        Should.Throw<ArgumentOutOfRangeException>(() => new Series(Start.PlusYears(-2040), null));
        Should.Throw<ArgumentOutOfRangeException>(() => new RecurrenceRule(Frequency.Daily) { Interval = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new RecurrenceRule(Frequency.Daily) { ByMonthDay = [0] });
        Should.Throw<ArgumentOutOfRangeException>(() => new RecurrenceRule(Frequency.Daily) { ByDay = [default] });
    }

    [Fact]
    public void Dates_by_the_hour_come_once_each()
    {
        var series = new Series(Start.Date.AtMidnight(), null, isDates: true) { Rules = [RecurrenceRule.Parse("FREQ=HOURLY;INTERVAL=5;BYDAY=MO,TU;COUNT=4")] };
        Shown(series).ShouldBe(["04 00", "05 00", "11 00", "12 00"]);
        series.Expand(Instant.FromUtc(2030, 3, 6, 0, 0)).Take(9).Occurrences.Select(o => o.Wall.Day).ShouldBe([11, 12]);
        new Series(Start.Date.AtMidnight(), null, isDates: true) { Rules = [RecurrenceRule.Parse("FREQ=HOURLY;INTERVAL=5;UNTIL=20300305")] }.Expand().Take(9).Occurrences.Count.ShouldBe(2);
        series.Remarks().ShouldContain(r => r.Part == "FREQ");
    }

    [Fact]
    public void Every_zone_reads_wall_times_as_NodaTime_does_until_the_end_of_the_calendar()
    {
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            // Around every change up to 2040, and around some in the years where the zone's rules only repeat.
            var changes = zone.GetZoneIntervals(Instant.FromUtc(1850, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0)).Concat(zone.GetZoneIntervals(Instant.FromUtc(2599, 1, 1, 0, 0), Instant.FromUtc(2601, 12, 1, 0, 0)))
                .Concat(zone.GetZoneIntervals(Instant.FromUtc(9990, 1, 1, 0, 0), Instant.FromUtc(9991, 12, 1, 0, 0))).Where(i => i.HasStart).Select(i => i.IsoLocalStart);
            foreach (var change in changes)
            {
                var series = new Series(change.PlusMinutes(-301).With(TimeAdjusters.TruncateToSecond), zone) { Rules = [RecurrenceRule.Parse("FREQ=MINUTELY;INTERVAL=43;COUNT=14")] };
                foreach (var occurrence in series.Expand())
                    if (occurrence.Start != LocalTimes.ToInstant(occurrence.Wall, zone, LocalTimes.Rfc5545))
                        occurrence.Start.ShouldBe(LocalTimes.ToInstant(occurrence.Wall, zone, LocalTimes.Rfc5545), $"{zone.Id} {occurrence.Wall}");
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_an_occurrence()
    {
        var series = new Series(Start, NewYork) { Rules = [RecurrenceRule.Parse("FREQ=WEEKLY;BYDAY=MO,WE,FR")] };
        Walk(series, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Walk(series, 10_000);
        // Also the walk itself is a struct.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Walk(Series series, int count)
    {
        foreach (var _ in series.Expand())
            if (--count == 0)
                return;
    }

    private static GivenTime At(int days) => new(Start.PlusDays(days), null);

    private static List<string> Shown(Series series) => [.. series.Expand().Take(100).Occurrences.Select(o => $"{o.Wall.Day:00} {o.Wall.Hour:00}")];
}
