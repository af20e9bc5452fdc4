using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Which mail about meetings somebody wants, and what happens to what they do not.
public sealed class MailChoiceStories
{
    private const string Me = "/api/auth/me/";

    [Theory, OnSqlite, OnPostgres]
    public async Task Everything_but_answers_is_on_until_somebody_says_otherwise(string engine)
    {
        await using var house = await TestHouse.Open(engine, "REMINDER_MINUTES=20");
        var ana = await house.SignUp("ana");
        var me = (await ana.Get(Me)).ShouldBe(200);
        Choices(me).ShouldBe("""{"invitations":true,"changes":true,"cancellations":true,"answers":false,"reminders":true}""");
        ((int)me["default_reminder_minutes"]!).ShouldBe(20, "the server's");

        (await ana.Patch(Me, new { notifications = new { answers = true, reminders = false }, default_reminder_minutes = 5 })).ShouldBe(200);
        Choices(await ana.Patch(Me, new { first_name = "Anna" })).ShouldBe("""{"invitations":true,"changes":true,"cancellations":true,"answers":true,"reminders":false}""", "what is absent stays");
        var put = (await ana.Put("/api/auth/profile/", new { notifications = new { reminders = true, invitations = false } })).ShouldBe(200);
        Choices(put).ShouldBe("""{"invitations":false,"changes":true,"cancellations":true,"answers":true,"reminders":true}""");
        ((int)put["default_reminder_minutes"]!).ShouldBe(5);
        (await ana.Get(Me)).Text.ShouldBe(put.Text);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mistakes_are_told_and_change_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var before = (await ana.Get(Me)).Text;
        foreach (var wrong in (string[])["[]", "true", "null", "\"invitations\"", "{\"party\":true}", "{\"answers\":1}", "{\"answers\":\"true\"}", "{\"answers\":null}", "{\"answers\":true,\"Changes\":false}"])
            (await ana.Patch(Me, $$"""{"first_name":"Eve","notifications":{{wrong}}}""")).ShouldBe(400, wrong).Error("notifications").ShouldNotBeEmpty(wrong);
        foreach (var wrong in (string[])["-1", "40321", "\"soon\"", "1.5", "{}"])
            (await ana.Patch(Me, $$"""{"first_name":"Eve","default_reminder_minutes":{{wrong}}}""")).ShouldBe(400, wrong).Error("default_reminder_minutes").ShouldNotBeEmpty(wrong);
        (await ana.Get(Me)).Text.ShouldBe(before);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task What_somebody_does_not_want_is_not_sent_and_the_log_says_why(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, ben) = (await post.House.SignUp("ana"), await post.House.SignUp("ben"));
        await Want(ben, new { invitations = false, changes = false, cancellations = false, reminders = false });
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "guest@example.com")).Id;
        (await ana.Patch($"/api/meetings/{id}/", new { location = "Office" })).ShouldBe(200);
        (await ana.Post($"/api/meetings/{id}/notify/", new { type = "reminder" })).ShouldBe(200)["results"]!.ToJsonString()
            .ShouldBe("""{"ben@example.com":false,"guest@example.com":true}""");
        post.Advance(Duration.FromHours(24) + Duration.FromMinutes(40));
        await post.House.Remind();
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);

        var mails = await post.NewMails();
        mails.Where(m => m.To.Contains("ben@", StringComparison.Ordinal)).ShouldBeEmpty();
        mails.Count(m => m.To.Contains("guest@", StringComparison.Ordinal)).ShouldBe(5, "a guest can't choose, and is told all");
        var his = (await MailHouse.Log(ana, id)).Where(m => (string)m["email"]! == "ben@example.com").ToList();
        his.Select(m => $"{m["notification_type"]} {m["status"]} {m["is_sent"]} {m["attempts"]}").ShouldBe(
            ["cancellation unwanted false 0", "reminder unwanted false 0", "reminder unwanted false 0", "update unwanted false 0", "invitation unwanted false 0"]);
        his.ShouldAllBe(m => m["sent_at"] == null && m["next_attempt_at"] == null);
        (await ben.Get($"/api/meetings/{id}/")).ShouldBe(200, "he is in it all the same");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Each_choice_is_about_its_own_mail(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, ben) = (await post.House.SignUp("ana"), await post.House.SignUp("ben"));
        await Want(ben, new { changes = false });
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        (await post.NewMail()).Subject.ShouldStartWith("Invitation:");
        (await ana.Patch($"/api/meetings/{id}/", new { location = "Office" })).ShouldBe(200);
        (await post.NewMails()).ShouldBeEmpty();
        await Want(ben, new { changes = true, cancellations = false });
        (await ana.Patch($"/api/meetings/{id}/", new { location = "Home" })).ShouldBe(200);
        (await post.NewMail()).Subject.ShouldStartWith("Updated:");
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        (await post.NewMails()).ShouldBeEmpty("and what became unwanted is not sent later");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task What_somebody_needs_for_their_own_security_is_no_choice(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var ana = await post.House.SignUp("ana");
        await Want(ana, new { invitations = false, changes = false, cancellations = false, answers = false, reminders = false });
        (await post.House.Somebody().Post("/api/auth/forgot-password/", new { email = "ana@example.com" })).ShouldBe(200);
        (await ana.Post("/api/auth/verify-email/resend/")).ShouldBe(200);
        (await post.NewMails()).ShouldHaveSingleItem().Subject.ShouldBe("Set a new password");
        (await post.Smtp.Mails()).Count(m => m.Subject.StartsWith("Confirm", StringComparison.Ordinal)).ShouldBe(2);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_host_who_asks_for_it_is_told_of_every_answer(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        var (ana, ben) = (await post.House.SignUp("ana", "Asia/Dhaka"), await post.House.SignUp("ben"));
        var meeting = await ana.Book("Kickoff & <co>", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var path = $"/api/meetings/{meeting.Id}/participants/{meeting["participants"]![0]!["id"]}/status/";
        await post.NewMail();
        (await ben.Patch(path, new { status = "accepted" })).ShouldBe(200);
        (await post.NewMails()).ShouldBeEmpty("nobody has asked for it");
        (await MailHouse.Log(ana, meeting.Id)).Count.ShouldBe(1);

        await Want(ana, new { answers = true });
        (await ben.Patch(path, new { status = "declined" })).ShouldBe(200);
        var mail = await post.NewMail();
        mail.To.ShouldBe("Ana <ana@example.com>");
        mail.From.ShouldStartWith("ben via Convene <");
        mail.ReplyTo.ShouldBe("ben <ben@example.com>");
        mail.Subject.ShouldBe("ben declined: Kickoff & <co> @ Tuesday, 5 March 2030, 16:00–17:00 (Asia/Dhaka, UTC+06)");
        mail.Text.ShouldStartWith("ben declined.");
        mail.Text.ShouldContain("Kickoff & <co>");
        mail.Html.ShouldContain("Kickoff &amp; &lt;co&gt;");
        mail.Calendar.ShouldBeNull();
        var log = (await MailHouse.Log(ana, meeting.Id))[0];
        ((string)log["notification_type"]!).ShouldBe("answer");
        ((string)log["status"]!).ShouldBe("sent");

        (await ben.Patch(path, new { status = "declined" })).ShouldBe(200);
        (await ana.Patch(path, new { status = "accepted" })).ShouldBe(200);
        (await post.NewMails()).ShouldBeEmpty("the same answer again is no news, and neither is what she entered herself");
        foreach (var (status, words) in ((string, string)[])[("tentative", "ben may come: "), ("pending", "ben is undecided: "), ("accepted", "ben accepted: ")])
        {
            (await ben.Patch(path, new { status })).ShouldBe(200);
            (await post.NewMail()).Subject.ShouldStartWith(words);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Meetings_that_say_nothing_remind_as_their_host_has_chosen(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        (await ana.Book("Server's", "2030-03-05T10:00Z", "2030-03-05T11:00Z"))["reminder_minutes"]!.ToString().ShouldBe("30");
        (await ana.Patch(Me, new { default_reminder_minutes = 90 })).ShouldBe(200);
        (await ana.Book("Hers", "2030-03-06T10:00Z", "2030-03-06T11:00Z", "ben@example.com"))["reminder_minutes"]!.ToString().ShouldBe("90");
        (await ben.Book("His", "2030-03-07T10:00Z", "2030-03-07T11:00Z", "ana@example.com"))["reminder_minutes"]!.ToString().ShouldBe("30", "it is the host's choice");
        (await ana.Patch(Me, """{"default_reminder_minutes":null}""")).ShouldBe(200)["default_reminder_minutes"].ShouldBeNull();
        (await ana.Book("None", "2030-03-08T10:00Z", "2030-03-08T11:00Z"))["reminder_minutes"].ShouldBeNull();
        (await ana.Post("/api/meetings/", new { title = "Said", start_time = "2030-03-09T10:00Z", end_time = "2030-03-09T11:00Z", reminder_minutes = 7 })).ShouldBe(201)["reminder_minutes"]!.ToString().ShouldBe("7");
        (await ana.Patch(Me, new { default_reminder_minutes = 0 })).ShouldBe(200)["default_reminder_minutes"]!.ToString().ShouldBe("0");
        (await ana.Book("At the start", "2030-03-10T10:00Z", "2030-03-10T11:00Z"))["reminder_minutes"]!.ToString().ShouldBe("0");
    }

    private static async Task Want(Caller caller, object notifications) => (await caller.Patch(Me, new { notifications })).ShouldBe(200);

    private static string Choices(Reply me) => ((JsonObject)me["notifications"]!).ToJsonString();
}
