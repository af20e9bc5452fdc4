namespace Convene.Server.Tests.Stories;

/// Calendar files of other programs: looked at first, then taken whole, and recognised when they come again.
public sealed class ImportStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_preview_tells_all_and_writes_nothing(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await ana.Book("Standup", "2030-03-06T13:30Z", "2030-03-06T14:30Z");
        await ana.Book("Late", "2030-04-09T17:30Z", "2030-04-09T18:00Z");

        var preview = (await ana.Preview(ImportHelp.Google)).ShouldBe(200);
        preview["committed"]!.GetValue<bool>().ShouldBeFalse();
        ((string)preview["name"]!).ShouldBe("Änne privat");
        preview.Actions().ShouldBe(["create Zahnärztin", "create Chor", "create Chor, Generalprobe", "create Messe"]);
        preview["counts"]!["create"]!.GetValue<int>().ShouldBe(4);
        var items = preview["items"]!.AsArray();
        items[0]!["clashes"]!.GetValue<int>().ShouldBe(1);
        ((string)items[0]!["start"]!).ShouldBe("2030-03-06T13:00:00Z");
        ((string)items[1]!["repeats"]!).ShouldContain("Tuesday");
        items[1]!["clashes"]!.GetValue<int>().ShouldBe(1, "one of its dates");
        ((string)items[2]!["recurrence_id"]!).ShouldBe("2030-03-26T19:00:00");
        items[3]!["all_day"]!.GetValue<bool>().ShouldBeTrue();
        items[3]!["busy"]!.GetValue<bool>().ShouldBeFalse();
        ((string)items[3]!["start"]!).ShouldBe("2030-03-31T22:00:00Z", "the day begins on her clocks");
        items.ShouldAllBe(i => i!["event_id"] == null);
        (await ana.Events()).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_imported_takes_time_is_found_and_is_unchanged_the_second_time(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana", "Europe/Berlin"), await house.SignUp("ben"));
        await house.DeliverMail();

        var done = (await ana.Import(ImportHelp.Google)).ShouldBe(200);
        done["committed"]!.GetValue<bool>().ShouldBeTrue();
        var first = done["items"]![0]!["event_id"]!.GetValue<long>();
        var dentist = (await ana.Get($"/api/events/{first}/")).ShouldBe(200);
        ((string)dentist["title"]!).ShouldBe("Zahnärztin");
        ((string)dentist["description"]!).ShouldBe("Bring the card, and the X-rays;\nsecond line");
        ((string)dentist["location"]!).ShouldBe("Praxis Dr. Weiß, Hauptstraße 1");

        var events = await ana.Events();
        // 19:00 on Berlin's clocks, before and after they change; the third is left out, the fourth was moved.
        events.Starts("Chor").ShouldBe(["2030-03-05T18:00:00Z", "2030-03-12T18:00:00Z", "2030-04-02T17:00:00Z", "2030-04-09T17:00:00Z", "2030-04-16T17:00:00Z", "2030-04-23T17:00:00Z", "2030-04-30T17:00:00Z"]);
        events.Starts("Chor, Generalprobe").ShouldBe(["2030-03-27T19:00:00Z"]);
        var fair = events.Single(e => (string)e["title"]! == "Messe");
        fair["all_day"]!.GetValue<bool>().ShouldBeTrue();
        ((string)fair["end_time"]!).ShouldBe("2030-04-03T22:00:00Z");

        // Ben finds her busy at the choir, and not at the fair.
        (await ben.TryBook("Over it", "2030-04-09T17:30Z", "2030-04-09T18:00Z", "ana@example.com"))["skipped_participants"]!.AsArray().ShouldHaveSingleItem();
        (await ben.TryBook("At the fair", "2030-04-02T10:00Z", "2030-04-02T11:00Z", "ana@example.com"))["skipped_participants"]!.AsArray().ShouldBeEmpty();
        (await ben.TryBook("Left out", "2030-03-19T18:00Z", "2030-03-19T19:00Z", "ana@example.com"))["skipped_participants"]!.AsArray().ShouldBeEmpty();

        // Exports say a new DTSTAMP each time.
        var again = (await ana.Import(ImportHelp.Google.Replace("DTSTAMP:20300301", "DTSTAMP:20300302", StringComparison.Ordinal))).ShouldBe(200);
        again.Actions().ShouldBe(["unchanged Zahnärztin", "unchanged Chor", "unchanged Chor, Generalprobe", "unchanged Messe"]);
        again["items"]![0]!["event_id"]!.GetValue<long>().ShouldBe(first);
        (await ana.Events()).Count.ShouldBe(events.Count);
        (await house.DeliverMail()).ShouldBe(2, "Ben's invitations");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_newer_file_updates_an_older_one_does_not_and_a_cancelled_event_goes(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var before = (await ana.Import(ImportHelp.Google)).ShouldBe(200);

        var newer = ImportHelp.Google
            .Replace("DTSTART:20300306T130000Z", "DTSTART:20300306T150000Z", StringComparison.Ordinal).Replace("DTEND:20300306T140000Z", "DTEND:20300306T160000Z", StringComparison.Ordinal)
            .Replace("LOCATION:Praxis", "LOCATION:Neue Praxis", StringComparison.Ordinal).Replace("Generalprobe", "Konzert", StringComparison.Ordinal);
        (await ana.Preview(newer)).Actions().ShouldBe(["update Zahnärztin", "unchanged Chor", "update Chor, Konzert", "unchanged Messe"]);
        var after = (await ana.Import(newer)).ShouldBe(200);
        after["items"]![0]!["event_id"]!.GetValue<long>().ShouldBe(before["items"]![0]!["event_id"]!.GetValue<long>(), "it stays the same event");
        var events = await ana.Events();
        events.Starts("Zahnärztin").ShouldBe(["2030-03-06T15:00:00Z"]);
        events.Starts("Chor").Count().ShouldBe(7);
        events.Starts("Chor, Konzert").ShouldBe(["2030-03-27T19:00:00Z"]);

        var older = newer.Replace("LAST-MODIFIED:20300102", "LAST-MODIFIED:20291231", StringComparison.Ordinal).Replace("Zahnärztin", "Zahnarzt", StringComparison.Ordinal);
        var skipped = (await ana.Import(older)).ShouldBe(200)["items"]![0]!;
        ((string)skipped["action"]!).ShouldBe("skip");
        ((string)skipped["reason"]!).ShouldContain("newer version");

        // One more date is left out, the changed one is as the rule says again.
        var less = ImportHelp.Calendar(
            ImportHelp.Event("choir@google.example.com", "DTSTART;TZID=Europe/Berlin:20300305T190000\nDTEND;TZID=Europe/Berlin:20300305T203000\nRRULE:FREQ=WEEKLY;UNTIL=20300430T215959Z;BYDAY=TU\nEXDATE;TZID=Europe/Berlin:20300319T190000,20300402T190000\nSUMMARY:Chor"),
            ImportHelp.Event("dentist@google.example.com", "SEQUENCE:2\nDTSTART:20300306T150000Z\nSTATUS:CANCELLED\nSUMMARY:Zahnärztin"),
            ImportHelp.Event("unknown@example.com", "DTSTART:20300306T150000Z\nSTATUS:CANCELLED\nSUMMARY:Never here"));
        var last = (await ana.Import(less)).ShouldBe(200);
        last.Actions().ShouldBe(["update Chor", "update Zahnärztin", "skip Never here"]);
        events = await ana.Events();
        events.Starts("Zahnärztin").ShouldBeEmpty();
        events.Starts("Chor").ShouldBe(["2030-03-05T18:00:00Z", "2030-03-12T18:00:00Z", "2030-03-26T18:00:00Z", "2030-04-09T17:00:00Z", "2030-04-16T17:00:00Z", "2030-04-23T17:00:00Z", "2030-04-30T17:00:00Z"]);
        (await ana.Get("/api/availability/?user=ana@example.com&from=2030-03-06&to=2030-03-06"))["busy"]!.AsArray().ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_date_that_comes_alone_changes_that_date_of_the_series(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        (await ana.Import(ImportHelp.Google)).ShouldBe(200);

        var file = ImportHelp.Calendar(
            ImportHelp.Event("choir@google.example.com", "RECURRENCE-ID:20300409T170000Z\nDTSTART;TZID=Europe/Berlin:20300410T190000\nDTEND;TZID=Europe/Berlin:20300410T200000\nSUMMARY:Chor am Mittwoch"),
            ImportHelp.Event("choir@google.example.com", "RECURRENCE-ID:20300416T170000Z\nDTSTART;TZID=Europe/Berlin:20300416T190000\nSTATUS:CANCELLED\nSUMMARY:Chor"),
            ImportHelp.Event("elsewhere@example.com", "RECURRENCE-ID:20300416T170000Z\nDTSTART:20300417T090000Z\nDTEND:20300417T100000Z\nSUMMARY:One of somebody's series"));
        (await ana.Import(file)).ShouldBe(200).Actions().ShouldBe(["update Chor am Mittwoch", "update Chor", "create One of somebody's series"]);
        var events = await ana.Events();
        events.Starts("Chor").ShouldBe(["2030-03-05T18:00:00Z", "2030-03-12T18:00:00Z", "2030-04-02T17:00:00Z", "2030-04-23T17:00:00Z", "2030-04-30T17:00:00Z"]);
        events.Starts("Chor am Mittwoch").ShouldBe(["2030-04-10T17:00:00Z"]);
        events.Starts("One of somebody's series").ShouldBe(["2030-04-17T09:00:00Z"]);
        (await ana.Import(file)).ShouldBe(200).Actions().ShouldBe(["unchanged Chor am Mittwoch", "unchanged Chor", "unchanged One of somebody's series"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_file_sent_twice_at_once_is_there_once_and_the_audit_says_who_sent_it(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var boss = await house.SignUpAdmin("boss");
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var both = await Task.WhenAll(ana.Import(ImportHelp.Google), ana.Import(ImportHelp.Google));
        both.ShouldAllBe(r => r.Status == 200);
        both.Select(r => r["counts"]!["create"]!.GetValue<int>()).Order().ShouldBe([0, 4]);
        (await ana.Events()).Count.ShouldBe(10);
        (await boss.Audit("&kind=calendar")).ShouldHaveSingleItem().ShouldContain("\"created\":4");

        // It ended long before it was exported again.
        (await ana.Import(ImportHelp.Calendar(ImportHelp.Event("choir@google.example.com", "SEQUENCE:9\nDTSTART;TZID=Europe/Berlin:20200107T190000\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Chor"))))
            .ShouldBe(200).Actions().ShouldBe(["update Chor"]);
        (await ana.Events()).Select(e => (string)e["title"]!).ShouldBe(["Zahnärztin", "Messe"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Exports_of_outlook_and_apple_mean_what_they_mean_there(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "America/New_York");

        var outlook = (await ana.Import(ImportHelp.Outlook)).ShouldBe(200);
        outlook.Actions().ShouldBe(["create Monatsbericht", "create Geburtstag"]);
        ((string)outlook["items"]![0]!["timezone"]!).ShouldBe("Europe/Berlin");
        outlook["items"]![1]!["busy"]!.GetValue<bool>().ShouldBeFalse();
        var apple = (await ana.Import(ImportHelp.Apple)).ShouldBe(200);
        apple.Actions().ShouldBe(["create Call with a long name that is folded in the middle of an umlaut, such as \"Größe\"", "create Run, wherever I am", "skip Buy milk"]);
        ((string)apple["items"]![2]!["reason"]!).ShouldContain("Tasks");

        var events = await ana.Events();
        events.Starts("Monatsbericht").ShouldBe(["2030-03-08T09:00:00Z", "2030-04-12T08:00:00Z", "2030-05-10T08:00:00Z", "2030-06-14T08:00:00Z", "2030-07-12T08:00:00Z", "2030-08-09T08:00:00Z"]);
        events.Starts("Geburtstag").ShouldBe(["2030-03-10T05:00:00Z"], "a day is a day on her own clocks");
        events.Single(e => ((string)e["title"]!).StartsWith("Call", StringComparison.Ordinal))["start_time"]!.ToString().ShouldBe("2030-03-05T14:00:00Z", "the zone is known by its rules");
        events.Starts("Run, wherever I am").ShouldBe(["2030-03-07T13:00:00Z"], "nine o'clock wherever she is, which is New York");
        (await ana.Import(System.Text.Encoding.UTF8.GetBytes(ImportHelp.Apple), commit: true, "Asia/Tokyo")).ShouldBe(200).Actions().ShouldContain("update Run, wherever I am");
        (await ana.Events()).Starts("Run, wherever I am").ShouldBe(["2030-03-06T23:00:00Z"]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_meeting_that_is_here_already_is_not_taken_twice(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben, cho) = (await house.SignUp("ana"), await house.SignUp("ben"), await house.SignUp("cho"));
        var meeting = await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        (await ana.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-06T10:00Z", end_time = "2030-03-06T11:00Z", recurrence = "FREQ=WEEKLY;COUNT=4", participants = new[] { new { email = "ben@example.com" } } })).ShouldBe(201);
        var file = (await ana.Get("/api/meetings/my-calendar/")).ShouldBe(200).Text;

        foreach (var who in new[] { ana, ben })
        {
            var import = (await who.Import(file)).ShouldBe(200);
            import.Actions().ShouldBe(["skip Kickoff", "skip Weekly"]);
            ((string)import["items"]![0]!["reason"]!).ShouldBe("It is already here.");
            (await who.Events()).ShouldBeEmpty();
        }

        (await cho.Import(file)).ShouldBe(200).Actions().ShouldBe(["create Kickoff", "create Weekly"], "Cho takes part in neither");
        meeting.Id.ShouldNotBeNull();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_series_without_end_goes_on_with_the_horizon_and_nobody_is_mailed(string engine)
    {
        await using var house = await TestHouse.Open(engine, "SERIES_HORIZON_MONTHS=3");
        var ana = await house.SignUp("ana", "Europe/Berlin");
        await house.DeliverMail();
        // Since 2019; one date far ahead is moved, one called off.
        var file = ImportHelp.Calendar(
            ImportHelp.Event("yoga@example.com", "DTSTART;TZID=Europe/Berlin:20190107T180000\nDTEND;TZID=Europe/Berlin:20190107T190000\nRRULE:FREQ=WEEKLY\nSUMMARY:Yoga"),
            ImportHelp.Event("yoga@example.com", "RECURRENCE-ID;TZID=Europe/Berlin:20300701T180000\nDTSTART;TZID=Europe/Berlin:20300702T180000\nDTEND;TZID=Europe/Berlin:20300702T190000\nSUMMARY:Yoga"),
            ImportHelp.Event("yoga@example.com", "RECURRENCE-ID;TZID=Europe/Berlin:20300708T180000\nDTSTART;TZID=Europe/Berlin:20300708T180000\nSTATUS:CANCELLED\nSUMMARY:Yoga"));
        (await ana.Import(file)).ShouldBe(200)["counts"]!["create"]!.GetValue<int>().ShouldBe(2);
        var events = await ana.Events("2020-01-01");
        events.Starts("Yoga").First().ShouldBe("2029-03-05T17:00:00Z", "the last year is enough");
        var series = (string)events[0]["series"]!;
        events = await ana.Events("2030-05-25");
        events.Starts("Yoga").ShouldBe(["2030-05-27T16:00:00Z", "2030-06-03T16:00:00Z", "2030-07-02T16:00:00Z"]);

        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 5, 5, 9, 0));
        (await house.ExpandSeries()).ShouldBe(1);
        await ana.SignIn();
        events = await ana.Events("2030-06-20");
        events.Starts("Yoga").ShouldBe(["2030-06-24T16:00:00Z", "2030-07-02T16:00:00Z", "2030-07-15T16:00:00Z", "2030-07-22T16:00:00Z", "2030-07-29T16:00:00Z"]);
        events.ShouldAllBe(e => (string)e["series"]! == series);
        (await ana.TryBook("Over it", "2030-07-22T16:30Z", "2030-07-22T17:00Z"))["host_conflicts"]!.AsArray().ShouldHaveSingleItem();
        (await ana.Import(file)).ShouldBe(200)["counts"]!["unchanged"]!.GetValue<int>().ShouldBe(3);
        (await house.DeliverMail()).ShouldBe(0);

        // It is taken off from a date on, or as a whole.
        var july = events[2]["id"]!.GetValue<long>();
        (await ana.Delete($"/api/events/{july}/?scope=following")).ShouldBe(204);
        (await ana.Events("2030-06-20")).Starts("Yoga").ShouldBe(["2030-06-24T16:00:00Z", "2030-07-02T16:00:00Z"]);
        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 9, 5, 9, 0));
        (await house.ExpandSeries()).ShouldBe(0, "it has ended");
        await ana.SignIn();
        (await ana.Delete($"/api/events/{(await ana.Events("2030-06-20"))[0]["id"]}/?scope=all")).ShouldBe(204);
        (await ana.Events("2020-01-01")).ShouldBeEmpty();
        (await ana.Import(file)).ShouldBe(200)["counts"]!["create"]!.GetValue<int>().ShouldBe(2, "what was taken off can come again");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_one_rule_cannot_say_is_kept_by_its_dates_and_what_cannot_be_is_refused_by_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana", "Europe/Berlin");
        var import = (await ana.Import(ImportHelp.Calendar(
            ImportHelp.Event("two@example.com", "DTSTART:20300305T090000Z\nDTEND:20300305T093000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2\nSUMMARY:Two rules"),
            ImportHelp.Event("ex@example.com", "DTSTART:20300305T100000Z\nDTEND:20300305T103000Z\nRRULE:FREQ=DAILY;COUNT=6\nEXRULE:FREQ=DAILY;INTERVAL=2\nSUMMARY:Every other"),
            ImportHelp.Event("wrong@example.com", "DTSTART:20300305T090000Z\nRRULE:FREQ=SOMETIMES\nSUMMARY:Sometimes"),
            ImportHelp.Event("often@example.com", "DTSTART:20300305T090000Z\nDTEND:20300305T090100Z\nRRULE:FREQ=MINUTELY\nSUMMARY:Too often"),
            ImportHelp.Event("never@example.com", "DTSTART:20300305T090000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Never"),
            ImportHelp.Event("over@example.com", "DTSTART:20100305T090000Z\nRRULE:FREQ=DAILY;COUNT=10\nSUMMARY:Over"),
            ImportHelp.Event("long@example.com", "DTSTART:20300305T090000Z\nDTEND:20400305T090000Z\nSUMMARY:Ten years"),
            ImportHelp.Event("nowhen@example.com", "SUMMARY:No start"),
            ImportHelp.Event("point@example.com", "DTSTART:20300305T120000Z\nSUMMARY:A moment"),
            "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0537\nTZOFFSETTO:+0537\nEND:STANDARD\nEND:VTIMEZONE",
            ImportHelp.Event("odd@example.com", "DTSTART;TZID=Odd:20300305T090000\nDTEND;TZID=Odd:20300305T093000\nRRULE:FREQ=WEEKLY\nSUMMARY:Odd zone"),
            "BEGIN:VJOURNAL\nUID:note@example.com\nSUMMARY:Note\nEND:VJOURNAL",
            "BEGIN:VEVENT\nDTSTART:20300305T130000Z\nDTEND:20300305T140000Z\nSUMMARY:Without a UID\nEND:VEVENT"))).ShouldBe(200);
        import.Actions().Order(StringComparer.Ordinal).ShouldBe(
            [
                "create A moment", "create Every other", "create Odd zone", "create Two rules", "create Without a UID", "refuse Never", "refuse No start", "refuse Sometimes", "refuse Ten years", "refuse Too often",
                "skip Note", "skip Over",
            ]);
        import["items"]!.AsArray().Where(i => (string)i!["action"]! is "refuse" or "skip").ShouldAllBe(i => ((string)i!["reason"]!).Length > 10);
        var events = await ana.Events();
        events.Starts("Two rules").Count().ShouldBe(5);
        events.Starts("Every other").ShouldBe(["2030-03-06T10:00:00Z", "2030-03-08T10:00:00Z", "2030-03-10T10:00:00Z"]);
        // Berlin's clocks stand in, so the series is kept by its dates: by the odd clocks, also behind the change in Berlin.
        var odd = events.Starts("Odd zone").ToList();
        odd.Count.ShouldBeGreaterThan(50);
        odd.ShouldAllBe(s => s.EndsWith("T03:23:00Z", StringComparison.Ordinal));
        import["items"]!.AsArray().Single(i => (string)i!["title"]! == "Odd zone")!["reason"]!.ToString().ShouldContain("later ones are not");
        var moment = events.Single(e => (string)e["title"]! == "A moment");
        (await ana.Patch($"/api/events/{moment["id"]}/", new { title = "Just a moment" })).ShouldBe(200);
        (await ana.TryBook("Around it", "2030-03-05T11:30Z", "2030-03-05T12:30Z"))["host_conflicts"]!.AsArray().ShouldBeEmpty("it takes no time");
    }
}
