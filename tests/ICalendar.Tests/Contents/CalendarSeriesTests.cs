using System.Collections.Immutable;
using Convene.ICalendar.Tests.Reading;
using Convene.Scheduling.Recurrence;
using NodaTime;

namespace Convene.ICalendar.Tests.Contents;

public sealed class CalendarSeriesTests
{
    private const string Weekly = "BEGIN:VEVENT\nUID:s\nDTSTART;TZID=Europe/Berlin:20250602T090000\nDTEND;TZID=Europe/Berlin:20250602T100000\nRRULE:FREQ=WEEKLY;COUNT=4\n";

    [Fact]
    public void What_is_written_as_a_series_is_the_same_series_when_it_is_read()
    {
        var meeting = Examples.Review with
        {
            Rule = RecurrenceRule.Parse("FREQ=WEEKLY;COUNT=30"),
            AddedTimes = [Instant.FromUtc(2025, 6, 4, 10, 0)],
            ExceptionTimes = [Instant.FromUtc(2025, 6, 9, 7, 0), Instant.FromUtc(2025, 11, 3, 8, 0)],
        };
        var moved = Examples.Review with { RecurrenceId = Instant.FromUtc(2025, 6, 16, 7, 0), Start = Instant.FromUtc(2025, 6, 17, 12, 0), End = Instant.FromUtc(2025, 6, 17, 14, 0), Sequence = 1 };
        var dropped = Examples.Review with { RecurrenceId = Instant.FromUtc(2025, 6, 23, 7, 0), Status = EventStatus.Cancelled };

        var series = Read(CalendarText.Write(ItipMethod.Publish, [meeting, moved, dropped]), out var problems).ShouldHaveSingleItem();
        problems.ShouldBeEmpty();
        series.Changed.Length.ShouldBe(2);
        var times = series.Series.Expand().Take(100).Occurrences;
        times.Count.ShouldBe(30 + 1 - 2 - 1);
        times.Take(4).Select(o => o.Start).ShouldBe(
            [Instant.FromUtc(2025, 6, 2, 7, 0), Instant.FromUtc(2025, 6, 4, 10, 0), Instant.FromUtc(2025, 6, 17, 12, 0), Instant.FromUtc(2025, 6, 30, 7, 0)]);
        times.Select(o => series.Series.EndOf(o) - o.Start).Distinct().ShouldBe([Duration.FromHours(1), Duration.FromHours(2)], ignoreOrder: true);
        times[^1].Start.ShouldBe(Instant.FromUtc(2025, 12, 22, 8, 0)); // 09:00 in Berlin's winter
    }

    [Fact]
    public void A_period_has_its_own_length_and_a_date_drops_the_whole_day()
    {
        var series = Read(CalendarReaderTests.Calendar(Weekly
            + "RDATE;VALUE=PERIOD:20250603T070000Z/PT3H\nEXDATE;VALUE=DATE:20250609\nEND:VEVENT\n"), out _)[0];
        Found(series).ShouldBe(["02T07:00 1", "03T07:00 3", "16T07:00 1", "23T07:00 1"]);
    }

    [Fact]
    public void Dates_are_days_wherever_one_is()
    {
        var series = Read(CalendarReaderTests.Calendar(
            "BEGIN:VEVENT\nUID:s\nDTSTART;VALUE=DATE:20250602\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20250603\nEND:VEVENT\n"), out _)[0];
        Found(series).ShouldBe(["02T00:00 24", "04T00:00 24"]);
        series.Series.In(Examples.Berlin).Expand().First()!.Value.Start.ShouldBe(Instant.FromUtc(2025, 6, 1, 22, 0));
    }

    [Fact]
    public void An_occurrence_without_its_series_stands_for_itself()
    {
        var series = Read(CalendarReaderTests.Calendar(
            "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20250602T070000Z\nDTSTART:20250603T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT\n"), out _).ShouldHaveSingleItem();
        Found(series).ShouldBe(["03T08:00 1"]);
    }

    [Fact]
    public void Of_two_versions_the_newest_counts()
    {
        var text = CalendarReaderTests.Calendar(
            Weekly + "SEQUENCE:2\nSUMMARY:new\nEND:VEVENT\n" + Weekly + "SEQUENCE:1\nSUMMARY:old\nEND:VEVENT\n" + Weekly + "SEQUENCE:2\nSUMMARY:last\nEND:VEVENT\n");
        Read(text, out var problems).ShouldHaveSingleItem().Item.Summary.ShouldBe("last");
        problems.Length.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_followed_is_told()
    {
        var series = Read(CalendarReaderTests.Calendar(
            Weekly + "RRULE:FREQ=SOMETIMES\nEXRULE:nonsense\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE:20250609T070000Z\nDTSTART:20250609T080000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:none\nEND:VEVENT\n"),
            out var problems).ShouldHaveSingleItem();
        Found(series).ShouldBe(["02T07:00 1", "09T08:00 1", "16T07:00 1", "23T07:00 1"]);
        problems.Select(p => p.Property).ShouldBe(["RECURRENCE-ID", "RRULE", "EXRULE"]);
    }

    [Fact]
    public void A_series_has_a_bounded_number_of_rules()
    {
        var series = Read(CalendarReaderTests.Calendar(Weekly + string.Concat(Enumerable.Repeat("RRULE:FREQ=DAILY;COUNT=2\n", 100)) + "END:VEVENT\n"), out var problems)[0];
        series.Series.Rules.Count.ShouldBe(50);
        problems.ShouldHaveSingleItem().Property.ShouldBe("RRULE");
    }

    [Fact]
    public void A_meeting_that_ends_before_it_starts_takes_no_time() =>
        Found(Read(CalendarReaderTests.Calendar("BEGIN:VEVENT\nDTSTART:20250602T070000Z\nDTEND:20250602T060000Z\nEND:VEVENT\n"), out _)[0]).ShouldBe(["02T07:00 0"]);

    private static ImmutableArray<CalendarSeries> Read(string text, out ImmutableArray<ContentProblem> problems) =>
        CalendarSeries.Of(CalendarContentsTests.Read(text), ItemKind.Event, out problems);

    private static IEnumerable<string> Found(CalendarSeries series) =>
        series.Series.Expand().Take(10).Occurrences.Select(o => $"{o.Start.InUtc():dd'T'HH':'mm} {(series.Series.EndOf(o) - o.Start).TotalHours:0}");
}
