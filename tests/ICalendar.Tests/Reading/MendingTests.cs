using System.Text;

namespace Convene.ICalendar.Tests.Reading;

public sealed class MendingTests
{
    private const string Identity = "PRODID:x\nVERSION:2.0\n";

    /// <summary>What was read, what it should have been, and the lines of the mends.</summary>
    [Theory]
    [InlineData("BEGIN:VEVENT\nX-A:1\nEND:VEVENT\n", "VERSION:2.0\nPRODID:-//Convene//Convene//EN\nBEGIN:VEVENT\nX-A:1\nEND:VEVENT\n", 1, 3, 3)]
    [InlineData("BEGIN:VCALENDAR\nPRODID:x\nVERSION:1.0\nEND:VCALENDAR\n", Identity, 4)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "BEGIN:VEVENT\nX-A:1\n", Identity + "BEGIN:VEVENT\nX-A:1\nEND:VEVENT\n", 5, 5)]
    [InlineData(
        "BEGIN:VCALENDAR\n" + Identity + "BEGIN:VEVENT\nBEGIN:VALARM\nX-A:1\nBEGIN:VEVENT\nX-A:2\nEND:VEVENT\nEND:VCALENDAR\n",
        Identity + "BEGIN:VEVENT\nBEGIN:VALARM\nX-A:1\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nX-A:2\nEND:VEVENT\n", 7, 7)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nEND:VCALENDAR\n", Identity + "BEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n", 6)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "END:VEVENT\nEND:VCALENDAR\n", Identity, 4)]
    [InlineData("X-A:1\nBEGIN:VCALENDAR\n" + Identity + "END:VCALENDAR\nX-A:1\n", Identity, 1, 6)]
    [InlineData("BEGIN:VCALENDAR\n\n" + Identity + "\n\nEND:VCALENDAR\n\n", Identity, 2, 5, 6, 8)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "X-RADIUS=4\n?\nEND:VCALENDAR\n", Identity, 4, 5)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "X_A.B:1\n\u00a0X-C :2\nEND:VCALENDAR\n", Identity + "X-A-B:1\nX-C:2\n", 4, 5)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "BEGIN:\nX-A;RSVP;CN=x;=2:1\nEND:VCALENDAR\n", Identity + "X-A;CN=x:1\n", 4, 5, 5)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "X-A;CN=\"x;P=2:1\nX-A;CN=a\"b\"c:1\nEND:VCALENDAR\n", Identity + "X-A;CN=^'x;P=2:1\nX-A;CN=a^'b^'c:1\n", 4, 4, 5)]
    [InlineData("BEGIN:VCALENDAR\n" + Identity + "X-A:a\u0001b\nEND:VCALENDAR\n", Identity + "X-A:ab\n", 4)]
    [InlineData(@"SUMMARY:C:\Temp\, \""x\"" 1\:2 \", @"SUMMARY:C:\\Temp\, ""x"" 1:2 \\", 4)]
    [InlineData("DESCRIPTION:one\ntwo\n\nthree\nX-A:1", @"DESCRIPTION:one\ntwo\nthree" + "\nX-A:1", 5, 6, 7)]
    [InlineData("DESCRIPTION:a line that goes on for more than seventy characters and was folded wi\nthout a space", "DESCRIPTION:a line that goes on for more than seventy characters and was folded without a space", 5)]
    public void Mistakes_are_mended_and_told(string text, string expected, params int[] lines)
    {
        if (!text.Contains("BEGIN:", StringComparison.Ordinal))
            (text, expected) = (CalendarReaderTests.Calendar(text + "\n"), Identity + expected + "\n");
        var reading = CalendarReader.Read(text, ReadingOptions.Tolerant);
        ContentLines.Write(reading.Calendars.ShouldHaveSingleItem()).Replace("\r\n ", "").ShouldBe($"BEGIN:VCALENDAR\n{expected}END:VCALENDAR\n".ReplaceLineEndings("\r\n"));
        reading.Mends.Select(mend => mend.Line).ShouldBe(lines, string.Join('\n', reading.Mends));
        reading.MendCount.ShouldBe(lines.Length);
        Should.Throw<CalendarSyntaxException>(() => CalendarReader.Read(text)).Line.ShouldBe(lines[0]);
    }

    [Fact]
    public void Text_of_Windows_is_read_as_that()
    {
        var text = Encoding.Latin1.GetBytes(CalendarReaderTests.Calendar("X-A:caf\u00E9 \u0080 5\n"));
        var reading = CalendarReader.Read(text, ReadingOptions.Tolerant);
        reading.Calendars[0].Properties[^1].Value.ShouldBe("café € 5");
        reading.Mends.ShouldHaveSingleItem().ShouldBe(new Mend(4, "The line is no UTF-8: it was read as Windows-1252."));
    }

    [Fact]
    public void UTF_16_is_read_as_that()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] text = [.. encoding.GetPreamble(), .. encoding.GetBytes(CalendarReaderTests.Calendar("X-A:café\n"))];
            CalendarReader.Read(text, ReadingOptions.Tolerant).Calendars[0].Properties[^1].Value.ShouldBe("café");
        }
    }

    [Fact]
    public void What_has_no_calendar_in_it_cannot_be_mended()
    {
        foreach (var text in (string[])["", "\n\n", "hello", "a:b\nc:d\n", "\0\u0001", "<html>\n<body>"])
            Should.Throw<CalendarSyntaxException>(() => CalendarReader.Read(text, ReadingOptions.Tolerant)).Reason.ShouldBe("There is no calendar in the text.");
    }

    [Fact]
    public void The_report_is_bounded_and_the_count_is_not()
    {
        var reading = CalendarReader.Read(CalendarReaderTests.Calendar(new string('\n', 50)), ReadingOptions.Tolerant with { MaxMendsKept = 3 });
        (reading.Mends.Length, reading.MendCount).ShouldBe((3, 50));
    }
}
