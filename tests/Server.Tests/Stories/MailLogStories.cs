using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// The log of what was mailed about a meeting, and mailing it again.
public sealed class MailLogStories
{
    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task The_log_tells_what_was_sent_to_whom_when_and_why_not(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--reject-rcpt=cy@example.com");
        var ana = await post.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;

        foreach (var mail in await MailHouse.Log(ana, id))
        {
            mail.Select(p => p.Key).ShouldBe(["id", "meeting", "email", "notification_type", "message", "is_sent", "sent_at", "status", "created_at", "attempts", "next_attempt_at", "error"], ignoreOrder: true);
            Facts(mail).ShouldBe("invitation|queued|attempts 0");
            ((string)mail["meeting"]!).ShouldBe(id);
            ((bool)mail["is_sent"]!).ShouldBeFalse();
            mail["sent_at"].ShouldBeNull();
            mail["error"].ShouldBeNull();
        }

        post.Advance(Duration.FromMinutes(1));
        await post.NewMail();
        var log = await MailHouse.Log(ana, id);
        var sent = log.Single(m => (string)m["email"]! == "ben@example.com");
        Facts(sent).ShouldBe("invitation|sent|attempts 1");
        ((bool)sent["is_sent"]!).ShouldBeTrue();
        ((string)sent["sent_at"]!).ShouldStartWith("2030-03-04T09:01:00");
        ((string)sent["created_at"]!).ShouldStartWith("2030-03-04T09:00:00");
        ((string)sent["message"]!).ShouldBe("Invitation: Kickoff");
        sent["next_attempt_at"].ShouldBeNull();
        var failed = log.Single(m => (string)m["email"]! == "cy@example.com");
        Facts(failed).ShouldBe("invitation|failed|attempts 1");
        ((bool)failed["is_sent"]!).ShouldBeFalse();
        ((string)failed["error"]!).ShouldContain("no such");
        failed["next_attempt_at"].ShouldBeNull();

        (await ana.Patch($"/api/meetings/{id}/", new { title = "Kickoff 2" })).ShouldBe(200);
        (await MailHouse.Log(ana, id)).Select(m => (string)m["notification_type"]!).ShouldBe(["update", "update", "invitation", "invitation"], "newest first");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_who_runs_the_meeting_may_read_the_log(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, cy, eve) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("cy"), await house.SignUp("eve"));
        var id = (await ana.Post("/api/meetings/", new
        {
            title = "Kickoff", start_time = "2030-03-05T10:00Z", end_time = "2030-03-05T11:00Z",
            participants = new[] { new { email = ben.Email, role = "attendee" }, new { email = cy.Email, role = "cohost" } },
        })).ShouldBe(201).Id;

        (await MailHouse.Log(cy, id)).Count.ShouldBe(2);
        (await ben.Get($"/api/meetings/{id}/notifications/")).ShouldBe(403);
        (await eve.Get($"/api/meetings/{id}/notifications/")).ShouldBe(404);
        (await house.Somebody().Get($"/api/meetings/{id}/notifications/")).ShouldBe(401);
        (await ben.Post($"/api/meetings/{id}/notify/")).ShouldBe(403)["detail"]!.ToString().ShouldBe("Only the organiser can send notifications.");
        (await eve.Post($"/api/meetings/{id}/notify/")).ShouldBe(404);
        (await cy.Post($"/api/meetings/{id}/notify/")).ShouldBe(200);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Notify_mails_everybody_again_by_default_a_reminder(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();

        var reply = (await ana.Post($"/api/meetings/{id}/notify/")).ShouldBe(200);
        reply["results"]!.ToJsonString().ShouldBe("""{"ben@example.com":true,"cy@example.com":true}""");
        (await post.NewMails()).Select(m => (m.To, m.Subject.Split(' ')[0])).ShouldBe([("ben <ben@example.com>", "Reminder:"), ("cy <cy@example.com>", "Reminder:")]);
        foreach (var (type, word) in ((string, string)[])[("invitation", "Invitation:"), ("update", "Updated:"), ("reminder", "Reminder:")])
        {
            (await ana.Post($"/api/meetings/{id}/notify/", new { type })).ShouldBe(200);
            (await post.NewMails()).Select(m => m.Subject.Split(' ')[0]).ShouldBe([word, word]);
        }
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Notify_says_nothing_that_is_not_true(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, id) = await post.Kickoff();
        const string Nobody = """{"ben@example.com":false,"cy@example.com":false}""";

        (await ana.Post($"/api/meetings/{id}/notify/", new { type = "party" })).ShouldBe(400)["detail"]!.ToString()
            .ShouldBe("Type must be one of: ['invitation', 'update', 'cancellation', 'reminder']");
        (await ana.Post($"/api/meetings/{id}/notify/", new { type = "cancellation" })).ShouldBe(200)["results"]!.ToJsonString().ShouldBe(Nobody);
        (await post.NewMails()).ShouldBeEmpty();

        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        (await post.NewMails()).Count.ShouldBe(2);
        foreach (var type in (string[])["invitation", "update", "reminder"])
            (await ana.Post($"/api/meetings/{id}/notify/", new { type })).ShouldBe(200)["results"]!.ToJsonString().ShouldBe(Nobody);
        (await post.NewMails()).ShouldBeEmpty();
        (await ana.Post($"/api/meetings/{id}/notify/", new { type = "cancellation" })).ShouldBe(200);
        (await post.NewMails()).Select(m => m.Method).ShouldBe(["CANCEL", "CANCEL"]);
    }

    private static string Facts(JsonObject mail) => $"{mail["notification_type"]}|{mail["status"]}|attempts {mail["attempts"]}";
}
