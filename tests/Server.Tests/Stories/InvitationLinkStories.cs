namespace Convene.Server.Tests.Stories;

/// Invitations answered from the mail, without an account.
public sealed class InvitationLinkStories
{
    private const string Link = "http://convene.example.com/rsvp#token=";

    [Theory, OnSqlite, OnPostgres]
    public async Task A_guest_answers_with_the_link_of_the_mail(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "Guest@example.com", "other@example.com")).Id;
        var token = await Token(house, "guest@example.com");
        token.ShouldNotBe(await Token(house, "other@example.com"));
        var guest = house.Somebody();

        var seen = (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200);
        seen["title"]!.ToString().ShouldBe("Standup");
        seen["host_name"]!.ToString().ShouldBe("Ana");
        seen["your_email"]!.ToString().ShouldBe("guest@example.com");
        seen["your_status"]!.ToString().ShouldBe("pending", "reading accepts nothing");
        seen["can_answer"]!.GetValue<bool>().ShouldBeTrue();
        seen["has_conflict"]!.GetValue<bool>().ShouldBeFalse();

        (await guest.Post("/api/rsvp/", new { token, status = "accepted" })).ShouldBe(200)["your_status"]!.ToString().ShouldBe("accepted");
        (await guest.Post("/api/rsvp/", new { token, status = "declined" })).ShouldBe(200)["your_status"]!.ToString().ShouldBe("declined");
        var answers = (await ana.Get($"/api/meetings/{id}/"))["participants"]!.AsArray().ToDictionary(p => p!["email"]!.ToString(), p => p!["status"]!.ToString());
        answers["guest@example.com"].ShouldBe("declined");
        answers["other@example.com"].ShouldBe("pending");

        (await guest.Post("/api/rsvp/", new { token })).ShouldBe(400).Error("status").ShouldNotBeEmpty();
        (await guest.Post("/api/rsvp/", new { token, status = "maybe" })).ShouldBe(400).Error("status").ShouldNotBeEmpty();

        // Another meeting at the same time: the page warns, and a yes is a yes.
        await ana.Book("Elsewhere", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "guest@example.com");
        (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200)["has_conflict"]!.GetValue<bool>().ShouldBeTrue();
        (await guest.Post("/api/rsvp/", new { token, status = "accepted" })).ShouldBe(200)["your_status"]!.ToString().ShouldBe("accepted");

        // Who registers with the address later still has the link.
        await house.SignUp("guest");
        (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200)["your_status"]!.ToString().ShouldBe("accepted");

        (await ana.Post($"/api/meetings/{id}/cancel/")).ShouldBe(200);
        var cancelled = (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200);
        cancelled["status"]!.ToString().ShouldBe("cancelled");
        cancelled["can_answer"]!.GetValue<bool>().ShouldBeFalse();
        (await ana.Delete($"/api/meetings/{id}/")).ShouldBe(204);
        (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_link_opens_one_invitation_and_nothing_else(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "guest@example.com");
        var other = await ana.Book("Other", "2030-03-06T10:00Z", "2030-03-06T10:30Z", "other@example.com");
        var token = await Token(house, "guest@example.com");
        var others = await Token(house, "other@example.com");
        var guest = house.Somebody();

        foreach (var wrong in new[] { "", " ", ".", "x", token[..^1], token + "A", token.ToLowerInvariant(), $"{others.Split('.')[0]}.{token.Split('.')[1]}", $"{token.Split('.')[0]}.{others.Split('.')[1]}", new string('A', 100), "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ.x" })
            (await guest.Post("/api/rsvp/read/", new { token = wrong })).Status.ShouldBeOneOf(400, 404);
        (await guest.Post("/api/rsvp/read/", new { token = new string('A', 101) })).ShouldBe(400);
        (await guest.Post("/api/rsvp/", new { token = 7, status = "accepted" })).Status.ShouldBeOneOf(400, 404);

        // Taken off the list, the link is dead.
        (await ana.Delete($"/api/meetings/{meeting.Id}/participants/{meeting["participants"]![0]!["id"]}/")).ShouldBe(204);
        (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(404);
        other.Id.ShouldNotBeEmpty();
    }

    private static async Task<string> Token(TestHouse house, string email)
    {
        await house.DeliverMail();
        var mail = (await house.Mails()).First(m => m.To.Contains(email, StringComparison.OrdinalIgnoreCase) && m.Subject.StartsWith("Invitation: ", StringComparison.Ordinal));
        return mail.Text.Split(Link)[1].Split('\r', '\n')[0];
    }
}
