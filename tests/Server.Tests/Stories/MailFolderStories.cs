using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// Without a mail server mail goes to a folder, and whoever develops sees it in the browser.
public sealed class MailFolderStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Without_a_mail_server_every_mail_is_a_file(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Kickoff – Größe", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;

        (await house.DeliverMail()).ShouldBe(3);
        Directory.GetFiles(Path.Combine(house.Folder, "outbox"), "*.eml").Length.ShouldBe(3);
        var mails = (await house.Mails()).Where(MailHouse.IsAboutMeeting).OrderBy(m => m.To, StringComparer.Ordinal).ToList();
        mails.Select(m => m.To).ShouldBe(["ben <ben@example.com>", "cy <cy@example.com>"]);
        mails[0].Subject.ShouldBe("Invitation: Kickoff – Größe @ Tuesday, 5 March 2030, 10:00–11:00 (UTC)");
        mails[0].ReplyTo.ShouldBe("Ana <ana@example.com>");
        mails[0].Structure.ShouldBe("multipart/mixed multipart/alternative text/plain text/html text/calendar application/ics");
        mails[0].Method.ShouldBe("REQUEST");
        mails[0].Property("UID").ShouldBe(id);
        mails[0].Attachment.ShouldBe(mails[0].Calendar);
        (await ana.Get($"/api/meetings/{id}/notifications/")).Json!.AsArray().Select(m => (string)m!["status"]!).ShouldBe(["sent", "sent"]);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Djangos_console_backend_means_the_folder_too_whatever_host_is_named(string engine)
    {
        await using var smtp = await SmtpServer.Start();
        await using var house = await TestHouse.Open(engine, [.. smtp.Settings, "EMAIL_BACKEND=django.core.mail.backends.console.EmailBackend"]);
        await (await house.SignUp("ana")).Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");

        await house.DeliverMail();
        smtp.Envelopes().ShouldBeEmpty();
        (await house.Mails()).Count(MailHouse.IsAboutMeeting).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task In_development_mail_is_shown_in_the_browser(string engine)
    {
        await using var house = await TestHouse.Open(engine, "environment=Development");
        var somebody = house.Somebody();
        (await somebody.Get("/dev/mail")).ShouldBe(200).Text.ShouldContain("No mail yet");
        await (await house.SignUp("ana")).Book("Kickoff <b>now</b>", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");

        (await somebody.Get("/dev/mail")).Text.ShouldContain("queued");
        await house.DeliverMail();
        var list = (await somebody.Get("/dev/mail")).ShouldBe(200).Text;
        list.ShouldContain("to ben@example.com");
        list.ShouldContain("sent");
        list.ShouldContain("Kickoff &lt;b&gt;now&lt;/b&gt;");
        list.ShouldNotContain("<b>now</b>");

        var link = list.Split("href=\"").Select(part => part.Split('"')[0]).First(href => href.StartsWith("/dev/mail/", StringComparison.Ordinal));
        var shown = (await somebody.Get(link)).ShouldBe(200).Text;
        shown.ShouldContain("METHOD:REQUEST");
        shown.ShouldNotContain("<b>now</b>");
        var html = (await somebody.Get(link + "/html")).ShouldBe(200);
        html.Headers["Content-Type"].ShouldStartWith("text/html");
        html.Text.ShouldContain("Ana invites you to a meeting");
        (await somebody.Get("/dev/mail/none")).ShouldBe(404);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task What_a_mail_server_answers_is_shown_as_text(string engine)
    {
        await using var smtp = await SmtpServer.Start("--reject-rcpt=ben@example.com");
        await using var house = await TestHouse.Open(engine, [.. smtp.Settings, "environment=Development"]);
        await (await house.SignUp("ana")).Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await house.DeliverMail();

        var list = (await house.Somebody().Get("/dev/mail")).ShouldBe(200).Text;
        list.ShouldContain("no such &lt;b&gt;user&lt;/b&gt; here");
        var link = list.Split("href=\"").Select(part => part.Split('"')[0]).First(href => href.StartsWith("/dev/mail/", StringComparison.Ordinal));
        (await house.Somebody().Get(link)).ShouldBe(200).Text.ShouldNotContain("<b>user</b>");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task In_production_nobody_sees_others_mail(string engine)
    {
        await using var house = await TestHouse.Open(engine, "environment=Production");
        var ana = await house.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await house.DeliverMail();
        (await ana.Get("/dev/mail")).ShouldBe(404);
        (await ana.Get("/")).ShouldBe(200).Text.ShouldNotContain("/dev/mail");
        var id = (await house.Mails())[0].MessageId.Trim('<').Split('@')[0];
        (await ana.Get($"/dev/mail/{id}")).ShouldBe(404);
        (await ana.Get($"/dev/mail/{id}/html")).ShouldBe(404);
    }
}
