namespace Convene.Server.Tests.Stories;

/// System 0's document, request by request, in its order (addresses are ours).
public sealed class SystemZeroStory
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_documented_request_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var host = house.Somebody();

        (await host.Get("/api/docs/")).ShouldBe(200).Headers["Content-Type"].ShouldStartWith("text/html");
        (await host.Post("/api/auth/register/", new { email = "ahnaf.host@example.com", first_name = "adullah", last_name = "ahnaf", password = "Ahnaf@0171", password2 = "Ahnaf@0171" })).ShouldBe(201);
        var login = (await host.Post("/api/auth/login/", new { email = "ahnaf.host@example.com", password = "Ahnaf@0171" })).ShouldBe(200);
        host.Bearer((string)login["access"]!);
        (await host.Get("/api/auth/me/")).ShouldBe(200)["email"]!.ToString().ShouldBe("ahnaf.host@example.com");

        var first = (await host.Post("/api/meetings/", Meeting("Custom chatbot", "2026-01-12T08:00:00Z", "2026-01-12T09:00:00Z", ("ahnaf@example.com", "Ahnaf"), ("alif@example.com", "Alif")))).ShouldBe(201);
        first.Emails().ShouldBe(["ahnaf@example.com", "alif@example.com"]);
        var second = (await host.Post("/api/meetings/", Meeting("Custom chatbot 2 ", "2026-01-12T01:00:00Z", "2026-01-12T02:00:00Z", ("jh@example.com", "Ahnaf"), ("afiat@example.com", "Alif")))).ShouldBe(201);

        // The conflict check: Abir is invited, Afiat is busy and is left out; the meeting is made all the same.
        var third = (await host.Post("/api/meetings/", Meeting("UI UX Design ", "2026-01-12T01:00:00Z", "2026-01-12T02:00:00Z", ("abir@example.com", "Abir"), ("afiat@example.com", "Afiat")))).ShouldBe(201);
        third.Emails().ShouldBe(["abir@example.com"]);
        third.Emails("skipped_participants").ShouldBe(["afiat@example.com"]);
        ((bool)third["has_conflicts"]!).ShouldBeTrue();
        third["conflicts"]!["afiat@example.com"]![0]!["id"]!.ToString().ShouldBe(second.Id);

        (await host.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(3);
        (await host.Get($"/api/meetings/{second.Id}/")).ShouldBe(200)["title"]!.ToString().ShouldBe("Custom chatbot 2");

        var put = (await host.Put($"/api/meetings/{second.Id}/", Meeting("Custom chatbot 2 Updated", "2026-01-12T01:00:00Z", "2026-01-12T02:00:00Z", ("jh@example.com", "jabed"), ("afiat@example.com", "afiat")))).ShouldBe(200);
        put["participants"]!.AsArray().Select(p => (string)p!["name"]!).ShouldBe(["jabed", "afiat"]);
        put.Emails("skipped_participants").ShouldBeEmpty("a meeting never clashes with itself");

        (await host.Patch($"/api/meetings/{second.Id}/", new { title = "Project Kickoff â€“ Final Version" })).ShouldBe(200)["title"]!.ToString().ShouldBe("Project Kickoff â€“ Final Version");
        var ics = (await host.Get($"/api/meetings/{second.Id}/export-ics/")).ShouldBe(200);
        ics.Headers["Content-Type"].ShouldStartWith("text/calendar");
        ics.Headers["Content-Disposition"].ShouldContain("attachment");
        ics.Text.ShouldContain("METHOD:REQUEST\r\n");

        (await host.Delete($"/api/meetings/{second.Id}/")).ShouldBe(204).Text.ShouldBeEmpty();
        (await host.Get($"/api/meetings/{second.Id}/")).ShouldBe(404)["detail"]!.ToString().ShouldBe("Not found.");
        (await host.Post("/api/auth/logout/")).ShouldBe(200)["message"]!.ToString().ShouldBe("Logout successful");
        (await host.Get("/api/auth/me/")).ShouldBe(401);
    }

    private static object Meeting(string title, string start, string end, params (string Email, string Name)[] people) => new
    {
        title,
        description = "Review chatbot modules, meeting flow, and email notification logic.",
        location = "office",
        start_time = start,
        end_time = end,
        timezone = "Asia/Dhaka",
        participants = people.Select(p => new { email = p.Email, name = p.Name }),
    };
}
