using Convene.Server.Tests.Peers;
using Convene.Tests;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Invitations answered with the buttons of a mail program.
public sealed class ReplyStories
{
    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Whatever_program_they_use_their_answer_arrives(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana", "Europe/Berlin");
        (await ana.Patch("/api/auth/me/", new { notifications = new { answers = true } })).ShouldBe(200);
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;
        var mails = await house.NewMails();
        var invitation = mails[0];
        invitation.Organizer().ShouldMatch(@"^reply\+[a-z2-7]{20}@meet\.example\.com$");
        invitation.Organizer().ShouldNotBe(mails[1].Organizer());
        invitation.ReplyTo!.ShouldContain("ana@example.com", Case.Sensitive, "what people write goes to the host");
        invitation.Lines().ShouldContain(l => l.StartsWith("ORGANIZER;CN=Ana;", StringComparison.Ordinal));

        var answers = new[] { ("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("TENTATIVE", "tentative") };
        var turn = 0;
        foreach (var (program, write) in ClientMails.All)
        {
            foreach (var (said, status) in answers)
            {
                house.Advance(Duration.FromMinutes(1));
                var windows = program == "Exchange";
                var reply = invitation.Answer(said) with
                {
                    Stamp = house.Stamp, Start = windows ? ";TZID=W. Europe Standard Time:20300305T110000" : ":20300305T100000Z",
                    End = windows ? ";TZID=W. Europe Standard Time:20300305T120000" : ":20300305T110000Z", Comment = $"Grüße {++turn}",
                };
                var what = await house.HandIn(write(reply), "answered");
                ((string)what["meeting_id"]!).ShouldBe(id);
                ((string)what["email"]!).ShouldBe("ben@example.com");
                (await ReplyHouse.Answers(ana, id)).ShouldBe(new Dictionary<string, string> { ["ben@example.com"] = status, ["cy@example.com"] = "pending" }, ignoreOrder: true, program);
                var told = await house.NewMail("ana@example.com");
                told.Subject.ShouldStartWith(status == "tentative" ? "ben may come" : $"ben {status}", Case.Sensitive, program);
                told.Text.ShouldContain($"Grüße {turn}");
                await house.HandIn(write(reply), "nothing_new");
            }
        }

        (await ana.Get($"/api/meetings/{id}/audit/")).ShouldBe(200).Json!.AsArray().Count(n => (string)n!["kind"]! == "meeting.answered" && ((string)n["reason"]!).StartsWith("Grüße", StringComparison.Ordinal)).ShouldBe(turn);
        (await house.NewMails()).ShouldBeEmpty();
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task An_older_answer_that_arrives_later_does_not_win(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        var invitation = await house.NewMail("ben@example.com");
        house.Advance(Duration.FromMinutes(20));

        await house.HandIn(ClientMails.Gmail(invitation.Answer("DECLINED") with { Stamp = "20300304T091000Z" }), "answered");
        await house.HandIn(ClientMails.Gmail(invitation.Answer() with { Stamp = "20300304T090500Z" }), "nothing_new");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("declined");
        // Calendars tell the second: within it the later mail counts.
        await house.HandIn(ClientMails.Gmail(invitation.Answer("TENTATIVE") with { Stamp = "20300304T091000Z" }), "answered");
        // A clock that is ahead does not outvote what is answered later.
        await house.HandIn(ClientMails.Gmail(invitation.Answer() with { Stamp = "20310101T000000Z" }), "answered");
        house.Advance(Duration.FromMinutes(1));
        await house.HandIn(ClientMails.Gmail(invitation.Answer("DECLINED") with { Stamp = house.Stamp }), "answered");

        // The link of the mail is a door to the same answer: what was sent before it and comes after it is older.
        house.Advance(Duration.FromMinutes(1));
        (await house.House.Somebody().Post("/api/rsvp/", new { token = invitation.Token, status = "accepted" })).ShouldBe(200);
        await house.HandIn(ClientMails.Apple(invitation.Answer("TENTATIVE") with { Stamp = "20300304T092100Z" }), "nothing_new");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("accepted");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task An_answer_to_an_older_invitation_counts_if_the_time_is_the_same(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        var first = await house.NewMail("ben@example.com");
        house.Advance(Duration.FromMinutes(10));
        (await ana.Patch($"/api/meetings/{id}/", new { location = "Room 5" })).ShouldBe(200);
        (await house.NewMail("ben@example.com")).Sequence().ShouldBe(1);

        // Only the place is another: whoever said yes to the time still says yes.
        house.Advance(Duration.FromMinutes(10));
        await house.HandIn(ClientMails.Apple(first.Answer() with { Stamp = house.Stamp }), "answered");
        await house.HandIn(ClientMails.Gmail(first.Answer("TENTATIVE") with { Stamp = house.Stamp }), "answered");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("tentative");

        // Now the time is another: the old yes is none, and they get the new invitation.
        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-05T14:00Z", end_time = "2030-03-05T15:00Z" })).ShouldBe(200);
        var update = await house.NewMail("ben@example.com");
        update.Sequence().ShouldBe(2);
        house.Advance(Duration.FromMinutes(10));
        foreach (var old in new[] { first.Answer() with { Start = ":20300305T100000Z", End = ":20300305T110000Z" }, first.Answer() })
        {
            await house.HandIn(ClientMails.Gmail(old with { Stamp = house.Stamp }), "sent_again");
            var again = await house.NewMail("ben@example.com");
            again.Method.ShouldBe("REQUEST");
            again.Sequence().ShouldBe(2);
            again.Text.ShouldContain("The time has changed since the invitation that you answered.");
            again.Organizer().ShouldBe(first.Organizer(), "one organizer for life");
        }

        // Apple's has no SEQUENCE: it answers what they were last told before it.
        await house.HandIn(ClientMails.Apple(first.Answer() with { Stamp = "20300304T090500Z" }), "sent_again");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("tentative");
        await house.HandIn(ClientMails.Apple(first.Answer() with { Stamp = house.Stamp }), "answered");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("accepted");
        // A program that counts up by itself is not wrong about the time.
        house.Advance(Duration.FromMinutes(1));
        await house.HandIn(ClientMails.Gmail(update.Answer("DECLINED") with { Sequence = 9, Stamp = house.Stamp }), "answered");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task One_dates_answer_never_touches_the_series(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana", "Europe/Berlin");
        var made = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-18T09:00", end_time = "2030-03-18T09:15", timezone = "Europe/Berlin",
            participants = new[] { new { email = "ben@example.com" } }, recurrence = new { frequency = "weekly", count = 4 },
        })).ShouldBe(201);
        var invitation = await house.NewMail("ben@example.com");
        invitation.Property("UID").ShouldBe((string)made["series"]!["id"]!);

        // Berlin's clocks change on 31 March 2030: the same wall time is another hour of UTC. Windows' name, Google's UTC, a date alone: all name one.
        await house.HandIn(ClientMails.Exchange(invitation.Answer("DECLINED") with { RecurrenceId = ";TZID=W. Europe Standard Time:20300325T090000" }), "answered");
        await house.HandIn(ClientMails.Gmail(invitation.Answer("TENTATIVE") with { RecurrenceId = ":20300401T070000Z" }), "answered");
        await house.HandIn(ClientMails.Thunderbird(invitation.Answer() with { RecurrenceId = ";VALUE=DATE:20300408" }), "answered");
        (await Answers(ana)).ShouldBe(["pending", "declined", "tentative", "accepted"]);

        var unknown = await house.HandIn(ClientMails.Gmail(invitation.Answer() with { RecurrenceId = ":20300326T080000Z" }), "refused");
        ((string)unknown["reason"]!).ShouldBe("The meeting does not take place on that date.");

        // Without a date it answers all that is to come; what is over stays.
        house.Advance(Duration.FromDays(15));
        await ana.SignIn();
        await house.HandIn(ClientMails.Apple(invitation.Answer() with { Stamp = house.Stamp }), "answered");
        (await Answers(ana)).ShouldBe(["pending", "accepted", "accepted", "accepted"]);

        // An answer to one date, made before that and arriving after it, is older than the answer to all.
        await house.HandIn(ClientMails.Gmail(invitation.Answer("DECLINED") with { RecurrenceId = ":20300401T070000Z", Stamp = "20300318T090000Z" }), "nothing_new");
        house.Advance(Duration.FromMinutes(1));
        var following = invitation.Answer("DECLINED") with { RecurrenceId = ";RANGE=THISANDFUTURE:20300401T070000Z", Stamp = house.Stamp };
        await house.HandIn(ClientMails.Gmail(following), "answered");
        (await Answers(ana)).ShouldBe(["pending", "accepted", "declined", "declined"]);

        // The series moves: an old answer to an old date gets the new ones.
        await house.NewMails();
        var next = (string)(await ana.Get($"/api/meetings/?series={made["series"]!["id"]}")).Json![1]!["id"]!;
        (await ana.Patch($"/api/meetings/{next}/?scope=all", new { start_time = "2030-03-25T10:00", end_time = "2030-03-25T10:15" })).ShouldBe(200);
        await house.NewMails();
        house.Advance(Duration.FromMinutes(1));
        await house.HandIn(ClientMails.Apple(invitation.Answer() with { Sequence = 0, RecurrenceId = ":20300401T070000Z", Stamp = house.Stamp }), "sent_again");
        (await house.NewMail("ben@example.com")).Lines().ShouldContain(l => l.StartsWith("RRULE:", StringComparison.Ordinal));
        async Task<string[]> Answers(Caller caller) =>
            [.. (await caller.Get($"/api/meetings/?series={made["series"]!["id"]}")).ShouldBe(200).Json!.AsArray().Select(m => (string)m!["participants"]![0]!["status"]!)];
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task The_invitation_is_sent_again_to_who_asks_but_not_for_ever(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        var invitation = await house.NewMail("ben@example.com");
        var refresh = invitation.Answer() with { Method = "REFRESH" };
        for (var i = 0; i < 3; i++)
        {
            await house.HandIn(ClientMails.Apple(refresh), "sent_again");
            var again = await house.NewMail("ben@example.com");
            (again.Method, again.Property("UID"), again.Organizer()).ShouldBe(("REQUEST", invitation.Property("UID"), invitation.Organizer()));
        }

        await house.HandIn(ClientMails.Apple(refresh), "nothing_new");
        // Two programs that write to each other: one of them stops.
        house.Advance(Duration.FromHours(2));
        await house.HandIn(ClientMails.Apple(refresh with { Head = "Auto-Submitted: auto-replied\r\n" }), "nothing_new");
        (await house.NewMails()).ShouldBeEmpty();
        await house.HandIn(ClientMails.Apple(refresh), "sent_again");
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Rooms_that_book_themselves_and_people_who_hand_on_are_understood(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "room@example.com", "ben@example.com")).Id;
        var mails = await house.NewMails();
        house.Advance(Duration.FromMinutes(20));

        var room = ClientMails.Exchange(mails[1].Answer() with { Head = "Auto-Submitted: auto-generated\r\n" });
        await house.HandIn(room, "answered");
        (await ReplyHouse.Answers(ana, id))["room@example.com"].ShouldBe("accepted");

        var delegated = await house.HandIn(ClientMails.Apple(mails[0].Answer("DELEGATED;DELEGATED-TO=\"mailto:zoe@example.com\"")), "refused");
        ((string)delegated["reason"]!).ShouldContain("Only the host can invite somebody else");
        var told = await house.NewMail("ana@example.com");
        told.Subject.ShouldStartWith("ben hands on: Kickoff");
        told.Text.ShouldContain("zoe@example.com");
        told.Text.ShouldContain($"http://convene.example.com/meetings/{id}");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("pending");
        await house.HandIn(ClientMails.Apple(mails[0].Answer("NEEDS-ACTION")), "nothing_new");

        // A comment may hold whatever a keyboard has not.
        await house.HandIn(ClientMails.Apple(mails[0].Answer() with { Stamp = house.Stamp, Comment = "a\0b\u0001" + new string('x', 1_996) + "🎉🎉" }), "answered");
        ((string)(await ana.Get($"/api/meetings/{id}/audit/")).Json![0]!["reason"]!).ShouldStartWith("abx");

        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        await house.HandIn(ClientMails.Apple(mails[0].Answer()), "refused");
        var cancelled = await house.NewMail("ben@example.com");
        cancelled.Method.ShouldBe("CANCEL");
        cancelled.Organizer().ShouldBe(mails[0].Organizer());
    }

    [SmtpTheory, OnSqlite]
    public async Task An_answer_made_by_pythons_calendar_and_mail_packages_arrives(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        var invitation = await house.NewMail("ben@example.com");
        house.Advance(Duration.FromMinutes(20));
        await house.HandIn(await PythonReply.To(invitation.Calendar!, "ben@example.com", "TENTATIVE", "20300304T091000Z"), "answered");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("tentative");
    }
}
