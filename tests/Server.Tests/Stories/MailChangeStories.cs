using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// What invited people hear when a meeting changes.
public sealed class MailChangeStories
{
    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task An_update_says_what_changed_from_what_to_what(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();

        post.Advance(Duration.FromMinutes(5));
        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff 2", location = "Room 4", start_time = "2030-03-05T14:00Z", end_time = "2030-03-05T15:00Z" })).ShouldBe(200);
        var mails = await post.NewMails();
        mails.Select(m => m.To).ShouldBe(["ben <ben@example.com>", "cy <cy@example.com>"]);
        var mail = mails[0];
        mail.Subject.ShouldBe("Updated: Kickoff 2 @ Tuesday, 5 March 2030, 14:00–15:00 (UTC)");
        mail.Text.ShouldContain("Title changed: Kickoff → Kickoff 2");
        mail.Text.ShouldContain("Time changed: Tuesday, 5 March 2030, 10:00–11:00 (UTC) → Tuesday, 5 March 2030, 14:00–15:00 (UTC)");
        mail.Text.ShouldContain("Place changed: (none) → Room 4");
        mail.Html.ShouldContain("Room 4");
        Libical.ShouldAccept(mail.Calendar!);
        mail.Method.ShouldBe("REQUEST");
        mail.Property("UID").ShouldBe(id);
        mail.Sequence().ShouldBe(1);
        mail.Property("DTSTAMP").ShouldBe("20300304T090500Z");
        mail.Property("DTSTART").ShouldBe("20300305T140000Z");
        mail.Property("SUMMARY").ShouldBe("Kickoff 2");

        (await ana.Patch($"/api/meetings/{id}/", new { location = "" })).ShouldBe(200);
        var next = (await post.NewMails())[0];
        next.Text.ShouldContain("Place changed: Room 4 → (none)");
        next.Text.ShouldNotContain("Time changed");
        next.Sequence().ShouldBe(2);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Nobody_is_mailed_when_nothing_of_theirs_changed(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();

        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff", location = "", start_time = "2030-03-05T11:00+01:00" })).ShouldBe(200);
        (await ana.Patch($"/api/meetings/{id}/", new { reminder_minutes = 5 })).ShouldBe(200);
        (await ana.Put($"/api/meetings/{id}/", new
        {
            title = "Kickoff", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z", timezone = "UTC",
            participants = new[] { new { email = "ben@example.com", name = "Benjamin" }, new { email = "CY@example.com", name = "Cyril" } },
        })).ShouldBe(200);
        (await post.NewMails()).ShouldBeEmpty();
        ((int)(await ana.Get($"/api/meetings/{id}/"))["sequence"]!).ShouldBe(0);
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task Cancelling_removes_the_meeting_from_everybodys_calendar(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        foreach (var way in (string[])["cancel", "patch", "delete"])
        {
            var (ana, id) = await post.Kickoff(way);
            var reply = way switch
            {
                "cancel" => await ana.Post($"/api/meetings/{id}/cancel/"),
                "patch" => await ana.Patch($"/api/meetings/{id}/", new { status = "cancelled" }),
                _ => await ana.Delete($"/api/meetings/{id}/"),
            };
            reply.Status.ShouldBeOneOf(200, 204);

            var mails = await post.NewMails();
            mails.Select(m => m.To).ShouldBe(["ben <ben@example.com>", "cy <cy@example.com>"], way);
            foreach (var mail in mails)
            {
                mail.Subject.ShouldStartWith("Cancelled: Kickoff @ ");
                ShouldCancel(mail, id);
                mail.Sequence().ShouldBe(1, "later than the invitation");
            }

            if (way != "delete")
                (await ana.Delete($"/api/meetings/{id}/")).ShouldBe(204);
            (await post.NewMails()).ShouldBeEmpty("nobody is told twice");
        }
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task Who_is_taken_off_is_told_and_the_others_are_not(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        var ben = (long)(await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["id"]!;

        (await ana.Delete($"/api/meetings/{id}/participants/{ben}/")).ShouldBe(204);
        var mail = await post.NewMail();
        mail.To.ShouldBe("ben <ben@example.com>");
        ShouldCancel(mail, id);
        mail.Attendees().ShouldHaveSingleItem().ShouldEndWith(":mailto:ben@example.com", customMessage: "the others stay in the meeting");

        (await ana.Patch($"/api/meetings/{id}/", new { participants = new[] { new { email = "dora@example.com" } } })).ShouldBe(200);
        var mails = await post.NewMails();
        mails.Select(m => (m.To, m.Method)).ShouldBe([("cy <cy@example.com>", "CANCEL"), ("dora@example.com", "REQUEST")]);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Who_is_busy_at_the_new_time_and_may_be_skipped_is_left_out_and_told(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        await ana.Book("Lunch", "2030-03-05T12:00Z", "2030-03-05T13:00Z", "ben@example.com");
        await post.NewMails();

        var moved = (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-05T12:30Z", end_time = "2030-03-05T13:30Z", conflict_policy = "skip" })).ShouldBe(200);
        moved.Emails("skipped_participants").ShouldBe(["ben@example.com"]);
        (await post.NewMails()).Select(m => (m.To, m.Method)).ShouldBe([("ben <ben@example.com>", "CANCEL"), ("cy <cy@example.com>", "REQUEST")]);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Who_has_declined_and_comes_after_all_gets_the_meeting_as_it_is_now(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        await Decline(ana, id, 0);
        (await ana.Patch($"/api/meetings/{id}/", new { location = "Room 7" })).ShouldBe(200);
        await post.NewMails();

        var guest = (long)(await ana.Get($"/api/meetings/{id}/"))["participants"]![0]!["id"]!;
        (await ana.Patch($"/api/meetings/{id}/participants/{guest}/status/", new { status = "accepted" })).ShouldBe(200);
        var again = await post.NewMail();
        again.To.ShouldBe("ben <ben@example.com>");
        again.Calendar!.ShouldContain("LOCATION:Room 7");
        again.Calendar!.ShouldContain("SEQUENCE:1");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Who_has_declined_hears_no_more(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        await Decline(ana, id, 0);

        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff 2" })).ShouldBe(200);
        var update = await post.NewMail();
        update.To.ShouldBe("cy <cy@example.com>");
        update.Attendees().First().ShouldContain("PARTSTAT=DECLINED");
        (await ana.Post($"/api/meetings/{id}/notify/", new { type = "reminder" })).ShouldBe(200);
        (await post.NewMail()).To.ShouldBe("cy <cy@example.com>");
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        (await post.NewMail()).To.ShouldBe("cy <cy@example.com>");
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task Who_is_added_later_gets_an_invitation_to_the_meeting_as_it_is_now(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff 2" })).ShouldBe(200);
        await post.NewMails();

        (await ana.Post($"/api/meetings/{id}/participants/", new { email = "dora@example.com", name = "Dora" })).ShouldBe(201);
        var mail = await post.NewMail();
        mail.To.ShouldBe("Dora <dora@example.com>");
        mail.Subject.ShouldStartWith("Invitation: Kickoff 2 @ ");
        Libical.ShouldAccept(mail.Calendar!);
        mail.Sequence().ShouldBe(1);
        mail.Attendees().Count().ShouldBe(3);

        (await ana.Put($"/api/meetings/{id}/", new
        {
            title = "Kickoff 3", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z",
            participants = new[] { new { email = "ben@example.com" }, new { email = "eve@example.com" } },
        })).ShouldBe(200);
        (await post.NewMails()).Select(m => (m.To, m.Subject.Split(' ')[0])).ShouldBe(
            [("Dora <dora@example.com>", "Cancelled:"), ("ben <ben@example.com>", "Updated:"), ("cy <cy@example.com>", "Cancelled:"), ("eve@example.com", "Invitation:")]);
    }

    [SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task A_meeting_that_is_on_again_is_a_new_invitation_to_the_same_event(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        await post.NewMails();

        post.Advance(Duration.FromMinutes(1));
        (await ana.Patch($"/api/meetings/{id}/", new { status = "scheduled" })).ShouldBe(200);
        var mails = await post.NewMails();
        mails.Select(m => m.To).ShouldBe(["ben <ben@example.com>", "cy <cy@example.com>"]);
        mails[0].Subject.ShouldStartWith("Invitation: ");
        Libical.ShouldAccept(mails[0].Calendar!);
        mails[0].Property("UID").ShouldBe(id);
        mails[0].Property("STATUS").ShouldBe("CONFIRMED");
        mails[0].Sequence().ShouldBe(2, "later than the cancellation");
    }

    private static async Task Decline(Caller ana, string id, int participant)
    {
        var pid = (long)(await ana.Get($"/api/meetings/{id}/"))["participants"]![participant]!["id"]!;
        (await ana.Patch($"/api/meetings/{id}/participants/{pid}/status/", new { status = "declined" })).ShouldBe(200);
    }

    private static void ShouldCancel(ReceivedMail mail, string id)
    {
        Libical.ShouldAccept(mail.Calendar!);
        mail.Method.ShouldBe("CANCEL");
        mail.Lines().ShouldContain("METHOD:CANCEL");
        mail.Property("UID").ShouldBe(id);
        mail.Property("STATUS").ShouldBe("CANCELLED");
        mail.Attachment.ShouldBe(mail.Calendar);
    }
}
