using Convene.ICalendar.Tests.Peers;
using Convene.Scheduling.Time;
using NodaTime;

namespace Convene.ICalendar.Tests;

public sealed class FreeBusyTextTests
{
    private static readonly Instant Monday = Instant.FromUtc(2025, 6, 2, 0, 0);

    private static readonly TimeRanges Busy = TimeRanges.Of([Hours(-1, 1), Hours(9, 10), Hours(30, 31)]);

    [Fact]
    public void Busy_time_is_told_inside_the_window_and_read_again()
    {
        var contents = CalendarContents.Of(CalendarReader.Read(ContentLines.Write(Report(Busy))).Calendars[0]);
        contents.Problems.ShouldBeEmpty();
        var report = contents.FreeBusy.ShouldHaveSingleItem();
        (report.Uid, report.Organizer!.Email, report.Organizer.Name).ShouldBe(("busy-1", "ada@example.org", "Ada Lovelace"));
        report.Periods.Select(p => $"{p.Type} {p.Period.Start}/{p.Period.End}").ShouldBe(
            ["BUSY 20250602T000000Z/20250602T010000Z", "BUSY 20250602T090000Z/20250602T100000Z"]);
        (report.Start!.Value.ToString(), report.End!.Value.ToString()).ShouldBe(("20250602T000000Z", "20250603T000000Z"));
    }

    [Fact]
    public void Somebody_who_is_free_has_no_busy_time() =>
        Report(TimeRanges.Empty).Components[0].Properties.ShouldNotContain(p => p.Name == "FREEBUSY");

    [Fact]
    public void A_window_has_some_length() =>
        Should.Throw<ArgumentException>(() => FreeBusyText.Compose("x", Monday, Examples.Ada, Hours(1, 1), Busy));

    [LibicalFact]
    public void Libical_finds_no_fault_with_it()
    {
        using var calendar = new LibicalCalendar(ContentLines.Write(Report(Busy)));
        calendar.ErrorCount.ShouldBe(0, calendar.Rewritten);
        calendar.ObeysRestrictions.ShouldBeTrue(calendar.Rewritten);
    }

    private static CalendarComponent Report(TimeRanges busy) => FreeBusyText.Compose("busy-1", Monday, Examples.Ada, Hours(0, 24), busy);

    private static TimeRange Hours(int from, int to) => new(Monday + Duration.FromHours(from), Monday + Duration.FromHours(to));
}
