using System.Text;
using Convene.ICalendar.Tests.Corpora;
using Convene.Tests;

namespace Convene.ICalendar.Tests.Mail;

/// <summary>Mails with something wrong with them, and mails made to keep a reader busy.</summary>
public sealed class MailFuzzTests
{
    private static readonly bool IsSlow = Environment.GetEnvironmentVariable("CONVENE_SLOW") == "1";

    public static TheoryData<string, string> Troubles => new()
    {
        { "", "A: b\n" },
        { "", "A: b\n c\n" },
        { "Subject: ", "=?utf-8?Q?" },
        { "Subject: ", "=?utf-8?Q?a?= " },
        { "To: ", "<" },
        { "To: ", "(" },
        { "To: ", "a@b.example," },
        { "In-Reply-To: ", "<a>" },
        { "References: ", "<" },
        { "Content-Type: text/plain; ", "a*0*=%;" },
        { "Content-Type: text/plain; a=", "\\\"" },
        { "Content-Type: text/plain; ", "(" },
        { "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "--a" },
        { "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "--ab\n" },
        { "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "--a--\n" },
        { "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "--a\n\n" },
        { "Content-Type: text/calendar\nContent-Transfer-Encoding: base64\n\n", "=" },
        { "Content-Type: text/calendar\nContent-Transfer-Encoding: base64\n\n", "QUJD\n" },
        { "Content-Type: text/calendar\nContent-Transfer-Encoding: quoted-printable\n\n", "=\n" },
        { "Content-Type: text/calendar\nContent-Transfer-Encoding: quoted-printable\n\n", "= " },
        { "Content-Type: text/calendar; charset=utf-16\n\n", "x" },
    };

    [Fact]
    public void Mutations_are_read_or_refused_with_the_readers_own_error()
    {
        var mails = ClientMails.All.Select(m => m.Write(new ClientReply { Uid = Guid.Empty.ToString(), From = "ben@example.com", To = "reply+tag@meet.example.com", Comment = "ü" })).ToList();
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < (IsSlow ? 100_000 : 3_000); seed++)
        {
            var random = new Random(seed);
            var text = Mutation.Of(mails[random.Next(mails.Count)], mails[random.Next(mails.Count)], random);
            try
            {
                Look(text);
                read++;
            }
            catch (MailSyntaxException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.GetType()}", e);
            }
        }

        read.ShouldBePositive();
        refused.ShouldBePositive();
    }

    [Theory, MemberData(nameof(Troubles))]
    public void Five_megabytes_of_trouble_take_no_long_time(string head, string trouble)
    {
        var text = new StringBuilder("From: a@example.com\n" + head);
        // In heads as much as a head may have.
        var length = head.Contains("\n\n", StringComparison.Ordinal) ? MailLimits.Standard.MaxOctets : MailLimits.Standard.MaxHeaderOctets;
        while (text.Length + trouble.Length < length)
            text.Append(trouble);
        var start = CpuTime.Now;
        try
        {
            Look(Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (MailSyntaxException)
        {
        }

        (CpuTime.Now - start).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    private static void Look(byte[] text)
    {
        var mail = MailReader.Read(text);
        foreach (var header in mail.Headers)
            header.Decoded.ShouldNotBeNull();
        foreach (var part in mail.All)
        {
            part.Text().ShouldNotBeNull();
            part.FileName?.ShouldNotBeNull();
        }

        CalendarMail.Of(mail).Recipients.Length.ShouldBeLessThanOrEqualTo(1_000);
    }
}
