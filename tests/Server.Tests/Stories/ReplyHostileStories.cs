using System.Net.Http.Headers;
using System.Text;
using Convene.Tests;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Mail that is not what it claims to be.
public sealed class ReplyHostileStories
{
    [Peers.SmtpTheory, OnSqlite, OnPostgres]
    public async Task Nobody_answers_for_somebody_else(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;
        var other = (await ana.Book("Other", "2030-03-06T10:00Z", "2030-03-06T11:00Z", "ben@example.com")).Id;
        var mails = await house.NewMails();
        var (bens, cys) = (mails.First(m => m.To.Contains("ben", StringComparison.Ordinal) && m.Property("UID") == id), mails.First(m => m.To.Contains("cy@", StringComparison.Ordinal)));
        var bensOther = mails.First(m => m.Property("UID") == other);
        var answer = bens.Answer();
        var tag = answer.To.Split('+', '@')[1];

        foreach (var (forged, why) in new[]
        {
            (answer with { To = ReplyHouse.Address }, "Nothing proves that it comes from ben@example.com"),
            (answer with { To = "reply+@meet.example.com" }, "Nothing proves"),
            (answer with { To = $"reply+{new string('a', 20)}@meet.example.com" }, "Nothing proves"),
            (answer with { To = $"reply+{tag}@evil.example.com" }, "Nothing proves"),
            (answer with { To = $"other+{tag}@meet.example.com" }, "Nothing proves"),
            (answer with { To = $"reply+{tag}x@meet.example.com" }, "Nothing proves"),
            (answer with { To = bensOther.Organizer() }, "Nothing proves"),
            (answer with { To = cys.Organizer() }, "It was sent to the address that cy@example.com was given, and answers for ben@example.com."),
            (cys.Answer() with { From = "cy@example.com", Attendee = "ben@example.com" }, "It was sent to the address that cy@example.com was given"),
            (answer with { Attendee = "zoe@example.com", From = "zoe@example.com" }, "zoe@example.com is not invited."),
            (answer with { Attendee = "zoe@example.com" }, "zoe@example.com is not invited."),
            (answer with { Attendee = "ana@example.com" }, "ana@example.com is not invited."),
            (answer with { Uid = Guid.NewGuid().ToString() }, "There is no meeting with this UID."),
            (answer with { Uid = "' OR 1=1 --" }, "There is no meeting with this UID."),
            (answer with { Uid = other }, "Nothing proves"),
            (answer with { PartStat = "COMPLETED" }, "COMPLETED is no answer to a meeting."),
        })
        {
            foreach (var (_, write) in ClientMails.All)
                ((string)(await house.HandIn(write(forged), "refused"))["reason"]!).ShouldStartWith(why);
        }

        foreach (var meeting in new[] { id, other })
            (await ReplyHouse.Answers(ana, meeting)).Values.ShouldAllBe(s => s == "pending");
        (await house.NewMails()).ShouldBeEmpty("who writes without being invited is not written to");

        // Ben writes from another address of his, or his assistant does: the address that only he was given proves it. Mail servers change its case.
        await house.HandIn(ClientMails.Gmail(answer with { From = "assistant@example.com", Attendee = "ben@example.com", To = answer.To.ToUpperInvariant() }), "answered");
        // The mail that is answered proves it too: nobody else knows its Message-ID.
        house.Advance(Duration.FromMinutes(1));
        var quoted = cys.Answer("DECLINED") with { To = "ana@example.com", Stamp = house.Stamp, Head = $"In-Reply-To: {cys.MessageId}\r\n" };
        await house.HandIn(ClientMails.Exchange(quoted), "answered");
        await house.HandIn(ClientMails.Exchange(quoted with { From = "ben@example.com" }), "refused");
        (await ReplyHouse.Answers(ana, id)).ShouldBe(new Dictionary<string, string> { ["ben@example.com"] = "accepted", ["cy@example.com"] = "declined" }, ignoreOrder: true);

        // Taken off the list, it is over.
        var participant = (await ana.Get($"/api/meetings/{id}/"))["participants"]!.AsArray().Single(p => (string)p!["email"]! == "ben@example.com")!["id"];
        (await ana.Delete($"/api/meetings/{id}/participants/{participant}/")).ShouldBe(204);
        ((string)(await house.HandIn(ClientMails.Gmail(answer), "refused"))["reason"]!).ShouldBe("ben@example.com is not invited.");
    }

    [Peers.SmtpTheory, OnSqlite]
    public async Task Where_the_mail_server_checks_senders_the_sender_is_proof(string engine)
    {
        await using var house = await ReplyHouse.Open(engine, "INBOUND_MAIL_SENDERS_CHECKED=true");
        var ana = await house.House.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var answer = (await house.NewMail("ben@example.com")).Answer() with { To = ReplyHouse.Address };
        await house.HandIn(ClientMails.Gmail(answer with { From = "cy@example.com", Attendee = "ben@example.com" }), "refused");
        await house.HandIn(ClientMails.Gmail(answer), "answered");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_no_answer_is_told_and_changes_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine, $"INBOUND_MAIL_ADDRESS={ReplyHouse.Address}", $"INBOUND_MAIL_SECRET={ReplyHouse.Secret}");
        var mta = house.Somebody();
        mta.Bearer(ReplyHouse.Secret);
        async Task<Reply> HandIn(byte[] mail, string type = "message/rfc822")
        {
            using var content = new ByteArrayContent(mail);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            return await mta.Send(HttpMethod.Post, "/api/inbound-mail/", content);
        }

        static byte[] Mail(string body, string head = "") => Encoding.UTF8.GetBytes($"From: ben@example.com\nTo: {ReplyHouse.Address}\n{head}\n{body}");
        const string Ics = "Content-Type: text/calendar; method=REPLY\n";
        const string Event = "BEGIN:VEVENT\nUID:x\nDTSTAMP:20300304T090000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\nEND:VEVENT\n";
        foreach (var (mail, outcome) in new[]
        {
            (Mail("See you!"), "nothing_new"),
            (Mail("I am away", "Auto-Submitted: auto-replied\n"), "nothing_new"),
            (Mail("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\n" + Event + "END:VCALENDAR\n", Ics), "nothing_new"),
            (Mail("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REPLY\nEND:VCALENDAR\n", Ics), "refused"),
            (Mail("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REPLY\n" + string.Concat(Enumerable.Repeat(Event, 51)) + "END:VCALENDAR\n", Ics), "refused"),
            (Mail("BEGIN:VCALENDAR\nVERSION:2.0\n" + Event + "END:VCALENDAR\n", Ics), "refused"),
            (Mail("hello", Ics), "refused"),
            (Mail(new string('x', 2_000_000), Ics), "refused"),
            (Mail(string.Concat(Enumerable.Repeat("BEGIN:X\n", 1_000)), Ics), "refused"),
        })
        {
            var reply = (await HandIn(mail)).ShouldBe(200);
            ((string)reply["outcome"]!).ShouldBe(outcome, reply.Text);
            ((string)reply["reason"]!).ShouldEndWith(".");
            reply["meeting_id"].ShouldBeNull();
        }

        // What a mail server has to know.
        (await HandIn("<html>"u8.ToArray())).ShouldBe(400);
        (await HandIn([])).ShouldBe(400);
        (await HandIn(new byte[(5 << 20) + 1])).ShouldBe(413);
        (await HandIn(Mail("x"), "application/json")).ShouldBe(415);
        (await HandIn(Mail("x"), "application/octet-stream")).ShouldBe(200);
        foreach (var wrong in new[] { null, "Bearer", "Bearer x", $"Bearer {ReplyHouse.Secret}x", $"Token {ReplyHouse.Secret}", ReplyHouse.Secret })
        {
            mta.Authorization(wrong);
            (await HandIn(Mail("x"))).ShouldBe(401);
        }
    }

    [Theory, OnSqlite]
    public async Task Where_nothing_is_set_no_mail_is_taken_and_invitations_are_as_ever(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        (await ana.Send(HttpMethod.Post, "/api/inbound-mail/", "From: a@example.com\n\n")).ShouldBe(404);
        await house.DeliverMail();
        (await house.Mails()).Single(m => m.To.Contains("ben", StringComparison.Ordinal)).Organizer().ShouldBe("ana@example.com");
    }
}
