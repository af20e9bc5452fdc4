using System.Text.Json.Nodes;

namespace Convene.Server.Tests.Stories;

/// Meetings that repeat: booked, found, changed and cancelled, one alone, from one on, or all.
public sealed class SeriesStories
{
    private const string Weekly = "FREQ=WEEKLY;COUNT=10";

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_date_up_to_the_horizon_is_checked_and_busy_dates_are_skipped(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        // The third Tuesday is taken.
        await ben.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-19T10:15:00Z", end_time = "2030-03-19T10:45:00Z", kind = "busy" });

        var booked = (await Book(ana, Weekly, "ben@example.com", "cho@example.com")).ShouldBe(201);
        booked["occurrence_count"]!.GetValue<int>().ShouldBe(10);
        booked["series"]!["rrule"]!.ToString().ShouldBe(Weekly);
        booked["series"]!["description"]!.ToString().ShouldContain("Tuesday");
        booked["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00Z");
        var skipped = booked["skipped_participants"]!.AsArray().ShouldHaveSingleItem()!;
        skipped["email"]!.ToString().ShouldBe("ben@example.com");
        skipped["dates"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe("2030-03-19T10:00:00Z");

        var all = await Of(ana, booked);
        all.Count.ShouldBe(10);
        all[2]["participants"]!.AsArray().Select(p => p!["email"]!.ToString()).ShouldBe(["cho@example.com"]);
        all[3]["participants"]!.AsArray().Count.ShouldBe(2);
        (await Of(ben, booked)).Count.ShouldBe(9);
        // Over the change of clocks (UTC has none) and to the end, the time is taken.
        (await ana.TryBook("Over it", "2030-05-07T10:00Z", "2030-05-07T10:30Z", "ben@example.com"))["skipped_participants"]!.AsArray().ShouldHaveSingleItem();
        (await ana.TryBook("Behind it", "2030-05-14T10:00Z", "2030-05-14T10:30Z", "ben@example.com"))["skipped_participants"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_is_busy_once_stops_it_or_is_left_out_wholly_if_that_is_asked_for(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ben.Book("Mine", "2030-03-19T10:15Z", "2030-03-19T10:45Z");
        await ben.Book("Mine too", "2030-04-02T10:15Z", "2030-04-02T10:45Z");

        var refused = (await BookBy(ana, Weekly, "reject", "dates", "ben@example.com")).ShouldBe(400);
        refused["details"]!["ben@example.com"]!.AsArray().Select(c => c!["start_time"]!.ToString()).ShouldBe(["2030-03-19T10:15:00+00:00", "2030-04-02T10:15:00+00:00"]);
        (await ana.Get("/api/meetings/")).Json!.AsArray().ShouldBeEmpty("nothing was written");

        var whole = (await BookBy(ana, Weekly, "skip", "person", "ben@example.com", "cho@example.com")).ShouldBe(201);
        whole["skipped_participants"]![0]!["dates"].ShouldBeNull();
        (await Of(ana, whole)).ShouldAllBe(m => m["participants"]!.AsArray().Count == 1);
        (await Of(ben, whole)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_occurrence_is_a_meeting_like_any_other(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        var third = (await Of(ana, booked))[2];
        var id = third["id"]!.ToString();

        (await ana.Patch($"/api/meetings/{id}/", new { start_time = "2030-03-20T10:00Z", end_time = "2030-03-20T10:30Z" })).ShouldBe(200)["series"]!["recurrence_id"]!.ToString().ShouldBe("2030-03-19T10:00:00");
        (await ben.Patch($"/api/meetings/{id}/participants/{third["participants"]![0]!["id"]}/status/", new { status = "declined" })).ShouldBe(200);
        (await ana.Post($"/api/meetings/{(await Of(ana, booked))[4]["id"]}/cancel/")).ShouldBe(200);
        (await ana.Delete($"/api/meetings/{(await Of(ana, booked))[5]["id"]}/")).ShouldBe(204);

        var all = await Of(ana, booked);
        all.Count.ShouldBe(9);
        all.Count(m => m["start_time"]!.ToString() == "2030-03-20T10:00:00Z").ShouldBe(1);
        all.Count(m => m["status"]!.ToString() == "cancelled").ShouldBe(1);
        all.Count(m => m["participants"]![0]!["status"]!.ToString() == "declined").ShouldBe(1);

        await house.DeliverMail();
        var mails = (await house.Mails()).Where(m => m.To.Contains("ben@example.com", StringComparison.Ordinal) && m.Calendar is not null).ToList();
        var uid = booked["series"]!["id"]!.ToString();
        mails.ShouldAllBe(m => m.Calendar!.Contains($"UID:{uid}", StringComparison.Ordinal));
        var invitation = mails.Single(m => m.Subject.StartsWith("Invitation", StringComparison.Ordinal));
        invitation.Calendar.ShouldNotBeNull().ShouldContain($"RRULE:{Weekly}");
        invitation.Text.ShouldContain("Repeats:");
        mails.Single(m => m.Subject.StartsWith("Updated", StringComparison.Ordinal)).Calendar!.ShouldContain("RECURRENCE-ID:20300319T100000Z");
        var cancellations = mails.Where(m => m.Subject.StartsWith("Cancelled", StringComparison.Ordinal)).ToList();
        cancellations.Count.ShouldBe(2);
        cancellations.ShouldAllBe(m => m.Calendar!.Contains("RECURRENCE-ID", StringComparison.Ordinal) && m.Method == "CANCEL");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task All_that_is_to_come_is_moved_renamed_and_given_other_people_at_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        var all = await Of(ana, booked);
        // The second is renamed, the third is over by then.
        (await ana.Patch($"/api/meetings/{all[6]["id"]}/", new { title = "Special" })).ShouldBe(200);
        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 3, 20, 0, 0));
        await ana.SignIn();
        await ben.SignIn();

        var changed = (await ana.Patch($"/api/meetings/{all[3]["id"]}/", new
        {
            scope = "all", title = "Later", start_time = "2030-03-27T11:00:00Z", end_time = "2030-03-27T12:00:00Z",
            participants = new[] { new { email = "ben@example.com" }, new { email = "cho@example.com" } },
        })).ShouldBe(200);
        changed["occurrence_count"]!.GetValue<int>().ShouldBe(7);
        changed["series"]!["rrule"]!.ToString().ShouldBe(Weekly);

        var after = await Of(ana, booked);
        after.Count.ShouldBe(10);
        after.Take(3).ShouldAllBe(m => m["title"]!.ToString() == "Standup" && m["participants"]!.AsArray().Count == 1);
        after.Skip(3).Select(m => m["start_time"]!.ToString()).ShouldBe(Enumerable.Range(0, 7).Select(i => NodaTime.Instant.FromUtc(2030, 3, 27, 11, 0).Plus(NodaTime.Duration.FromDays(7 * i)).ToString()));
        after.Skip(3).ShouldAllBe(m => m["duration_minutes"]!.GetValue<int>() == 60 && m["participants"]!.AsArray().Count == 2);
        after[6]["title"]!.ToString().ShouldBe("Special", "it was given its own name");
        after[5]["title"]!.ToString().ShouldBe("Later");

        // A clash with one of them refuses the move of all, naming the date.
        await ben.Book("Mine", "2030-04-10T15:00Z", "2030-04-10T16:00Z");
        var refused = (await ana.Patch($"/api/meetings/{after[3]["id"]}/", new { scope = "all", start_time = "2030-03-27T15:00:00Z", end_time = "2030-03-27T16:00:00Z" })).ShouldBe(400);
        refused["details"]!["ben@example.com"]![0]!["start_time"]!.ToString().ShouldBe("2030-04-10T15:00:00+00:00");
        (await Of(ana, booked))[3]["start_time"]!.ToString().ShouldBe("2030-03-27T11:00:00Z", "nothing has moved");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Inviting_one_more_to_all_takes_nobody_off_who_is_missing_on_one_date(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ben.Book("Dentist", "2030-03-19T10:00Z", "2030-03-19T11:00Z");
        var booked = await Book(ana, Weekly, "ben@example.com");
        var third = (await Of(ana, booked))[2];
        third["participants"]!.AsArray().ShouldBeEmpty("Ben is busy then");

        (await ana.Patch($"/api/meetings/{third["id"]}/", new { scope = "all", participants = new[] { new { email = "cho@example.com" } } })).ShouldBe(200);
        (await Of(ana, booked)).Select(m => m["participants"]!.AsArray().Count).ShouldBe([2, 2, 1, 2, 2, 2, 2, 2, 2, 2]);

        // Where one is there to be seen, leaving them out takes them off.
        (await ana.Patch($"/api/meetings/{(await Of(ana, booked))[3]["id"]}/", new { scope = "all", participants = new[] { new { email = "cho@example.com" } } })).ShouldBe(200);
        (await Of(ana, booked)).ShouldAllBe(m => m["participants"]!.AsArray().Count == 1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_stands_in_the_way_of_a_move_by_weeks_becomes_a_meeting_of_its_own(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        var all = await Of(ana, booked);
        (await ana.Post($"/api/meetings/{all[3]["id"]}/cancel/")).ShouldBe(200);
        // One is given another zone: calendars still find it by the time that the rule gives it.
        (await ana.Patch($"/api/meetings/{all[5]["id"]}/", new { timezone = "Asia/Dhaka", start_time = "2030-04-09T17:00:00", end_time = "2030-04-09T17:30:00" })).ShouldBe(200);
        await house.DeliverMail();
        (await house.Mails()).Single(m => m.Subject.StartsWith("Updated", StringComparison.Ordinal)).Calendar!.ShouldContain("RECURRENCE-ID;TZID=Asia/Dhaka:20300409T160000");

        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", start_time = "2030-03-12T10:00:00Z", end_time = "2030-03-12T10:30:00Z" })).ShouldBe(200);

        var after = await Of(ana, booked);
        after.Count.ShouldBe(9, "the one called off stands alone");
        after[0]["start_time"]!.ToString().ShouldBe("2030-03-12T10:00:00Z");
        after[^1]["start_time"]!.ToString().ShouldBe("2030-05-14T10:00:00Z");
        (await ana.Get($"/api/meetings/{all[3]["id"]}/")).ShouldBe(200)["series"].ShouldBeNull();
        (await ana.Post($"/api/meetings/{booked.Id}/cancel/?scope=all")).ShouldBe(200);
        (await Of(ben, booked)).ShouldAllBe(m => m["status"]!.ToString() == "cancelled");
        await house.DeliverMail();
        (await house.Mails()).Where(m => m.Method == "CANCEL" && m.Subject.StartsWith("Cancelled: Standup", StringComparison.Ordinal) && !m.Calendar!.Contains("RECURRENCE-ID", StringComparison.Ordinal)).Count().ShouldBe(1, "all is taken back by one mail");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Who_has_said_no_does_not_keep_the_others_from_moving(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        (await ben.Patch($"/api/meetings/{booked.Id}/participants/{booked["participants"]![0]!["id"]}/status/", new { status = "declined", scope = "all" })).ShouldBe(200);
        await ben.Book("Mine", "2030-03-19T15:00Z", "2030-03-19T16:00Z");

        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", start_time = "2030-03-05T15:00:00Z", end_time = "2030-03-05T15:30:00Z" })).ShouldBe(200);

        (await Of(ben, booked)).ShouldAllBe(m => m["start_time"]!.ToString().EndsWith("T15:00:00Z") && m["participants"]![0]!["status"]!.ToString() == "declined");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Several_times_a_day_stay_several(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var booked = (await Book(ana, "FREQ=DAILY;BYHOUR=10,15;BYMINUTE=0;BYSECOND=0;COUNT=6")).ShouldBe(201);

        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", title = "Twice a day" })).ShouldBe(200);

        (await Of(ana, booked)).Select(m => $"{m["title"]} {m["start_time"]}").ShouldBe(
            [.. new[] { 5, 6, 7 }.SelectMany(d => new[] { 10, 15 }.Select(h => $"Twice a day 2030-03-0{d}T{h}:00:00Z"))]);
        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", start_time = "2030-03-05T11:00:00Z", end_time = "2030-03-05T11:30:00Z" })).ShouldBe(400).Error("recurrence").ShouldContain("too");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task From_one_date_on_it_becomes_a_series_of_its_own(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        var fifth = (await Of(ana, booked))[4];

        var changed = (await ana.Patch($"/api/meetings/{fifth["id"]}/", new { scope = "following", recurrence = "FREQ=WEEKLY;INTERVAL=2;COUNT=3" })).ShouldBe(200);
        changed["series"]!["id"]!.ToString().ShouldNotBe(booked["series"]!["id"]!.ToString());
        (await Of(ana, booked)).Count.ShouldBe(4);
        (await Of(ana, changed)).Select(m => m["start_time"]!.ToString()).ShouldBe(["2030-04-02T10:00:00Z", "2030-04-16T10:00:00Z", "2030-04-30T10:00:00Z"]);
        (await Of(ben, changed)).Count.ShouldBe(3);
        (await Of(ana, booked))[0]["series"]!["rrule"]!.ToString().ShouldStartWith("FREQ=WEEKLY;UNTIL=20300402T095959Z");

        (await ana.Post($"/api/meetings/{(await Of(ana, changed))[1]["id"]}/cancel/?scope=following")).ShouldBe(200)["message"]!.ToString().ShouldBe("2 meetings cancelled.");
        (await Of(ana, changed)).Select(m => m["status"]!.ToString()).ShouldBe(["scheduled", "cancelled", "cancelled"]);
        (await ana.Delete($"/api/meetings/{(await Of(ana, booked))[0]["id"]}/?scope=all")).ShouldBe(204);
        (await Of(ana, booked)).ShouldBeEmpty();

        (await ana.Post($"/api/meetings/{changed["id"]}/cancel/?scope=some")).ShouldBe(400).Error("scope").ShouldNotBeEmpty();
        var single = await ana.Book("Once", "2030-06-05T10:00Z", "2030-06-05T10:30Z");
        (await ana.Post($"/api/meetings/{single.Id}/cancel/", new { scope = "all" })).ShouldBe(400).Error("scope").ShouldBe("This meeting does not repeat.");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_answer_is_given_to_all(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = await Book(ana, Weekly, "ben@example.com");
        var first = booked["participants"]![0]!["id"];
        string path = $"/api/meetings/{booked.Id}/participants/{first}/status/";

        (await ben.Patch(path, new { status = "declined", scope = "all" })).ShouldBe(200);
        (await Of(ben, booked)).ShouldAllBe(m => m["participants"]![0]!["status"]!.ToString() == "declined");
        await ben.Book("Mine", "2030-04-02T10:00Z", "2030-04-02T10:30Z");
        (await ben.Patch(path, new { status = "accepted", scope = "all" })).ShouldBe(400);
        (await ben.Patch(path, new { status = "accepted", scope = "all", conflict_policy = "allow" })).ShouldBe(200);
        (await Of(ben, booked)).ShouldAllBe(m => m["participants"]![0]!["status"]!.ToString() == "accepted");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_many_series_that_are_booked_at_once_one_gets_the_person(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ben = await house.SignUp("ben");
        var hosts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => house.SignUp($"host{i}")));
        var answers = await Task.WhenAll(hosts.Select((h, i) => i % 2 == 0
            ? BookBy(h, "FREQ=WEEKLY;COUNT=20", "reject", "dates", "ben@example.com")
            : h.Post("/api/meetings/", new { title = "Once", start_time = "2030-05-07T10:15Z", end_time = "2030-05-07T10:45Z", conflict_policy = "reject", participants = new[] { new { email = "ben@example.com" } } })));
        answers.Count(a => a.Status == 201).ShouldBe(1);
        answers.Count(a => a.Status == 400).ShouldBe(7);
        var mine = (await ben.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray().Select(m => m!["start_time"]!.ToString()).ToList();
        mine.Distinct().Count().ShouldBe(mine.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_long_series_costs_no_more_statements_than_a_short_one(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await Book(ana, "FREQ=WEEKLY;COUNT=2", "ben@example.com", "cho@example.com");
        var few = await house.Statements(() => Book(ana, "FREQ=WEEKLY;COUNT=3", "ben@example.com", "cho@example.com"));
        (await house.Statements(() => Book(ana, "FREQ=WEEKLY;COUNT=100", "ben@example.com", "cho@example.com"))).ShouldBe(few);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_link_of_the_mail_answers_all(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var booked = await Book(ana, Weekly, "guest@example.com");
        await house.DeliverMail();
        var mail = (await house.Mails()).Single(m => m.To.Contains("guest@example.com", StringComparison.Ordinal));
        var token = mail.Text.Split("/rsvp#token=")[1].Split('\r', '\n')[0];
        var guest = house.Somebody();

        var seen = (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200);
        seen["series"]!["description"]!.ToString().ShouldContain("Tuesday");
        seen["start_time"]!.ToString().ShouldBe("2030-03-05T10:00:00Z");
        (await guest.Post("/api/rsvp/", new { token, status = "accepted" })).ShouldBe(200)["your_status"]!.ToString().ShouldBe("accepted");
        (await Of(ana, booked)).ShouldAllBe(m => m["participants"]![0]!["status"]!.ToString() == "accepted");

        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 3, 13, 0, 0));
        (await guest.Post("/api/rsvp/read/", new { token })).ShouldBe(200)["start_time"]!.ToString().ShouldBe("2030-03-19T10:00:00Z", "the next one");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_calendar_file_has_the_rule_once_and_what_differs_from_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        await ben.Book("Mine", "2030-03-19T10:15Z", "2030-03-19T10:45Z");
        var booked = await Book(ana, Weekly, "ben@example.com");
        var all = await Of(ana, booked);
        (await ana.Patch($"/api/meetings/{all[4]["id"]}/", new { start_time = "2030-04-03T10:00Z", end_time = "2030-04-03T10:30Z" })).ShouldBe(200);
        (await ana.Delete($"/api/meetings/{all[6]["id"]}/")).ShouldBe(204);

        foreach (var path in new[] { $"/api/meetings/{booked.Id}/export-ics/", "/api/meetings/my-calendar/" })
        {
            var ics = (await ben.Get(path)).ShouldBe(200).Text;
            var events = ics.Split("BEGIN:VEVENT").Skip(1).Where(e => e.Contains($"UID:{booked["series"]!["id"]}", StringComparison.Ordinal)).ToList();
            events.Count.ShouldBe(2, path);
            events[0].ShouldContain($"RRULE:{Weekly}");
            events[0].ShouldContain("EXDATE:20300319T100000Z");
            events[0].ShouldContain("EXDATE:20300416T100000Z");
            events[0].Split("EXDATE").Length.ShouldBe(3);
            events[1].ShouldContain("RECURRENCE-ID:20300402T100000Z");
            events[1].ShouldContain("DTSTART:20300403T100000Z");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task As_time_goes_on_more_dates_are_booked_and_new_clashes_told(string engine)
    {
        await using var house = await TestHouse.Open(engine, "SERIES_HORIZON_MONTHS=2");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var booked = (await Book(ana, "FREQ=WEEKLY", "ben@example.com")).ShouldBe(201);
        var before = (await Of(ana, booked)).Count;
        before.ShouldBe(9);
        (await ben.Patch($"/api/meetings/{booked.Id}/participants/{booked["participants"]![0]!["id"]}/status/", new { status = "accepted", scope = "all" })).ShouldBe(200);
        await ben.Book("Holiday plans", "2030-05-21T10:00Z", "2030-05-21T11:00Z");
        (await house.ExpandSeries()).ShouldBe(0, "nothing is due yet");

        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 4, 10, 0, 0));
        await ana.SignIn();
        await ben.SignIn();
        (await house.ExpandSeries()).ShouldBe(1);

        var after = await Of(ana, booked);
        after.Count.ShouldBe(14);
        after.Single(m => m["start_time"]!.ToString() == "2030-05-21T10:00:00Z")["participants"]!.AsArray().ShouldBeEmpty("ben has something else");
        after[^1]["participants"]!.AsArray().ShouldHaveSingleItem()!["status"]!.ToString().ShouldBe("accepted", "as he said to all before");
        await house.DeliverMail();
        var told = (await house.Mails()).Single(m => m.Subject.StartsWith("Clashes: Standup", StringComparison.Ordinal));
        told.To.ShouldContain("ana@example.com");
        told.Text.ShouldContain("21 May 2030");
        told.Text.ShouldContain("Ben has something else");
        (await house.Mails()).Last(m => m.To.Contains("ben@example.com", StringComparison.Ordinal) && m.Calendar is not null).Calendar!.ShouldContain("EXDATE:20300521T100000Z");
        (await house.ExpandSeries()).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Wall_times_stay_over_clock_changes(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");
        var booked = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-07T09:00:00", end_time = "2030-03-07T09:30:00", timezone = "America/New_York",
            recurrence = new { frequency = "weekly", weekdays = new[] { "thursday" }, count = 2 },
        })).ShouldBe(201);
        (await Of(ana, booked)).Select(m => m["start_time"]!.ToString()).ShouldBe(["2030-03-07T14:00:00Z", "2030-03-14T13:00:00Z"]);
    }

    [Theory]
    [InlineData("FREQ=SOMETIMES", "FREQ")]
    [InlineData("FREQ=HOURLY", "more than 1000 meetings")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never takes place")]
    [InlineData("", "")]
    [InlineData(7, "")]
    [InlineData("""{"frequency":"weekly","weekdays":["someday"]}""", "weekdays")]
    [InlineData("""{"frequency":"weekly","until":"2030-05-01","count":3}""", "until")]
    [InlineData("""{"frequency":"daily","weekdays":["monday"]}""", "weekdays")]
    [InlineData("""{"rrule":"FREQ=DAILY;COUNT=3","exdate":["2030-03-06T10:00:00Z"]}""", "exdate")]
    [InlineData("""{}""", "frequency")]
    public async Task What_can_not_repeat_is_refused_with_a_reason(object recurrence, string reason)
    {
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var ana = await house.SignUp("ana");
        var refused = (await ana.Post("/api/meetings/", new
        {
            title = "Standup", start_time = "2030-03-05T10:00:00Z", end_time = "2030-03-05T10:30:00Z",
            recurrence = recurrence is string text && text.StartsWith('{') ? JsonNode.Parse(text) : recurrence,
        })).ShouldBe(400);
        refused.Error("recurrence").ShouldContain(reason);
        (await ana.Get("/api/meetings/")).Json!.AsArray().ShouldBeEmpty();
    }

    internal static Task<Reply> Book(Caller host, string rule, params string[] emails) => BookBy(host, rule, "skip", "dates", emails);

    internal static Task<Reply> BookBy(Caller host, string rule, string policy, string conflict, params string[] emails) => host.Post("/api/meetings/", new
    {
        title = "Standup",
        start_time = "2030-03-05T10:00:00Z",
        end_time = "2030-03-05T10:30:00Z",
        timezone = "UTC",
        recurrence = rule,
        conflict_policy = policy,
        series_conflict = conflict,
        participants = emails.Select(e => new { email = e }),
    });

    /// All occurrences of the series that a person sees, by start.
    internal static async Task<IReadOnlyList<JsonNode>> Of(Caller who, Reply booked) =>
        [.. (await who.Get($"/api/meetings/?series={booked["series"]!["id"]}")).ShouldBe(200).Json!.AsArray().Select(m => m!)];
}
