using System.Text;
using NodaTime;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>Files made to keep a parser busy. What takes time in proportion to the square of the length would not come back from these.</summary>
public sealed class HostileTests
{
    private const int Length = 1 << 20;
    private const string Head = "BEGIN:VCALENDAR\nPRODID:x\nVERSION:2.0\n";
    private const string Event = "BEGIN:VEVENT\nUID:u\nDTSTART;TZID=Europe/Berlin:20250602T090000\n";

    public static TheoryData<string, string> Files => new()
    {
        { Head, "\n" },
        { Head, "\r" },
        { Head, "\r\n " },
        { Head, "BEGIN:VEVENT\n" },
        { Head, "BEGIN:X\n" },
        { Head, "END:X\n" },
        { Head, "BEGIN:VALARM\nEND:VEVENT\n" },
        { Head + "DESCRIPTION:", "x\n" },
        { Head + "DESCRIPTION:", "x\n\n" },
        { Head + "DESCRIPTION:", "\\" },
        { Head + "X-A", ";" },
        { Head + "X-A", ";A=\"" },
        { Head + "X-A", ";A=\"x\"" },
        { Head + "X-A;A=", "," },
        { Head + "X-A;A=", "\"," },
        { Head + "X-A;A=", "^" },
        { Head + "X-A:", "\u2028" },
        { Head + "X-A:", "\u0001" },
        { Head, "\u00ff" },
        { Head, new string('A', 300) + "\n" },
        { Head + Event + "EXDATE:", "20250602T090000," },
        { Head + Event + "RDATE;VALUE=PERIOD:", "20250602T090000Z/PT1H," },
        { Head + Event + "RRULE:FREQ=YEARLY;BYDAY=", "-1SU," },
        { Head + Event + "CATEGORIES:", "," },
        { Head + Event, "RRULE:FREQ=SECONDLY\n" },
        { Head + Event, "EXRULE:FREQ=DAILY\n" },
        { Head, Event + "RECURRENCE-ID:20250602T090000Z\nEND:VEVENT\n" },
        { Head, Event + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n" },
        { Head + "BEGIN:VTIMEZONE\nTZID:z\n", "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:STANDARD\n" },
        { Head + "BEGIN:VTIMEZONE\nTZID:z\nBEGIN:STANDARD\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nDTSTART:16010101T000000\n", "RRULE:FREQ=SECONDLY\n" },
        { Head + "BEGIN:VTIMEZONE\nTZID:z\nBEGIN:STANDARD\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nDTSTART:16010101T000000\nRDATE:", "20250602T090000," },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_megabyte_of_trouble_is_read_or_refused(string head, string trouble)
    {
        var text = new StringBuilder(head);
        while (text.Length < Length)
            text.Append(trouble);
        // A zone is looked at where a time names it.
        text.Append("\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=z:20250602T090000\nEND:VEVENT\nEND:VCALENDAR\n");
        var start = CpuTime.Now;
        foreach (var options in (ReadingOptions[])[ReadingOptions.Strict, ReadingOptions.Tolerant])
        {
            try
            {
                Understand(CalendarReader.Read(text.ToString(), options));
            }
            catch (CalendarSyntaxException)
            {
            }
        }
        if (Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1")
            (CpuTime.Now - start).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Thousands_of_zones_are_not_compared_one_by_one()
    {
        var text = new StringBuilder(Head);
        for (var i = 0; i < 3_000; i++)
        {
            text.Append($"BEGIN:VTIMEZONE\nTZID:{i}\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+{i % 12:00}{i % 60:00}\n")
                .Append("RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU\nEND:STANDARD\nEND:VTIMEZONE\n")
                .Append($"BEGIN:VEVENT\nDTSTART;TZID={i}:20250602T090000\nEND:VEVENT\n");
        }
        var contents = CalendarContents.Of(CalendarReader.Read(text.Append("END:VCALENDAR\n").ToString()).Calendars[0]);
        contents.Zones.All.Count.ShouldBe(32);
        contents.Problems.Length.ShouldBe(3_000 - 32);
    }

    private static void Understand(CalendarReading reading)
    {
        foreach (var calendar in reading.Calendars)
        {
            var contents = CalendarContents.Of(calendar);
            CalendarBusyTime.Of(contents, new BusyQuestion { From = Instant.FromUtc(2025, 1, 1, 0, 0), Until = Instant.FromUtc(2027, 1, 1, 0, 0), Zone = DateTimeZone.Utc });
            foreach (var series in CalendarSeries.Of(contents, ItemKind.Event, out _))
                series.Series.Expand(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0), budget: 10).Take(10);
        }
    }
}
