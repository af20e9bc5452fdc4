using System.Text.Json.Nodes;
using Convene.Tests;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Other times, proposed by mail programs and in the web app.
public sealed class ProposalStories
{
    [Peers.SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_time_proposed_by_mail_is_accepted_with_one_press(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var (ana, cy) = (await house.House.SignUp("ana", "Europe/Berlin"), await house.House.SignUp("cy"));
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "cy@example.com")).Id;
        await cy.Book("Cy's own", "2030-03-05T13:00Z", "2030-03-05T14:00Z", "dee@example.com");
        var invitation = (await house.NewMails()).First(m => m.To.Contains("ben@", StringComparison.Ordinal));
        house.Advance(Duration.FromMinutes(20));
        var before = (long)(await ana.Get($"/api/meetings/{id}/"))["version"]!;

        // As Outlook writes it: no organizer, Windows' zone, words beside it.
        var counter = invitation.Answer("TENTATIVE") with
        {
            Method = "COUNTER", Stamp = house.Stamp, Start = ";TZID=W. Europe Standard Time:20300305T143000", End = ";TZID=W. Europe Standard Time:20300305T153000", Comment = "Gern, aber später",
        };
        ((string)(await house.HandIn(ClientMails.Exchange(counter), "proposed"))["email"]!).ShouldBe("ben@example.com");
        await house.HandIn(ClientMails.Exchange(counter), "nothing_new");
        var told = await house.NewMail("ana@example.com");
        told.Subject.ShouldStartWith("ben proposes another time: Kickoff");
        told.Text.ShouldContain("Proposed: Tuesday, 5 March 2030, 14:30–15:30 (Europe/Berlin, UTC+01)");
        told.Text.ShouldContain("Gern, aber später");

        var meeting = (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200);
        ((long)meeting["open_proposals"]!).ShouldBe(1);
        ((long)meeting["version"]!).ShouldBeGreaterThan(before, "whoever looks at it hears of it");
        (await ReplyHouse.Answers(ana, id))["ben@example.com"].ShouldBe("pending", "another time is no answer");
        var proposal = (await List(ana, id)).ShouldHaveSingleItem();
        ((string)proposal["state"]!, (string)proposal["start"]!, (string)proposal["end"]!).ShouldBe(("open", "2030-03-05T13:30:00Z", "2030-03-05T14:30:00Z"));
        ((string)proposal["comment"]!).ShouldBe("Gern, aber später");
        proposal["conflicts"]!.AsArray().Select(c => (string)c!).ShouldBe(["cy@example.com"]);
        (await List(cy, id)).ShouldBeEmpty("others' ideas are for the host");
        (await cy.Get($"/api/meetings/{id}/"))["open_proposals"]!.GetValue<long>().ShouldBe(0);

        // Who is busy is told as for any other change, and nothing has moved.
        (await cy.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/accept/")).ShouldBe(403);
        (await ana.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/accept/")).ShouldBe(400)["conflict"]!.AsArray().Count.ShouldBe(1);
        (await ana.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/accept/", new { conflict_policy = "maybe" })).ShouldBe(400);
        ((string)(await List(ana, id))[0]["state"]!).ShouldBe("open");
        var moved = (await ana.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/accept/", new { conflict_policy = "allow" })).ShouldBe(200);
        ((string)moved["start_time"]!, (long)moved["sequence"]!, (long)moved["open_proposals"]!).ShouldBe(("2030-03-05T13:30:00Z", 1, 0));
        ((string)(await List(ana, id))[0]["state"]!).ShouldBe("accepted");
        (await ana.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/accept/")).ShouldBe(400);
        (await ana.Post($"/api/meetings/{id}/proposals/{proposal["id"]}/decline/")).ShouldBe(400);
        var updates = (await house.NewMails()).Where(m => m.Method == "REQUEST").ToList();
        updates.Select(m => m.Sequence()).ShouldBe([1, 1]);
        (await ana.Get($"/api/meetings/{id}/audit/")).Json!.AsArray().Select(n => (string)n!["kind"]!).ShouldBe(
            ["meeting.proposal_accepted", "meeting.rescheduled", "meeting.time_proposed", "meeting.created"]);
    }

    [Peers.SmtpAndLibicalTheory, OnSqlite, OnPostgres]
    public async Task A_time_that_is_turned_down_is_answered_in_calendars_too(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana");
        var ben = await house.House.SignUp("ben");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        var invitation = await house.NewMail("ben@example.com");

        var mine = (await ben.Post($"/api/meetings/{id}/proposals/", new { start = "2030-03-05T12:00", end = "2030-03-05T13:00", comment = "After lunch?" })).ShouldBe(201);
        ((string)mine["state"]!, (string)mine["start"]!).ShouldBe(("open", "2030-03-05T12:00:00Z"));
        (await List(ben, id)).ShouldHaveSingleItem();
        (await house.NewMails()).ShouldHaveSingleItem().Text.ShouldContain("After lunch?");
        (await ben.Post($"/api/meetings/{id}/proposals/{mine["id"]}/decline/")).ShouldBe(403);
        (await ana.Post($"/api/meetings/{id}/proposals/{mine["id"]}/decline/")).ShouldBe(200)["state"]!.ToString().ShouldBe("declined");
        var declined = await house.NewMail("ben@example.com");
        declined.Method.ShouldBe("DECLINECOUNTER");
        declined.Subject.ShouldStartWith("Not moved: Kickoff");
        (declined.Property("UID"), declined.Organizer()).ShouldBe((id, invitation.Organizer()));
        Peers.Libical.ShouldAccept(declined.Calendar!);
        (await ana.Get($"/api/meetings/{id}/"))["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00Z");

        // Somebody who has declined, and proposes a time that is accepted, is asked again.
        house.Advance(Duration.FromMinutes(20));
        await house.HandIn(ClientMails.Gmail(invitation.Answer("DECLINED") with { Stamp = house.Stamp }), "answered");
        await house.HandIn(ClientMails.Gmail(invitation.Answer("DECLINED") with { Method = "COUNTER", Stamp = house.Stamp, Start = ":20300306T100000Z", End = ":20300306T110000Z" }), "proposed");
        var theirs = (await List(ana, id))[0];
        var moved = (await ana.Post($"/api/meetings/{id}/proposals/{theirs["id"]}/accept/")).ShouldBe(200);
        ((string)moved["start_time"]!, (string)moved["participants"]![0]!["status"]!).ShouldBe(("2030-03-06T10:00:00Z", "pending"));
        (await house.NewMail("ben@example.com")).Property("DTSTART").ShouldBe("20300306T100000Z");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_may_not_be_proposed_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, eve) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("eve"));
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        async Task<Reply> Propose(Caller who, string start, string end, string? comment = null) => await who.Post($"/api/meetings/{id}/proposals/", new { start, end, comment });

        (await Propose(ana, "2030-03-05T12:00Z", "2030-03-05T13:00Z")).ShouldBe(403);
        (await Propose(eve, "2030-03-05T12:00Z", "2030-03-05T13:00Z")).ShouldBe(404);
        (await eve.Get($"/api/meetings/{id}/proposals/")).ShouldBe(404);
        (await house.Somebody().Get($"/api/meetings/{id}/proposals/")).ShouldBe(401);
        (await Propose(ben, "2030-03-05T10:00Z", "2030-03-05T11:00Z")).ShouldBe(400).Error("start").ShouldContain("already");
        (await Propose(ben, "2030-03-05T12:00Z", "2030-03-05T12:00Z")).ShouldBe(400).Error("end").ShouldNotBeEmpty();
        (await Propose(ben, "2030-03-05T12:00Z", "2032-03-05T12:00Z")).ShouldBe(400).Error("end").ShouldNotBeEmpty();
        (await Propose(ben, "2030-03-01T12:00Z", "2030-03-01T13:00Z")).ShouldBe(400).Error("start").ShouldContain("past");
        (await Propose(ben, "soon", "")).ShouldBe(400).Error("start").ShouldNotBeEmpty();
        (await Propose(ben, "2030-03-05T12:00Z", "2030-03-05T13:00Z", new string('x', 2_001))).ShouldBe(400).Error("comment").ShouldNotBeEmpty();

        (await house.Somebody().Get("/api/proposals/")).ShouldBe(401);
        (await ana.Get("/api/proposals/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();

        // A new idea takes the place of the old one.
        var first = (await Propose(ben, "2030-03-05T12:00Z", "2030-03-05T13:00Z")).ShouldBe(201);
        var second = (await Propose(ben, "2030-03-05T14:00Z", "2030-03-05T15:00Z")).ShouldBe(201);
        (await List(ana, id)).Select(p => (string)p["state"]!).ShouldBe(["open", "outdated"]);
        // Whoever has to answer sees it without looking for the meeting; nobody else does.
        var waiting = (await ana.Get("/api/proposals/")).ShouldBe(200).Json!.AsArray().ShouldHaveSingleItem()!;
        ((string)waiting["meeting_id"]!, (string)waiting["title"]!, (long)waiting["proposal"]!["id"]!).ShouldBe((id, "Kickoff", (long)second["id"]!));
        (await ben.Get("/api/proposals/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        (await ana.Post($"/api/meetings/{id}/proposals/{first["id"]}/accept/")).ShouldBe(400).Text.ShouldContain("This proposal is outdated.");

        // As soon as the meeting moves, what was proposed for its old time is outdated.
        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-07T10:00Z", end_time = "2030-03-07T11:00Z" })).ShouldBe(200)["open_proposals"]!.GetValue<long>().ShouldBe(0);
        (await List(ana, id)).Select(p => (string)p["state"]!).ShouldBe(["outdated", "outdated"]);
        (await ana.Get("/api/proposals/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        (await ana.Post($"/api/meetings/{id}/proposals/{second["id"]}/accept/")).ShouldBe(400);
        (await ana.Post($"/api/meetings/{id}/proposals/999999/accept/")).ShouldBe(404);

        (await Propose(ben, "2030-03-08T12:00Z", "2030-03-08T13:00Z")).ShouldBe(201);
        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        (await List(ana, id)).ShouldAllBe(p => (string)p["state"]! == "outdated");
        (await Propose(ben, "2030-03-08T14:00Z", "2030-03-08T15:00Z")).ShouldBe(400);

        // So many from one person, and then a word.
        var other = (await ana.Book("Other", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        for (var i = 0; i < 20; i++)
            (await ben.Post($"/api/meetings/{other}/proposals/", new { start = $"2030-03-{6 + i:00}T10:00Z", end = $"2030-03-{6 + i:00}T11:00Z" })).ShouldBe(201);
        (await ben.Post($"/api/meetings/{other}/proposals/", new { start = "2030-03-27T10:00Z", end = "2030-03-27T11:00Z" })).ShouldBe(400);
    }

    [Peers.SmtpTheory, OnSqlite, OnPostgres]
    public async Task One_date_of_a_series_moves_and_the_others_stay(string engine)
    {
        await using var house = await ReplyHouse.Open(engine);
        var ana = await house.House.SignUp("ana", "Europe/Berlin");
        var made = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-18T09:00", end_time = "2030-03-18T09:15", timezone = "Europe/Berlin",
            participants = new[] { new { email = "ben@example.com" } }, recurrence = new { frequency = "weekly", count = 3 },
        })).ShouldBe(201);
        var invitation = await house.NewMail("ben@example.com");
        var counter = invitation.Answer() with { Method = "COUNTER", Start = ":20300325T100000Z", End = ":20300325T101500Z" };
        ((string)(await house.HandIn(ClientMails.Gmail(counter), "refused"))["reason"]!).ShouldContain("for one date");
        await house.HandIn(ClientMails.Gmail(counter with { RecurrenceId = ":20300325T080000Z" }), "proposed");
        var dates = (await ana.Get($"/api/meetings/?series={made["series"]!["id"]}")).Json!.AsArray();
        var proposal = (await List(ana, (string)dates[1]!["id"]!)).ShouldHaveSingleItem();
        ((string)proposal["recurrence_id"]!).ShouldBe("2030-03-25T09:00:00");
        (await List(ana, (string)dates[0]!["id"]!)).ShouldBeEmpty();
        await house.NewMails();

        (await ana.Post($"/api/meetings/{dates[1]!["id"]}/proposals/{proposal["id"]}/accept/")).ShouldBe(200);
        var update = await house.NewMail("ben@example.com");
        update.Lines().ShouldContain("RECURRENCE-ID;TZID=Europe/Berlin:20300325T090000");
        (await ana.Get($"/api/meetings/?series={made["series"]!["id"]}")).Json!.AsArray().Select(m => (string)m!["start_time"]!)
            .ShouldBe(["2030-03-18T08:00:00Z", "2030-03-25T10:00:00Z", "2030-04-01T07:00:00Z"]);
    }

    private static async Task<IReadOnlyList<JsonNode>> List(Caller caller, string meeting) =>
        [.. (await caller.Get($"/api/meetings/{meeting}/proposals/")).ShouldBe(200).Json!.AsArray().Select(p => p!)];
}
