using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// Text from the API ends up in headers, HTML and calendar lines: it must stay text there.
public sealed class MailInjectionStories
{
    // Everything that some program takes for the end of a line.
    private const string Evil = "x\r\nBcc: evil@example.com\nBcc: evil@example.com\rBcc: evil@example.com\u0085Bcc: evil@example.com\u2028Bcc: evil@example.com\vATTENDEE:mailto:evil@example.com"
        + "\r\nATTENDEE:mailto:evil@example.com\r\n\r\n<script>alert(1)</script>";

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task No_text_becomes_a_header_a_recipient_or_a_calendar_property(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        (await ana.Patch("/api/auth/me/", new { first_name = "Ana\r\nBcc: evil@example.com" })).Status.ShouldBeOneOf(200, 400);
        var booked = (await ana.Post("/api/meetings/", new
        {
            title = Evil, location = Evil, description = Evil, start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", timezone = "UTC",
            participants = new[] { new { email = "ben@example.com", name = "Ben\r\nBcc: evil@example.com, <evil@example.com>" } },
        })).ShouldBe(201);
        await ShouldBeHarmless(post, "REQUEST");

        (await ana.Patch($"/api/meetings/{booked.Id}/", new { title = "y" + Evil, location = "y" + Evil })).ShouldBe(200);
        await ShouldBeHarmless(post, "REQUEST");
        (await ana.Post($"/api/meetings/{booked.Id}/cancel/")).ShouldBe(200);
        await ShouldBeHarmless(post, "CANCEL");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_address_with_a_line_break_or_a_second_address_is_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        foreach (var email in (string[])["ben@example.com\r\nBcc: evil@example.com", "ben@example.com\nevil@example.com", "ben@example.com,evil@example.com", "ben@example.com evil@example.com", "Ben <ben@example.com>"])
            (await ana.TryBook("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", email)).ShouldBe(400);
    }

    private static async Task ShouldBeHarmless(MailHouse post, string method)
    {
        var mail = await post.NewMail();
        mail.Method.ShouldBe(method);
        mail.Structure.ShouldBe("multipart/mixed multipart/alternative text/plain text/html text/calendar application/ics");
        post.Smtp.Envelopes()[^1].To.ShouldBe(["ben@example.com"]);

        var source = post.Smtp.Sources()[^1];
        var headers = source[..source.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        headers.ShouldNotContain(h => h.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || h.StartsWith("Cc", StringComparison.OrdinalIgnoreCase));
        headers.Count(h => h.StartsWith("To:", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        headers.Where(h => h.Length > 0 && h[0] is not (' ' or '\t')).ShouldAllBe(h => h.Contains(": "));

        Libical.ShouldAccept(mail.Calendar!);
        mail.Calendar!.Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\v"], StringSplitOptions.None).ShouldNotContain(l => l.StartsWith("Bcc", StringComparison.Ordinal));
        mail.Attendees().ShouldHaveSingleItem().ShouldEndWith(":mailto:ben@example.com");
        mail.Property("SUMMARY").ShouldContain("\\nBcc: evil@example.com");
        mail.Html.ShouldNotContain("<script");
    }
}
