using System.Text.Json.Nodes;
using Convene.Server.Outside.Mail;
using Convene.Server.Tests.Peers;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Mail servers are down, overloaded, or refuse somebody.
public sealed class MailRetryStories
{
    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task While_the_mail_server_is_down_mail_waits_and_is_tried_again_after_a_pause(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--down");
        var (ana, id) = await Kickoff(post, "ben@example.com");
        await post.House.DeliverMail();
        var waiting = await Only(ana, id);
        Facts(waiting).ShouldBe("queued|attempts 1");
        ((string)waiting["error"]!).ShouldNotBeEmpty();
        ((string)waiting["next_attempt_at"]!).ShouldStartWith("2030-03-04T09:00:15");

        (await post.House.DeliverMail()).ShouldBe(0, "not before the pause is over");
        post.Advance(Duration.FromSeconds(15));
        await post.House.DeliverMail();
        ((string)(await Only(ana, id))["next_attempt_at"]!).ShouldStartWith("2030-03-04T09:00:45", customMessage: "the pause grows");

        await post.Smtp.ComeUp();
        (await post.House.DeliverMail()).ShouldBe(0);
        post.Advance(Duration.FromSeconds(30));
        (await post.NewMail()).To.ShouldBe("ben <ben@example.com>");
        var sent = await Only(ana, id);
        Facts(sent).ShouldBe("sent|attempts 3");
        sent["error"].ShouldBeNull();
        post.Advance(Duration.FromDays(1));
        (await post.House.DeliverMail()).ShouldBe(0);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_mail_that_is_put_off_comes_later_under_the_same_message_id(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--fail-first=2");
        // The first of the two failures is for the mail that confirms Ana's address.
        var (ana, id) = await Kickoff(post, "ben@example.com");
        await post.House.DeliverMail();
        Facts(await Only(ana, id)).ShouldBe("queued|attempts 1");
        ((string)(await Only(ana, id))["error"]!).ShouldContain("Try again later");

        post.Advance(Duration.FromSeconds(15));
        var mail = await post.NewMail();
        Facts(await Only(ana, id)).ShouldBe("sent|attempts 2");
        post.Smtp.Refused().Count(m => m.Contains(mail.MessageId, StringComparison.Ordinal)).ShouldBe(1);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_recipient_who_is_put_off_is_tried_again_and_holds_up_nobody(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--fail-first=2", "--fail-at=rcpt", "--fail-with=450 4.2.0 Greylisted, come back later");
        var (ana, id) = await Kickoff(post, "ben@example.com", "cy@example.com");
        (await post.NewMail()).To.ShouldBe("cy <cy@example.com>");
        (await MailHouse.Log(ana, id)).Select(Facts).ShouldBe(["sent|attempts 1", "queued|attempts 1"]);

        post.Advance(Duration.FromSeconds(15));
        (await post.NewMail()).To.ShouldBe("ben <ben@example.com>");
        (await MailHouse.Log(ana, id)).Select(Facts).ShouldBe(["sent|attempts 1", "sent|attempts 2"]);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_recipient_who_is_refused_for_good_is_given_up_at_once_and_holds_up_nobody(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--reject-rcpt=ben@example.com");
        var (ana, id) = await Kickoff(post, "ben@example.com", "cy@example.com");
        (await post.NewMail()).To.ShouldBe("cy <cy@example.com>");
        var log = await MailHouse.Log(ana, id);
        log.Select(Facts).ShouldBe(["sent|attempts 1", "failed|attempts 1"]);
        ((string)log[1]["error"]!).ShouldContain("no such");

        post.Advance(Duration.FromDays(1));
        (await post.House.DeliverMail()).ShouldBe(0);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_mail_server_that_never_answers_holds_up_nobody_for_long(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--slow=ben@example.com");
        var (ana, id) = await Kickoff(post, "ben@example.com", "cy@example.com");

        await post.House.DeliverMail().WaitAsync(SmtpMailer.Patience + TimeSpan.FromSeconds(10));
        var log = await MailHouse.Log(ana, id);
        log.Select(Facts).ShouldBe(["sent|attempts 1", "queued|attempts 1"]);
        ((string)log[1]["error"]!).ShouldContain("did not finish within 20 seconds");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Mails_about_a_meeting_reach_a_person_in_the_order_of_what_happened(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--down");
        var (ana, id) = await Kickoff(post, "ben@example.com");
        await post.House.DeliverMail();
        post.Advance(Duration.FromSeconds(5));
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);

        // The cancellation is due now, the invitation in ten seconds. A calendar that is told to cancel what it does not know ignores it;
        // if the invitation came after that, the meeting would stay there for good.
        await post.Smtp.ComeUp();
        for (var seconds = 0; seconds < 120; seconds += 10)
        {
            await post.House.DeliverMail();
            post.Advance(Duration.FromSeconds(10));
        }

        (await post.Smtp.Mails()).Where(MailHouse.IsAboutMeeting).Last().Method.ShouldBe("CANCEL");
        (await MailHouse.Log(ana, id)).ShouldNotContain(m => (string)m["status"]! == "queued");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task After_three_days_in_vain_a_mail_is_given_up(string engine)
    {
        await using var post = await MailHouse.Open(engine, "--down");
        var (ana, id) = await Kickoff(post, "ben@example.com");
        for (var hour = 0; hour < 72; hour++)
        {
            await post.House.DeliverMail();
            post.Advance(Duration.FromHours(1));
        }

        var trying = await Only(ana, id);
        ((string)trying["status"]!).ShouldBe("queued");
        ((int)trying["attempts"]!).ShouldBeInRange(60, 80, "the pause never gets longer than an hour");
        post.Advance(Duration.FromHours(1));
        await post.House.DeliverMail();
        var given = await Only(ana, id);
        ((string)given["status"]!).ShouldBe("failed");
        ((string)given["error"]!).ShouldNotBeEmpty();
        given["next_attempt_at"].ShouldBeNull();

        await post.Smtp.ComeUp();
        post.Advance(Duration.FromDays(1));
        (await post.House.DeliverMail()).ShouldBe(0);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Two_nodes_that_send_at_once_never_send_the_same_mail(string engine)
    {
        await using var post = await MailHouse.Open(engine);
        await Kickoff(post, [.. Enumerable.Range(0, 20).Select(n => $"guest{n}@example.com")]);
        await using var other = await post.House.AnotherNode();

        await Task.WhenAll(post.House.DeliverMail(), other.DeliverMail(), post.House.DeliverMail(), other.DeliverMail());
        var mails = (await post.Smtp.Mails()).Where(MailHouse.IsAboutMeeting).ToList();
        mails.Count.ShouldBe(20);
        mails.Select(m => m.To).Distinct().Count().ShouldBe(20);
    }

    private static async Task<(Caller Ana, string Id)> Kickoff(MailHouse post, params string[] emails)
    {
        var ana = await post.House.SignUp("ana");
        return (ana, (await ana.Book("Kickoff", "2030-03-15T10:00Z", "2030-03-15T11:00Z", emails)).Id);
    }

    private static async Task<JsonObject> Only(Caller caller, string id) => (await MailHouse.Log(caller, id)).ShouldHaveSingleItem();

    private static string Facts(JsonObject mail) => $"{mail["status"]}|attempts {mail["attempts"]}";
}
