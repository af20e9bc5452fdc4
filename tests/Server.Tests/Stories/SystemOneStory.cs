namespace Convene.Server.Tests.Stories;

/// System 1's table of endpoints, in its order (addresses are ours).
public sealed class SystemOneStory
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_documented_request_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var user = house.Somebody();

        // The document's own curl.
        var registered = (await user.Post("/api/auth/register/", """{"email":"user@example.com","username":"testuser","password":"yourpassword","password2":"yourpassword"}""")).ShouldBe(201);
        Has(registered, "id", "email", "username", "is_active", "date_joined");
        var login = (await user.Post("/api/auth/login/", new { email = "user@example.com", password = "yourpassword" })).ShouldBe(200);
        Has(login, "refresh", "access", "user");
        var pair = (await user.Post("/api/auth/token/refresh/", new { refresh = (string)login["refresh"]! })).ShouldBe(200);
        Has(pair, "access", "refresh");
        user.Bearer((string)pair["access"]!);
        (await user.Get("/api/auth/me/")).ShouldBe(200)["username"]!.ToString().ShouldBe("testuser");
        (await user.Post("/api/auth/change-password/", new { old_password = "yourpassword", new_password = "another-good-1", new_password2 = "another-good-1" })).ShouldBe(200)["detail"]!.ToString().ShouldBe("Password changed successfully.");

        (await user.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().ShouldBeEmpty();
        var made = (await user.Post("/api/meetings/", new { title = "Review", description = "", location = "Room 1", start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:00:00Z", status = "scheduled", participants = new object[] { new { email = "guest@example.com", name = "Guest" } } })).ShouldBe(201);
        var path = $"/api/meetings/{made.Id}/";
        var item = (await user.Get("/api/meetings/?status=scheduled&from_date=2030-03-01&to_date=2030-03-31&search=review&ordering=-start_time")).ShouldBe(200).Json![0]!;
        item.AsObject().Select(p => p.Key).ShouldContain("participant_count");
        Has((await user.Get(path)).ShouldBe(200), "created_by", "created_by_email", "participants", "duration_minutes", "is_upcoming");
        (await user.Put(path, new { title = "Review 2", start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T11:30:00Z" })).ShouldBe(200).Emails().ShouldBe(["guest@example.com"]);
        (await user.Get(path + "export-ics/")).ShouldBe(200).Headers["Content-Disposition"].ShouldBe("attachment; filename=\"Review_2.ics\"");
        (await user.Get("/api/meetings/my-calendar/")).ShouldBe(200).Text.ShouldContain("SUMMARY:Review 2");
        var check = (await user.Post("/api/meetings/check-conflicts/", new { start_time = "2030-03-05T11:00:00Z", end_time = "2030-03-05T12:00:00Z", participant_emails = new[] { "guest@example.com" }, exclude_meeting_id = (string?)null })).ShouldBe(200);
        check["conflicts"]!["guest@example.com"]![0]!["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00+00:00");

        foreach (var type in (string?[])["invitation", "update", "reminder", null])
            (await user.Post(path + "notify/", type is null ? null : new { type })).ShouldBe(200)["results"]!.ToJsonString().ShouldBe("""{"guest@example.com":true}""");
        (await user.Post(path + "notify/", new { type = "pigeon" })).ShouldBe(400)["detail"]!.ToString().ShouldBe("Type must be one of: ['invitation', 'update', 'cancellation', 'reminder']");
        (await user.Get(path + "participants/")).ShouldBe(200).Json!.AsArray().Count.ShouldBe(1);
        var added = (await user.Post(path + "participants/", new { email = "second@example.com", name = "Second", user = (int?)null })).ShouldBe(201);
        var pid = (long)added["id"]!;
        (await user.Patch($"{path}participants/{pid}/status/", new { status = "tentative" })).ShouldBe(200)["status"]!.ToString().ShouldBe("tentative");
        (await user.Delete($"{path}participants/{pid}/")).ShouldBe(204);
        Has(new Reply(200, (await user.Get(path + "notifications/")).ShouldBe(200).Json![0]!.ToJsonString(), new Dictionary<string, string>()), "id", "meeting", "email", "notification_type", "message", "is_sent", "sent_at");
        (await user.Post(path + "cancel/")).ShouldBe(200)["status"]!.ToString().ShouldBe("cancelled");
        (await user.Delete(path)).ShouldBe(204);

        foreach (var page in (string[])["/api/docs/", "/api/redoc/", "/api/schema/"])
            (await user.Get(page)).ShouldBe(200);
        (await house.Somebody().Post("/api/auth/logout/", new { refresh = (string)pair["refresh"]! })).ShouldBe(200);
        (await user.Post("/api/auth/token/refresh/", new { refresh = (string)pair["refresh"]! })).ShouldBe(401)["code"]!.ToString().ShouldBe("token_not_valid");
    }

    private static void Has(Reply reply, params string[] keys) =>
        reply.Json!.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal).IsSupersetOf(keys).ShouldBeTrue(reply.Text);
}
