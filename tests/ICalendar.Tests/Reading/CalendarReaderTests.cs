using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Convene.ICalendar.Tests.Reading;

public sealed class CalendarReaderTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var calendar = CalendarText.Compose(ItipMethod.Request, [Examples.Everything], "Team; \"calendar\"");
        CalendarReader.Read(ContentLines.Write(calendar)).Calendars.ShouldHaveSingleItem().ShouldBe(calendar);
    }

    [Fact]
    public void Any_text_comes_through_values_and_parameters() =>
        Prop.ForAll(TroublesomeText.Any, text =>
        {
            var property = new CalendarProperty("X-A", TextValue.Escape(text), new CalendarParameter("X-P", text, "two"));
            var read = ReadOne(Calendar(ContentLines.Write(new CalendarComponent("VEVENT", [property]))));
            TextValue.Unescape(read.Value).ShouldBe(TextValue.Unescape(property.Value));
            ContentLines.Write(new CalendarComponent("VEVENT", [read])).ShouldBe(ContentLines.Write(new CalendarComponent("VEVENT", [property])));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Lines_end_in_any_way(string lineBreak) =>
        CalendarReader.Read(Calendar("BEGIN:VEVENT\nSUMMARY:one\n  two\n\tthree\nEND:VEVENT\n").ReplaceLineEndings(lineBreak))
            .Calendars[0].Components[0].Properties[0].Value.ShouldBe("one twothree");

    [Fact]
    public void A_fold_may_cut_a_sequence_of_UTF_8_and_stand_behind_the_name()
    {
        var text = Encoding.UTF8.GetBytes(Calendar("BEGIN:VEVENT\nSUMMARY:né\nDESCRIPTION\n :x\nEND:VEVENT\n"));
        var at = text.AsSpan().IndexOf("é"u8);
        byte[] cut = [.. text[..(at + 1)], .. "\r\n "u8, .. text[(at + 1)..]];
        var read = CalendarReader.Read(cut).Calendars[0].Components[0];
        read.Properties.Select(p => p.Value).ShouldBe(["né", "x"]);
        CalendarReader.Read(cut, ReadingOptions.Tolerant).MendCount.ShouldBe(0);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        CalendarReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Calendar(""))]).Calendars.ShouldHaveSingleItem();

    [Fact]
    public void Names_are_the_same_in_any_case()
    {
        var read = CalendarReader.Read("begin:vCalendar\nProdId:x\nversion:2.0\nx-Thing;x-par=V:w\nend:VCALENDAR\n").Calendars[0];
        read.Name.ShouldBe("VCALENDAR");
        read.Properties[2].ShouldBe(new CalendarProperty("X-THING", "w", new CalendarParameter("X-PAR", "V")));
    }

    [Theory]
    [InlineData("CN=Ada", "Ada")]
    [InlineData("CN=\"Lovelace, Ada; x:y\"", "Lovelace, Ada; x:y")]
    [InlineData("CN=a^nb^^c^'d^'^x^", "a\nb^c\"d\"^x^")]
    [InlineData("CN=", "")]
    [InlineData("CN=\"\"", "")]
    [InlineData("CN=a=b", "a=b")]
    public void A_parameter_is_decoded(string parameter, string value) =>
        ReadOne(Calendar($"BEGIN:VEVENT\nATTENDEE;{parameter}:mailto:a@example.com\nEND:VEVENT\n")).Parameters[0].ShouldBe(new CalendarParameter("CN", value));

    [Fact]
    public void A_parameter_may_have_several_values() =>
        ReadOne(Calendar("BEGIN:VEVENT\nATTENDEE;MEMBER=\"mailto:a,b\",c;X-Q=1:v:w\nEND:VEVENT\n"))
            .ShouldBe(new CalendarProperty("ATTENDEE", "v:w", new("MEMBER", "mailto:a,b", "c"), new("X-Q", "1")));

    [Fact]
    public void What_nobody_knows_is_kept_in_order()
    {
        var text = Calendar("X-ONE:1\nBEGIN:X-BOX\nX-TWO;X-P=\"a;b\":\\x,;\nBEGIN:VLOCATION\nNAME:n\nEND:VLOCATION\nEND:X-BOX\nBEGIN:VEVENT\nEND:VEVENT\n")
            .ReplaceLineEndings("\r\n");
        ContentLines.Write(CalendarReader.Read(text).Calendars[0]).ShouldBe(text);
    }

    [Fact]
    public void A_file_may_hold_several_calendars() =>
        CalendarReader.Read(Calendar("X-A:1\n") + Calendar("X-A:2\n")).Calendars.Select(c => c.Properties[^1].Value).ShouldBe(["1", "2"]);

    [Fact]
    public void The_line_breaks_of_Unicode_stay_line_breaks_of_the_text() =>
        ReadOne(Calendar("BEGIN:VEVENT\nSUMMARY:a\u2028b\u0085c\nEND:VEVENT\n")).Value.ShouldBe(@"a\nb\nc");

    [Theory]
    [InlineData("", 0, "There is no calendar in the text.")]
    [InlineData("%PDF-1.7", 1, "The line has no colon.")]
    [InlineData("BEGIN:VEVENT\nEND:VEVENT\n", 1, "BEGIN:VCALENDAR is missing.")]
    [InlineData("BEGIN:VCALENDAR\nPRODID:x\nVERSION:2.0\n", 3, "END:VCALENDAR is missing.")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", 3, "PRODID is missing.")]
    [InlineData("BEGIN:VCALENDAR\nPRODID:x\nEND:VCALENDAR\n", 3, "VERSION is missing.")]
    [InlineData("BEGIN:VCALENDAR\nPRODID:x\nVERSION:1.0\nEND:VCALENDAR\n", 4, "VERSION is not 2.0.")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3, "END:VEVENT is missing.")]
    [InlineData("BEGIN:VCALENDAR\nEND:VEVENT\n", 2, "END ends nothing that is open.")]
    [InlineData("BEGIN:VCALENDAR\n\nX-A:1\n", 2, "The line is blank.")]
    [InlineData("BEGIN:VCALENDAR\nX A:1\n", 2, "The line does not begin with a name.")]
    [InlineData("BEGIN:VCALENDAR\nX-A:1\n 2\nX-B;P\n", 4, "The line has no colon behind its parameters.")]
    [InlineData("BEGIN:VCALENDAR\nX-B;P:1\n", 2, "A parameter has no value.")]
    [InlineData("BEGIN:VCALENDAR\nX-B;CN=\"a:1\n", 2, "A quotation mark has no partner.")]
    [InlineData("BEGIN:VCALENDAR\nX-B;CN=a\"b\"c:1\n", 2, "There is a quotation mark inside the value of a parameter.")]
    [InlineData("BEGIN:VCALENDAR\nSUMMARY:C:\\Temp\n", 2, "There is a backslash that escapes nothing.")]
    [InlineData("BEGIN:VCALENDAR\nX-A:a\u0007b\n", 2, "There is a control character.")]
    [InlineData("X-A:1\nBEGIN:VCALENDAR\n", 1, "X-A stands outside of every component.")]
    public void A_mistake_is_told_with_its_line(string text, int line, string reason)
    {
        var mistake = Should.Throw<CalendarSyntaxException>(() => CalendarReader.Read(text));
        (mistake.Line, mistake.Reason).ShouldBe((line, reason));
        mistake.Message.ShouldBe(line > 0 ? $"Line {line}: {reason}" : reason);
    }

    [Fact]
    public void Octets_that_are_no_UTF_8_are_a_mistake() =>
        Should.Throw<CalendarSyntaxException>(() => CalendarReader.Read("BEGIN:VCALENDAR\nX-A:\xE9\n"u8[..^1].ToArray().Select(b => b == 0xC3 ? (byte)0xE9 : b).ToArray()))
            .Reason.ShouldBe("The line is no UTF-8.");

    [Fact]
    public void No_limit_is_exceeded()
    {
        var text = Calendar("BEGIN:VEVENT\nX-A;P=1,2:1\nBEGIN:VALARM\nX-B:2\nEND:VALARM\nEND:VEVENT\n");
        foreach (var mends in (bool[])[false, true])
        {
            var fits = new ReadingOptions
            {
                Mends = mends, MaxOctets = text.Length, MaxLineOctets = 15, MaxLines = 10, MaxProperties = 4, MaxComponents = 3,
                MaxDepth = 3, MaxParameterValues = 2,
            };
            CalendarReader.Read(text, fits).MendCount.ShouldBe(0);
            Refused(fits with { MaxOctets = text.Length - 1 }, "octets");
            Refused(fits with { MaxLineOctets = 14 }, "octets");
            Refused(fits with { MaxLines = 9 }, "lines");
            Refused(fits with { MaxProperties = 3 }, "properties");
            Refused(fits with { MaxComponents = 2 }, "components");
            Refused(fits with { MaxDepth = 2 }, "deep");
            Refused(fits with { MaxParameterValues = 1 }, "values");
            Refused(ReadingOptions.Tolerant with { MaxLineOctets = 100 }, "octets", Calendar("X-A:1\n" + string.Concat(Enumerable.Repeat(" 12345\n", 20))));
        }

        void Refused(ReadingOptions options, string what, string? other = null) =>
            Should.Throw<CalendarSyntaxException>(() => CalendarReader.Read(other ?? text, options)).Reason.ShouldContain(what);
    }

    [Fact]
    public void Limits_are_checked_where_they_are_set()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ReadingOptions.Strict with { MaxOctets = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => ReadingOptions.Strict with { MaxDepth = 101 });
        Should.Throw<ArgumentOutOfRangeException>(() => ReadingOptions.Strict with { MaxMendsKept = -1 });
    }

    internal static string Calendar(string inner) => $"BEGIN:VCALENDAR\nPRODID:x\nVERSION:2.0\n{inner}END:VCALENDAR\n";

    private static CalendarProperty ReadOne(string text) => CalendarReader.Read(text).Calendars[0].Components[0].Properties[0];
}
