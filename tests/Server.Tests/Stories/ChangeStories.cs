namespace Convene.Server.Tests.Stories;

/// Meetings change: times, people, answers, status.
public sealed class ChangeStories
{
    private const string Ten = "2030-03-05T10:00:00Z";
    private const string Eleven = "2030-03-05T11:00:00Z";
    private const string Noon = "2030-03-05T12:00:00Z";

    [Theory, OnSqlite, OnPostgres]
    public async Task Put_makes_the_participants_exactly_those_sent_and_keeps_answers_of_who_stays(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var made = await ana.Book("Plan", Ten, Eleven, "ben@example.com", "cho@example.com");
        var path = $"/api/meetings/{made.Id}/";
        await ben.Patch($"{path}participants/{(long)made["participants"]![0]!["id"]!}/status/", new { status = "accepted" });

        var put = (await ana.Put(path, new { title = "Plan", start_time = Ten, end_time = Eleven, participants = new object[] { new { email = "BEN@example.com", name = "Benjamin" }, new { email = "dee@example.com", name = "Dee" } } })).ShouldBe(200);
        put.Emails().ShouldBe(["ben@example.com", "dee@example.com"]);
        put["participants"]![0]!["status"]!.ToString().ShouldBe("accepted");
        put["participants"]![0]!["name"]!.ToString().ShouldBe("Benjamin");
        put["description"]!.ToString().ShouldBe(made["description"]!.ToString());

        (await ana.Patch(path, new { title = "No word of participants" })).ShouldBe(200).Emails().ShouldBe(["ben@example.com", "dee@example.com"]);
        (await ana.Put(path, new { title = "Only this" })).ShouldBe(400).Error("start_time").ShouldBe("This field is required.");
        (await ana.Patch(path, new { participants = Array.Empty<object>() })).ShouldBe(200).Emails().ShouldBeEmpty();
        // Cho was taken off and is free again.
        (await ana.Book("With Cho", Ten, Eleven, "cho@example.com")).Emails().ShouldBe(["cho@example.com"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Moving_onto_somebodys_busy_time_skips_refuses_or_allows_as_asked(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Taken", Eleven, Noon, "ben@example.com");
        var made = await ana.Book("Movable", Ten, Eleven, "ben@example.com", "cho@example.com");
        var path = $"/api/meetings/{made.Id}/";

        (await ana.Patch(path, new { start_time = "2030-03-05T10:30:00Z", end_time = Noon, conflict_policy = "reject" })).ShouldBe(400)["details"]!["ben@example.com"]![0]!["title"]!.ToString().ShouldBe("Taken");
        (await ana.Get(path))["start_time"]!.ToString().ShouldBe(Ten);
        (await ana.Patch(path, new { start_time = "2030-03-05T10:30:00Z", end_time = Noon, conflict_policy = "allow" })).ShouldBe(200).Emails().ShouldBe(["ben@example.com", "cho@example.com"]);
        (await ana.Patch(path, new { end_time = "2030-03-05T11:45:00Z" })).ShouldBe(200, "a clash that was allowed stays allowed").Emails("skipped_participants").ShouldBeEmpty();
        (await ana.Patch(path, new { start_time = Ten, end_time = Eleven })).ShouldBe(200).Emails("skipped_participants").ShouldBeEmpty();
        (await ana.Patch(path, new { start_time = Eleven, end_time = Noon })).ShouldBe(400, "whoever takes part is not thrown out by moving, unless that is asked for").Error("conflict").ShouldBe("ben@example.com has a scheduling conflict.");
        var skipped = (await ana.Patch(path, new { start_time = Eleven, end_time = Noon, conflict_policy = "skip" })).ShouldBe(200);
        skipped.Emails().ShouldBe(["cho@example.com"]);
        skipped.Emails("skipped_participants").ShouldBe(["ben@example.com"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_change_of_end_before_the_start_is_refused(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var made = await ana.Book("Plan", Ten, Eleven);
        (await ana.Patch($"/api/meetings/{made.Id}/", new { end_time = "2030-02-21T10:00:00Z" })).ShouldBe(400).Error("end_time").ShouldBe("End time must be after start time.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Cancelling_declining_and_deleting_free_the_time_and_reviving_needs_it_free(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var first = await ana.Book("First", Ten, Eleven, "ben@example.com");
        var path = $"/api/meetings/{first.Id}/";
        var benId = (long)first["participants"]![0]!["id"]!;

        (await ben.Patch($"{path}participants/{benId}/status/", new { status = "declined" })).ShouldBe(200);
        var second = await ana.Book("Second", Ten, Eleven, "ben@example.com");
        second.Emails().ShouldBe(["ben@example.com"]);
        var back = (await ben.Patch($"{path}participants/{benId}/status/", new { status = "accepted" })).ShouldBe(400);
        back["conflict"]![0]!.ToString().ShouldBe("ben@example.com has a scheduling conflict.");
        back["details"]!["ben@example.com"]![0]!["id"]!.ToString().ShouldBe(second.Id);

        (await ana.Post($"/api/meetings/{second.Id}/cancel/")).ShouldBe(200);
        (await ben.Patch($"{path}participants/{benId}/status/", new { status = "accepted" })).ShouldBe(200);
        (await ana.Patch($"/api/meetings/{second.Id}/", new { status = "scheduled" })).ShouldBe(400);
        var revived = (await ana.Patch($"/api/meetings/{second.Id}/", new { status = "scheduled", conflict_policy = "skip" })).ShouldBe(200);
        revived.Emails("skipped_participants").ShouldBe(["ben@example.com"], "reviving is checked");

        (await ana.Delete(path)).ShouldBe(204);
        (await ana.Post($"/api/meetings/{second.Id}/participants/", new { email = "ben@example.com" })).ShouldBe(201);
        (await ana.Patch($"/api/meetings/{second.Id}/", new { status = "completed" })).ShouldBe(200);
        (await ana.Book("Third", Ten, Eleven, "ben@example.com")).Emails().ShouldBe(["ben@example.com"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_more_participant_is_refused_if_busy_or_there_already(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var dee = await house.SignUp("dee");
        var taken = await ana.Book("Taken", Ten, Eleven, "ben@example.com");
        var made = await ana.Book("Plan", Ten, Eleven);
        var path = $"/api/meetings/{made.Id}/participants/";

        var busy = (await ana.Post(path, new { email = "Ben@Example.com", name = "Ben" })).ShouldBe(400);
        busy["conflict"]!.ToJsonString().ShouldBe("""["ben@example.com has a scheduling conflict."]""");
        busy["details"]!["ben@example.com"]![0]!.ToJsonString().ShouldBe($$"""{"id":"{{taken.Id}}","title":"Taken","start_time":"2030-03-05T10:00:00\u002B00:00","end_time":"2030-03-05T11:00:00\u002B00:00"}""");
        (await ana.Post(path, new { email = "ben@example.com", conflict_policy = "allow" })).ShouldBe(201);
        var added = (await ana.Post(path, new { email = "dee@example.com" })).ShouldBe(201);
        ((long)added["user"]!).ShouldBe(dee.Id);
        added["name"]!.ToString().ShouldBe("Dee", "somebody with an account is called as they call themselves");
        (await ana.Post(path, new { email = "DEE@example.com" })).ShouldBe(400).Error("email").ShouldContain("already a participant");
        (await ana.Post(path, new { email = "ana@example.com" })).ShouldBe(400).Error("email").ShouldContain("organiser");
        (await ana.Post(path, new { })).ShouldBe(400).Error("email").ShouldBe("This field is required.");
        (await dee.Get("/api/meetings/")).Json!.AsArray().Count.ShouldBe(1);
        (await ana.Delete($"{path}{(long)added["id"]!}/")).ShouldBe(204);
        (await dee.Get($"/api/meetings/{made.Id}/")).ShouldBe(404);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Conflicts_are_told_before_booking_without_telling_what_is_not_the_askers_to_know(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var eve = await house.SignUp("eve");
        var made = await ana.Book("Secret", Ten, Eleven, "ben@example.com");
        object Ask(string start, string end, string[] emails, string? except = null) => new { start_time = start, end_time = end, participant_emails = emails, exclude_meeting_id = except };

        var mine = (await ana.Post("/api/meetings/check-conflicts/", Ask(Ten, Eleven, ["Ben@Example.com", "free@example.com", "ana@example.com"]))).ShouldBe(200);
        ((bool)mine["has_conflicts"]!).ShouldBeTrue();
        mine["conflicts"]!.AsObject().Select(c => c.Key).ShouldBe(["Ben@Example.com", "ana@example.com"], "hosting is being busy, and addresses are told as they were asked");
        mine["conflicts"]!["Ben@Example.com"]![0]!["title"]!.ToString().ShouldBe("Secret");
        (await eve.Post("/api/meetings/check-conflicts/", Ask(Ten, Eleven, ["ben@example.com"]))).Text.ShouldNotContain("Secret");
        ((bool)(await ana.Post("/api/meetings/check-conflicts/", Ask(Ten, Eleven, ["ben@example.com"], made.Id)))["has_conflicts"]!).ShouldBeFalse();
        ((bool)(await ana.Post("/api/meetings/check-conflicts/", Ask(Eleven, Noon, ["ben@example.com"])))["has_conflicts"]!).ShouldBeFalse();

        (await ana.Post("/api/meetings/check-conflicts/", Ask(Eleven, Ten, ["ben@example.com"]))).ShouldBe(400).Error("non_field_errors").ShouldBe("end_time must be after start_time.");
        (await ana.Post("/api/meetings/check-conflicts/", Ask(Ten, Eleven, []))).ShouldBe(400).Error("participant_emails").ShouldBe("This list may not be empty.");
        (await ana.Post("/api/meetings/check-conflicts/", Ask(Ten, Eleven, ["x"], "y"))).ShouldBe(400).Error("exclude_meeting_id").ShouldBe("Must be a valid UUID.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_long_entry_far_before_still_counts_as_busy(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Half a year away", "2030-01-01T00:00:00Z", "2030-07-01T00:00:00Z", "ben@example.com");
        await ana.Book("Short", "2030-08-01T00:00:00Z", "2030-08-01T00:15:00Z", "ben@example.com");
        (await ana.Book("In the middle", Ten, Eleven, "ben@example.com")).Emails("skipped_participants").ShouldBe(["ben@example.com"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Calendar_files_are_named_after_the_meeting_and_mine_holds_what_is_to_come(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var ben = await house.SignUp("ben");
        var made = (await ana.Post("/api/meetings/", new { title = "Café / Plan", start_time = Ten, end_time = Eleven, timezone = "Europe/Paris", participants = new object[] { new { email = "ben@example.com", name = "Ben" } } })).ShouldBe(201);
        await ana.Book("Over", "2029-03-05T10:00:00Z", "2029-03-05T11:00:00Z", "ben@example.com");
        await ben.Book("Ben's", Eleven, Noon);

        var file = (await ana.Get($"/api/meetings/{made.Id}/export-ics/")).ShouldBe(200);
        file.Headers["Content-Disposition"].ShouldBe("attachment; filename=\"Caf____Plan.ics\"; filename*=UTF-8''Caf%C3%A9___Plan.ics");
        file.Text.ShouldContain("DTSTART;TZID=Europe/Paris:20300305T110000\r\n");
        file.Text.ShouldContain($"UID:{made.Id}\r\n");
        file.Text.ShouldContain("BEGIN:VTIMEZONE");

        var calendar = (await ben.Get("/api/meetings/my-calendar/")).ShouldBe(200);
        calendar.Headers["Content-Disposition"].ShouldBe("attachment; filename=\"my_meetings.ics\"");
        calendar.Text.ShouldContain("SUMMARY:Café / Plan\r\n");
        calendar.Text.ShouldContain("SUMMARY:Ben's\r\n");
        calendar.Text.ShouldNotContain("SUMMARY:Over");
        calendar.Text.ShouldNotContain("ATTENDEE");

        await ana.Post($"/api/meetings/{made.Id}/cancel/");
        (await ana.Get($"/api/meetings/{made.Id}/export-ics/")).Text.ShouldContain("STATUS:CANCELLED\r\n");
        (await ben.Get("/api/meetings/my-calendar/")).Text.ShouldNotContain("Plan");
    }
}
