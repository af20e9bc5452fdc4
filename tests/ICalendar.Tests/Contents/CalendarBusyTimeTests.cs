using Convene.ICalendar.Tests.Corpora;
using Convene.Scheduling.Recurrence;
using NodaTime;
using NodaTime.Text;

namespace Convene.ICalendar.Tests.Contents;

public sealed class CalendarBusyTimeTests
{
    private static readonly BusyQuestion March = new()
    {
        From = Instant.FromUtc(2030, 3, 1, 0, 0), Until = Instant.FromUtc(2030, 4, 1, 0, 0), Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"], Address = "ana@example.com",
    };

    [Theory]
    [InlineData("2030-03-05T10:00/2030-03-05T11:00", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z")]
    [InlineData("2030-03-05T09:00/2030-03-05T10:00", "DTSTART:20300305T100000", "DURATION:PT1H")] // floating: on the owner's clocks
    [InlineData("2030-03-04T23:00/2030-03-05T23:00", "DTSTART;VALUE=DATE:20300305")]
    [InlineData("2030-03-30T23:00/2030-03-31T22:00", "DTSTART;VALUE=DATE:20300331", "DTEND;VALUE=DATE:20300401")] // 23 hours
    [InlineData("2030-03-31T20:00/2030-04-01T00:00", "DTSTART:20300331T200000Z", "DTEND:20300402T200000Z")] // cut to what was asked
    [InlineData("2030-03-01T00:00/2030-03-01T02:00", "DTSTART:19000101T000000Z", "DTEND:20300301T020000Z")]
    [InlineData("2030-03-01T00:00/2030-04-01T00:00", "DTSTART:19000101T000000Z", "DTEND:99981230T000000Z")]
    [InlineData("2030-03-01T00:00/2030-04-01T00:00", "DTSTART:20300101T000000Z", "DURATION:P2W", "RRULE:FREQ=DAILY")] // overlapping: one range
    [InlineData("", "DTSTART:20300305T100000Z")] // no time at all
    [InlineData("", "DTSTART:20300305T100000Z", "DTEND:20300305T090000Z")]
    [InlineData("", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "TRANSP:TRANSPARENT")]
    [InlineData("", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "STATUS:CANCELLED")]
    [InlineData("", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:ANA@example.com")]
    [InlineData("2030-03-05T10:00/2030-03-05T11:00", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com")]
    [InlineData("2030-03-05T10:00/2030-03-05T11:00", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "STATUS:TENTATIVE")]
    [InlineData("", "DTSTART:20300401T000000Z", "DTEND:20300401T010000Z")] // back-to-back with what was asked
    [InlineData("", "DTSTART:20300228T230000Z", "DTEND:20300301T000000Z")]
    [InlineData("2030-03-07T10:00/2030-03-07T12:00", "DTSTART:20300306T100000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20300307T100000Z/PT2H", "EXDATE:20300306T100000Z")]
    public void An_event_takes_up_time(string expected, params string[] lines) => Busy(Calendar(Event("a", lines))).ShouldBe(expected);

    [Fact]
    public void Occurrences_are_busy_as_they_themselves_say() => Busy(Calendar(
        Event("a", "DTSTART:20300304T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
        Event("a", "RECURRENCE-ID:20300311T100000Z", "DTSTART:20300311T100000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"),
        Event("a", "RECURRENCE-ID:20300318T100000Z", "DTSTART:20300318T100000Z", "DURATION:PT1H", "STATUS:CANCELLED"),
        Event("a", "RECURRENCE-ID:20300325T100000Z", "DTSTART:20300326T120000Z", "DURATION:PT2H")))
        .ShouldBe("2030-03-04T10:00/2030-03-04T11:00 2030-03-26T12:00/2030-03-26T14:00");

    [Fact]
    public void One_busy_date_of_a_series_that_is_free_is_busy() => Busy(Calendar(
        Event("a", "DTSTART:20300304T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "TRANSP:TRANSPARENT"),
        Event("a", "RECURRENCE-ID:20300311T100000Z", "DTSTART:20300311T100000Z", "DURATION:PT1H", "TRANSP:OPAQUE")))
        .ShouldBe("2030-03-11T10:00/2030-03-11T11:00");

    [Fact]
    public void A_changed_occurrence_whose_series_is_elsewhere_counts_alone() => Busy(Calendar(
        Event("a", "RECURRENCE-ID:20300325T100000Z", "DTSTART:20300326T120000Z", "DURATION:PT2H"))).ShouldBe("2030-03-26T12:00/2030-03-26T14:00");

    [Fact]
    public void The_calendars_own_zone_goes_before_the_readers() => Busy(Calendar(
        "X-WR-TIMEZONE:Asia/Tokyo", Event("a", "DTSTART;VALUE=DATE:20300305"), Event("b", "DTSTART:20300307T100000", "DURATION:PT1H")))
        .ShouldBe("2030-03-04T15:00/2030-03-05T15:00 2030-03-07T01:00/2030-03-07T02:00");

    [Fact]
    public void Published_busy_time_counts_unless_it_is_free() => Busy(Calendar(
        "BEGIN:VFREEBUSY", "UID:f", "FREEBUSY:20300305T100000Z/PT1H,20300305T103000Z/20300305T113000Z", "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20300306T100000Z/P1D",
        "FREEBUSY;FBTYPE=FREE:20300308T100000Z/PT1H", "END:VFREEBUSY"))
        .ShouldBe("2030-03-05T10:00/2030-03-05T11:30 2030-03-06T10:00/2030-03-07T10:00");

    [Fact]
    public void What_is_not_to_count_does_not() => Busy(
        Calendar(Event("mine", "DTSTART:20300305T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"), Event("mine", "RECURRENCE-ID:20300306T100000Z", "DTSTART:20300306T120000Z", "DURATION:PT1H"), Event("b", "DTSTART:20300307T120000Z", "DURATION:PT1H")),
        March with { Without = new HashSet<string>(StringComparer.Ordinal) { "mine" } }).ShouldBe("2030-03-07T12:00/2030-03-07T13:00");

    [Fact]
    public void What_is_too_much_is_told()
    {
        var daily = Read(Calendar(Event("a", "DTSTART:20300101T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")));
        CalendarBusyTime.Of(daily, March with { MostOccurrences = 31 }).ShouldSatisfyAllConditions(b => b.End.ShouldBe(ExpansionEnd.Complete), b => b.Occurrences.ShouldBe(31));
        CalendarBusyTime.Of(daily, March with { MostOccurrences = 30 }).End.ShouldBe(ExpansionEnd.Limited);
        var counted = Read(Calendar(Event("old", "DTSTART:00020113T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR;COUNT=1000000")));
        CalendarBusyTime.Of(counted, March).End.ShouldBe(ExpansionEnd.Complete);
        CalendarBusyTime.Of(counted, March with { Budget = 100_000 }).ShouldSatisfyAllConditions(b => b.End.ShouldBe(ExpansionEnd.BudgetSpent), b => b.Culprit.ShouldBe("old"));
    }

    /// Whatever the corpus holds comes to sorted, disjoint ranges in the window, or is told to be too much.
    [CorpusFact]
    public void Every_file_of_the_corpus_has_an_answer()
    {
        var whole = March with { From = Instant.FromUtc(1995, 1, 1, 0, 0), Until = Instant.FromUtc(2035, 1, 1, 0, 0) };
        var files = 0;
        foreach (var (name, _, text) in Corpus.Files)
        {
            CalendarReading reading;
            try
            {
                reading = CalendarReader.Read(text, ReadingOptions.Tolerant);
            }
            catch (CalendarSyntaxException)
            {
                continue;
            }

            files++;
            foreach (var calendar in reading.Calendars)
            {
                var busy = CalendarBusyTime.Of(CalendarContents.Of(calendar), whole);
                busy.Ranges.Ranges.ShouldAllBe(r => whole.From <= r.Start && r.Start < r.End && r.End <= whole.Until, name);
                busy.Ranges.Ranges.Zip(busy.Ranges.Ranges.Skip(1)).ShouldAllBe(p => p.First.End < p.Second.Start, name);
            }
        }

        files.ShouldBeGreaterThan(100);
    }

    private static string Busy(string calendar, BusyQuestion? question = null)
    {
        var busy = CalendarBusyTime.Of(Read(calendar), question ?? March);
        busy.End.ShouldBe(ExpansionEnd.Complete);
        var pattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
        return string.Join(' ', busy.Ranges.Ranges.Select(r => $"{pattern.Format(r.Start)}/{pattern.Format(r.End)}"));
    }

    private static CalendarContents Read(string calendar) => CalendarContents.Of(CalendarReader.Read(calendar).Calendars.Single());

    private static string Calendar(params string[] items) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{string.Join("\r\n", items)}\r\nEND:VCALENDAR\r\n";

    private static string Event(string uid, params string[] lines) => $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20300101T000000Z\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT";
}
