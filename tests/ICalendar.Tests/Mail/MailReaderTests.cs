using System.Text;
using Convene.Tests;

namespace Convene.ICalendar.Tests.Mail;

/// <summary>Mail of all manners is taken apart.</summary>
public sealed class MailReaderTests
{
    private static readonly ClientReply Reply = new() { Uid = "01a1fdc6-ca79-7093-bd89-ba58b959df46", From = "ben@example.com", To = "reply+tag@meet.example.com", Comment = "Gern, aber später" };

    public static TheoryData<string> Programs => [.. ClientMails.All.Select(m => m.Name)];

    [Theory, MemberData(nameof(Programs))]
    public void A_programs_reply_is_found_in_its_mail(string program)
    {
        var bytes = ClientMails.All.Single(m => m.Name == program).Write(Reply);
        foreach (var text in (byte[][])[bytes, Replaced(bytes, "\r\n", "\n"), [.. "From ben@example.com Mon Mar  4 09:15:02 2030\n"u8, .. bytes]])
        {
            var mail = CalendarMail.Of(MailReader.Read(text));
            mail.From.ShouldBe("ben@example.com");
            mail.Recipients.ShouldBe(["reply+tag@meet.example.com"]);
            mail.MessageId.ShouldBe("CAF1x9Ex@mail.example.com");
            mail.IsAutomatic.ShouldBeFalse();
            var calendar = CalendarReader.Read(mail.Calendars[0].Text, ReadingOptions.Tolerant);
            var contents = CalendarContents.Of(calendar.Calendars.ShouldHaveSingleItem());
            contents.Method.ShouldBe(ItipMethod.Reply);
            mail.Calendars[0].Method.ShouldBe("REPLY");
            var item = contents.Items.ShouldHaveSingleItem();
            item.Uid!.ToLowerInvariant().ShouldBe(Reply.Uid);
            item.Comments.ShouldBe(["Gern, aber später"]);
            item.Attendees.ShouldHaveSingleItem().Email.ShouldBe("ben@example.com");
            item.Attendees[0].Participation.ShouldBe(Participation.Accepted);
        }
    }

    [Theory]
    [InlineData("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?UTF-8?B?R3LDvMOfZQ==?= an =?iso-8859-1?q?J=F6rg?=", "Grüße an Jörg")]
    [InlineData("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?utf-8*de?Q?a_b?=", "a b")]
    [InlineData("=?utf-8?Q?a?=  =?utf-8?Q?b?= c", "ab c")]
    [InlineData("=?iso-2022-jp?B?GyRCMnE1RBsoQg==?=", "会議")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?nonsense?Q?a=C3=BC?=", "aü")]
    [InlineData("=?utf-8?X?a?= =?utf-8?Q?", "=?utf-8?X?a?= =?utf-8?Q?")]
    [InlineData("50% =? what?", "50% =? what?")]
    public void Encoded_words_are_decoded(string value, string meant) => new MailHeader("Subject", value).Decoded.ShouldBe(meant);

    [Theory]
    [InlineData("Ben <ben@example.com>", "ben@example.com")]
    [InlineData("ben@example.com, cy@example.com", "ben@example.com", "cy@example.com")]
    [InlineData("\"Ben, or <not@example.com>\" <ben@example.com>", "ben@example.com")]
    [InlineData("Team: ben@example.com, Cy <cy@example.com>;", "ben@example.com", "cy@example.com")]
    [InlineData("ben@example.com (not <x@example.com>, \\) he)", "ben@example.com")]
    [InlineData("<@relay.example.com:ben@example.com>", "ben@example.com")]
    [InlineData("undisclosed-recipients:;")]
    [InlineData("Ben <ben@example.com")]
    [InlineData("ben@@example.com, , <>, \"")]
    public void Addresses_are_found_among_names_and_comments(string field, params string[] addresses)
    {
        var read = CalendarMail.Of(Read($"To: {field}\n\n")).Recipients;
        // A bracket that is never closed is forgiven.
        read.ShouldBe(addresses.Length == 0 && field.EndsWith("com", StringComparison.Ordinal) ? ["ben@example.com"] : addresses);
    }

    [Theory]
    [InlineData("text/calendar; method=reply; charset=\"utf-8\"", "method", "reply")]
    [InlineData("text/calendar; METHOD=\"RE\\\"PLY\"", "method", "RE\"PLY")]
    [InlineData("text/calendar (a; b) ; method=REPLY (c)", "method", "REPLY")]
    [InlineData("text/calendar; name*0=in; name*1=\"vite\"; name*2=.ics", "name", "invite.ics")]
    [InlineData("text/calendar; name*0*=utf-8'de'%C3%A4%20; name*1=%20b", "name", "ä %20b")]
    [InlineData("text/calendar; name=\"=?utf-8?Q?=C3=A4.ics?=\"", "name", "ä.ics")]
    [InlineData("text/calendar; ;; =x; method", "method", null)]
    public void Parameters_are_read_however_they_are_written(string type, string name, string? value)
    {
        var part = Read($"Content-Type: {type}\n\n");
        part.MediaType.ShouldBe("text/calendar");
        part.Parameter(name).ShouldBe(value);
    }

    [Theory]
    [InlineData("base64", "R3LDvMOfZQ==", "Grüße")]
    [InlineData("BASE64", "R3LD\nvM-Of Ze\n=", "Grüße")]
    [InlineData("base64", "R3LDvMOfZQ==R3LDvMOfZQ", "GrüßeGrüße")]
    [InlineData("quoted-printable", "Gr=C3=bc=\n=C3=9Fe  \nx=3", "Grüße\nx=3")]
    [InlineData("quoted-printable", "a=ZZ=\nb=", "a=ZZb")]
    [InlineData("8bit", "Grüße", "Grüße")]
    [InlineData("x-unheard-of", "Grüße", "Grüße")]
    public void Content_is_decoded(string encoding, string body, string meant) =>
        Read($"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}").Text().ShouldBe(meant);

    [Fact]
    public void Parts_lie_in_parts_and_boundaries_that_begin_alike_are_told_apart()
    {
        var mail = Read("Content-Type: multipart/mixed; boundary=a\n\nfor nobody\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--abc\n--ab--\nfor nobody\n--a \n\ntwo\n\n--a--\n--a\n\nthree\n");
        mail.All.Select(p => p.MediaType).ShouldBe(["multipart/mixed", "multipart/mixed", "text/plain", "text/plain"]);
        mail.Parts[0].Parts.ShouldHaveSingleItem().Text().ShouldBe("one\n--abc");
        mail.Parts[1].Text().ShouldBe("two\n");
        Read("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nnever closed\n").Parts.ShouldHaveSingleItem().Text().ShouldBe("never closed\n");
        Read("Content-Type: multipart/mixed\n\n--a\n\nno boundary\n").Parts.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_forwarded_mail_or_a_report_carries_is_not_the_mails()
    {
        var inner = Encoding.UTF8.GetString(ClientMails.Thunderbird(Reply));
        CalendarMail.Of(Read("From: a@example.com\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: message/rfc822\r\n\r\n" + inner + "\r\n--xx--\r\n")).Calendars.ShouldBeEmpty();
        var report = CalendarMail.Of(Read(inner.Replace("multipart/mixed", "multipart/report; report-type=delivery-status", StringComparison.Ordinal)));
        report.Calendars.ShouldBeEmpty();
        report.IsAutomatic.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied (vacation)", true)]
    [InlineData("Auto-Submitted: auto-generated; type=x", true)]
    [InlineData("Precedence: bulk", true)]
    [InlineData("Return-Path: <>", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("X-Auto-Response-Suppress: All", false)]
    public void Machines_say_that_they_are(string line, bool automatic) => CalendarMail.Of(Read($"From: a@example.com\n{line}\n\n")).IsAutomatic.ShouldBe(automatic);

    [Fact]
    public void What_is_no_mail_or_too_much_is_refused()
    {
        foreach (var text in (string[])["", "\n\nbody", "no field\n", "<html>"])
            Should.Throw<MailSyntaxException>(() => Read(text), text);
        Should.Throw<MailSyntaxException>(() => MailReader.Read(new byte[11], new MailLimits { MaxOctets = 10 }));
        Should.Throw<MailSyntaxException>(() => Read("A: " + new string('x', 300_000) + "\n\n"));
        Should.Throw<MailSyntaxException>(() => Read("Content-Type: multipart/mixed; boundary=a\n\n" + string.Concat(Enumerable.Repeat("--a\n\nx\n", 300))));
        var deep = string.Concat(Enumerable.Range(0, 20).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}.\n\n--b{i}.\n"));
        Should.Throw<MailSyntaxException>(() => Read(deep));
    }

    [Theory]
    [InlineData("040000008200E00074C5B7101A82E0080000000000000000000000000000000000000000330000007643616C2D55696401000000{0}00", true)]
    [InlineData("040000008200E00074C5B7101A82E00800000000806A2B5C1D2CDA01000000000000000010000000", false)]
    public void Exchange_wraps_uids_that_are_not_its_own(string form, bool wrapped)
    {
        var uid = string.Format(form, Convert.ToHexString(Encoding.ASCII.GetBytes(Reply.Uid)));
        ItipUid.Unwrap($" {uid} ").ShouldBe(wrapped ? Reply.Uid : uid);
    }

    private static MailPart Read(string text) => MailReader.Read(Encoding.UTF8.GetBytes(text));

    private static byte[] Replaced(byte[] text, string old, string now) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).Replace(old, now, StringComparison.Ordinal));
}
