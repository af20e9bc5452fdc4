using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Convene.ICalendar.Tests;

public sealed class EscapingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain words", "plain words")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("a;b,c:d\"e", @"a\;b\,c:d""e")]
    [InlineData("one\ntwo\rthree\r\nfour\n\rfive", @"one\ntwo\nthree\nfour\n\nfive")]
    [InlineData("NEL\u0085LS\u2028PS\u2029", @"NEL\nLS\nPS\n")]
    [InlineData("\0a\u0007b\u001Bc\u007Fd\u009Fe\tf", "abcde\tf")]
    [InlineData(@"\n is not a line break", @"\\n is not a line break")]
    public void Text_is_escaped(string text, string escaped) => TextValue.Escape(text).ShouldBe(escaped);

    [Theory]
    [InlineData("", "")]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("Lovelace, Ada", "\"Lovelace, Ada\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("UTC+01:00", "\"UTC+01:00\"")]
    [InlineData("the \"Countess\"", "the ^'Countess^'")]
    [InlineData("2^3", "2^^3")]
    [InlineData("^n\r\nx", "^^n^nx")]
    [InlineData("x\":evil\r\n", "\"x^':evil^n\"")]
    [InlineData("bell\u0007", "bell")]
    public void A_parameter_value_is_quoted_and_encoded(string value, string encoded) => ParameterValue.Encode(value).ShouldBe(encoded);

    [Fact] // in code, because test runners pass theory data as UTF-8, which has no lone surrogates
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character()
    {
        TextValue.Escape("a\uD83Cb").ShouldBe("a\uFFFDb");
        TextValue.Escape("\uDF89\uD83C").ShouldBe("\uFFFD\uFFFD");
        ParameterValue.Encode("\uDF89,").ShouldBe("\"\uFFFD,\"");
        new CalendarProperty("X-A", "\uD83C").Value.ShouldBe("\uFFFD");
        Examples.Lines(CalendarText.Write(null, [Examples.Review with { Organizer = new CalendarUser("a\uD83C@b") }]))
            .ShouldContain("ORGANIZER;ROLE=CHAIR:mailto:a%EF%BF%BD@b");
    }

    [Fact]
    public void Unescaping_gives_back_the_text_with_its_line_breaks_normalised() =>
        Prop.ForAll(TroublesomeText.Any, text => Unescape(TextValue.Escape(text)).ShouldBe(Normalised(text)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Decoding_gives_back_the_parameter_value_with_its_line_breaks_normalised() =>
        Prop.ForAll(TroublesomeText.Any, text => Decode(ParameterValue.Encode(text)).ShouldBe(Normalised(text)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_title_cannot_bring_in_an_attendee()
    {
        var meeting = Examples.Review with { Summary = "x\r\nATTENDEE:mailto:evil@example.com", Attendees = [] };
        var calendar = CalendarText.Write(null, [meeting]);
        calendar.ShouldContain("\r\nSUMMARY:x\\nATTENDEE:mailto:evil@example.com\r\n");
        Examples.Lines(calendar).ShouldNotContain(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a%b@example.org", "a%25b@example.org")]
    [InlineData("a?cc=b&c;d,e:f@example.org", "a%3Fcc%3Db%26c%3Bd%2Ce%3Af@example.org")]
    [InlineData("\"a\"@example.org", "%22a%22@example.org")]
    [InlineData("jörg@exämple.org", "j%C3%B6rg@ex%C3%A4mple.org")]
    [InlineData("first.last+tag_x~y!z'w$v*u-t@example.org", "first.last+tag_x~y!z'w$v*u-t@example.org")]
    public void An_address_cannot_leave_its_URI(string email, string written) =>
        Examples.Lines(CalendarText.Write(null, [Examples.Review with { Organizer = new CalendarUser(email) }]))
            .ShouldContain("ORGANIZER;ROLE=CHAIR:mailto:" + written);

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("a@b@c")]
    [InlineData("ada @example.org")]
    [InlineData("ada@example.org\r\nX-EVIL:1")]
    [InlineData("ada\u2028@example.org")]
    [InlineData("ada\0@example.org")]
    public void What_is_no_address_is_refused(string email)
    {
        Should.Throw<ArgumentException>(() => new CalendarUser(email));
        Should.Throw<ArgumentException>(() => new Attendee(email));
        Should.Throw<ArgumentException>(() => Examples.Ada with { Email = email });
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void A_raw_value_of_more_than_one_line_is_refused(string value) =>
        Should.Throw<ArgumentException>(() => new CalendarProperty("X-A", value));

    [Theory]
    [InlineData("")]
    [InlineData("X A")]
    [InlineData("X:A")]
    [InlineData("X\r\nA")]
    [InlineData("ä")]
    public void What_is_no_name_is_refused(string name)
    {
        Should.Throw<ArgumentException>(() => new CalendarProperty(name, ""));
        Should.Throw<ArgumentException>(() => new CalendarParameter(name, ""));
        Should.Throw<ArgumentException>(() => new CalendarComponent(name, []));
    }

    private static string Normalised(string text)
    {
        var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var breaks = wellFormed.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n').Replace('\u0085', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n');
        return string.Concat(breaks.Where(c => c is '\n' or '\t' || !char.IsControl(c)));
    }

    private static string Unescape(string escaped)
    {
        var text = new StringBuilder();
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] is ';' or ',')
                throw new FormatException("A separator is not escaped.");
            text.Append(escaped[i] != '\\' ? escaped[i] : escaped[++i] == 'n' ? '\n' : escaped[i]);
        }
        return text.ToString();
    }

    private static string Decode(string encoded)
    {
        var isQuoted = encoded is ['"', .., '"'];
        var inner = isQuoted ? encoded[1..^1] : encoded;
        if (inner.Contains('"', StringComparison.Ordinal) || !isQuoted && inner.AsSpan().ContainsAny(":;,"))
            throw new FormatException("The value leaves its quotation marks.");
        var text = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            text.Append(inner[i] != '^' ? inner[i] : inner[++i] switch
            {
                'n' => '\n',
                '\'' => '"',
                '^' => '^',
                _ => throw new FormatException("A circumflex is not encoded."),
            });
        }
        return text.ToString();
    }
}
