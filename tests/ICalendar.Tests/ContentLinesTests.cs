using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Convene.ICalendar.Tests;

public sealed class ContentLinesTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void A_line_of_75_octets_stays_whole_and_one_of_76_is_folded()
    {
        ContentLines.Fold(new string('x', 75)).ShouldBe(new string('x', 75));
        ContentLines.Fold(new string('x', 76)).ShouldBe(new string('x', 75) + "\r\n x");
    }

    [Fact]
    public void The_space_that_continues_a_line_counts()
    {
        ContentLines.Fold(new string('x', 75 + 74)).ShouldBe(new string('x', 75) + "\r\n " + new string('x', 74));
        ContentLines.Fold(new string('x', 75 + 75)).ShouldBe(new string('x', 75) + "\r\n " + new string('x', 74) + "\r\n x");
    }

    [Fact]
    public void A_code_point_is_never_cut()
    {
        ContentLines.Fold(new string('x', 74) + "é").ShouldBe(new string('x', 74) + "\r\n é");
        ContentLines.Fold(new string('x', 72) + "🎉🎉").ShouldBe(new string('x', 72) + "\r\n 🎉🎉");
    }

    [Fact]
    public void Unfolding_gives_back_what_was_folded() =>
        Prop.ForAll(TroublesomeText.OneLine, line => ContentLines.Fold(line).Replace("\r\n ", "", StringComparison.Ordinal) == line)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_line_of_a_calendar_is_valid_UTF_8_of_at_most_75_octets_whatever_its_texts_hold() =>
        Prop.ForAll(TroublesomeText.Any, text =>
        {
            var calendar = CalendarText.Write(ItipMethod.Request, [MeetingWith(text)], text);
            var octets = Strict.GetBytes(calendar);
            Strict.GetString(octets).ShouldBe(calendar);
            calendar.ShouldEndWith("\r\n");
            foreach (var line in calendar.Split("\r\n")[..^1])
            {
                Strict.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
                line.ShouldNotBeEmpty();
                line.Any(c => char.IsControl(c) && c != '\t' || c is '\u2028' or '\u2029').ShouldBeFalse();
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_adds_or_removes_a_line() =>
        Prop.ForAll(TroublesomeText.Any, text =>
            Names(MeetingWith(text)).ShouldBe(Names(MeetingWith("plain")))).QuickCheckThrowOnFailure();

    [Fact]
    public void An_inner_component_stands_between_the_properties_and_the_end_of_the_outer()
    {
        var component = new CalendarComponent("x-outer", [new("x-a", "1")], [new CalendarComponent("x-inner", [])]);
        ContentLines.Write(component).ShouldBe("BEGIN:X-OUTER\r\nX-A:1\r\nBEGIN:X-INNER\r\nEND:X-INNER\r\nEND:X-OUTER\r\n");
    }

    [Fact]
    public void A_parameter_may_have_several_values()
    {
        var property = new CalendarProperty("X-P", "v", new("member", "mailto:a@b", "plain"), new("X-Q", "1"));
        ContentLines.Write(new CalendarComponent("X", [property])).ShouldContain("X-P;MEMBER=\"mailto:a@b\",plain;X-Q=1:v\r\n");
    }

    private static MeetingEvent MeetingWith(string text) => Examples.Review with
    {
        Summary = text,
        Description = "x" + text,
        Location = "x" + text,
        Uid = "x" + string.Concat(text.Where(c => !char.IsControl(c) && c is not ('\u2028' or '\u2029'))),
        Organizer = new CalendarUser("ada@example.org", "x" + text),
        Attendees = [new Attendee($"x{string.Concat(text.Where(MayStandInAddress))}@example.org", "x" + text)],
        Alarm = NodaTime.Duration.Zero,
    };

    private static bool MayStandInAddress(char c) => c != '@' && !char.IsControl(c) && !char.IsWhiteSpace(c);

    private static string[] Names(MeetingEvent meeting) =>
        [.. Examples.Lines(CalendarText.Write(ItipMethod.Request, [meeting], "name")).Select(line => line.Split(':', ';')[0])];
}
