using System.Text.RegularExpressions;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// What an invited person finds in their mailbox.
public sealed partial class MailInvitationStories
{
    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task An_invitation_comes_from_the_server_on_behalf_of_the_host(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com");

        var mails = await post.NewMails();
        mails.Select(m => m.To).ShouldBe(["ben <ben@example.com>", "cy <cy@example.com>"], "one mail each: nobody sees others in the header");
        mails.Select(m => m.From).Distinct().ShouldBe([$"Ana via Convene <{MailHouse.From}>"]);
        mails.Select(m => m.ReplyTo).Distinct().ShouldBe(["Ana <ana@example.com>"]);
        mails[0].MessageId.ShouldMatch("^<[0-9a-f]{32}@convene\\.example\\.com>$");
        mails[0].MessageId.ShouldNotBe(mails[1].MessageId);
        mails[0].Subject.ShouldBe("Invitation: Kickoff @ Tuesday, 5 March 2030, 10:00–11:00 (UTC)");
        mails[0].Text.ShouldContain("Ana invites you to a meeting");
        mails[0].Html.ShouldContain("Kickoff");
        var envelopes = post.Smtp.Envelopes().Where(e => e.To.Single() != ana.Email).ToList();
        envelopes.Select(e => e.To.ShouldHaveSingleItem()).Order().ShouldBe(["ben@example.com", "cy@example.com"]);
        envelopes.ShouldAllBe(e => e.From == MailHouse.From);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task The_calendar_is_there_twice_so_that_every_mail_program_finds_it(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");

        var mail = await post.NewMail();
        mail.Structure.ShouldBe("multipart/mixed multipart/alternative text/plain text/html text/calendar application/ics");
        mail.Method.ShouldBe("REQUEST");
        mail.AttachmentName.ShouldBe("invite.ics");
        mail.Attachment.ShouldBe(mail.Calendar);
        var types = ContentTypes().Matches(post.Smtp.Sources().Single(s => s.Contains("text/calendar", StringComparison.Ordinal)));
        var calendar = types.Select(t => t.Value).ShouldHaveSingleItem();
        calendar.ShouldContain("method=REQUEST");
        calendar.ShouldContain("charset=utf-8");
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task The_calendar_asks_for_an_answer_to_this_meeting(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;

        var mail = (await post.NewMails())[0];
        Libical.ShouldAccept(mail.Calendar!);
        mail.Lines().ShouldContain("METHOD:REQUEST");
        mail.Property("UID").ShouldBe(id);
        mail.Sequence().ShouldBe(0);
        mail.Property("DTSTAMP").ShouldBe("20300304T090000Z");
        mail.Property("DTSTART").ShouldBe("20300305T100000Z");
        mail.Property("DTEND").ShouldBe("20300305T110000Z");
        mail.Property("STATUS").ShouldBe("CONFIRMED");
        mail.EventLines().ShouldContain("ORGANIZER;CN=Ana;ROLE=CHAIR:mailto:ana@example.com");
        mail.Attendees().Select(a => a.Split(":mailto:")[1]).ShouldBe(["ben@example.com", "cy@example.com"]);
        mail.Attendees().ShouldAllBe(a => a.Contains(";PARTSTAT=NEEDS-ACTION") && a.Contains(";RSVP=TRUE"));
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task Times_are_in_the_recipients_zone_if_it_is_known_and_else_in_the_meetings(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana", "America/New_York");
        await post.House.SignUp("ben", "Asia/Dhaka");
        (await ana.Post("/api/meetings/", new
        {
            title = "Kickoff", start_time = "2030-07-02T11:00", end_time = "2030-07-02T12:30", timezone = "Europe/Berlin",
            participants = new[] { new { email = "ben@example.com" }, new { email = "cy@example.com" } },
        })).ShouldBe(201);

        const string InBerlin = "Tuesday, 2 July 2030, 11:00–12:30 (Europe/Berlin, UTC+02)";
        const string InDhaka = "Tuesday, 2 July 2030, 15:00–16:30 (Asia/Dhaka, UTC+06)";
        var mails = await post.NewMails();
        mails[0].Subject.ShouldBe($"Invitation: Kickoff @ {InDhaka}");
        mails[0].Text.ShouldContain(InDhaka);
        mails[0].Text.ShouldContain(InBerlin, customMessage: "the meeting's own zone is named beside it");
        mails[0].Html.ShouldContain("(Asia/Dhaka, UTC+06)");
        mails[1].Subject.ShouldBe($"Invitation: Kickoff @ {InBerlin}");
        mails[1].Text.ShouldNotContain("Dhaka");
        foreach (var mail in mails)
        {
            Libical.ShouldAccept(mail.Calendar!);
            mail.EventLines().ShouldContain("DTSTART;TZID=Europe/Berlin:20300702T110000");
            mail.Lines().ShouldContain("TZID:Europe/Berlin");
        }
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task Titles_and_names_in_any_script_arrive_as_they_were_written(string engine)
    {
        // Longer than a line may be, so that header, calendar and base64 all have to fold inside of characters of several bytes.
        var title = "Besprechung „Größe“ – 日本語の会議 🎉 " + string.Concat(Enumerable.Repeat("Überraschung ", 14)).Trim();
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        (await ana.Patch("/api/auth/me/", new { first_name = "Ána", last_name = "Šimková" })).ShouldBe(200);
        (await ana.Post("/api/meetings/", new
        {
            title, location = "Café Zürich, 1. Stock; links", description = "Zeile 1\nZeile 2, \"ja\" \\ nein", timezone = "UTC",
            start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", participants = new[] { new { email = "ben@example.com", name = "山田 太郎, Dr." } },
        })).ShouldBe(201);

        var mail = await post.NewMail();
        mail.Subject.ShouldStartWith($"Invitation: {title} @ ");
        mail.To.ShouldContain("山田 太郎, Dr.");
        mail.To.ShouldEndWith("<ben@example.com>");
        mail.From.ShouldContain("Ána Šimková via Convene");
        mail.Text.ShouldContain(title);
        mail.Text.ShouldContain("Café Zürich, 1. Stock; links");
        Libical.ShouldAccept(mail.Calendar!);
        mail.Property("SUMMARY").ShouldBe(title);
        mail.Property("LOCATION").ShouldBe("Café Zürich\\, 1. Stock\\; links");
        mail.Property("DESCRIPTION").ShouldBe("Zeile 1\\nZeile 2\\, \"ja\" \\\\ nein");
        mail.Attendees().ShouldHaveSingleItem().ShouldContain("CN=\"山田 太郎, Dr.\"");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Who_is_busy_and_left_out_gets_no_mail(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        await ana.Book("First", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await post.NewMail();

        await ana.Book("Second", "2030-03-05T10:30Z", "2030-03-05T11:30Z", "ben@example.com", "cy@example.com");
        var mail = await post.NewMail();
        mail.To.ShouldBe("cy <cy@example.com>");
        mail.Attendees().ShouldHaveSingleItem().ShouldEndWith(":mailto:cy@example.com");
    }

    [GeneratedRegex(@"^Content-Type: text/calendar.*(\r\n[ \t].*)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContentTypes();
}
