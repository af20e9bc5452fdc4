using Convene.Server.Tests.Peers;
using NodaTime;
using static Convene.Server.Tests.Peers.CalendarServer;
using static Convene.Server.Tests.Stories.ExternalCalendarStories;

namespace Convene.Server.Tests.Stories;

/// Calendars that can't be read, and servers that are slow, hostile or away.
public sealed class ExternalCalendarAwayStories
{
    private static readonly string Ten = Event("a", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "RRULE:FREQ=DAILY");

    [Theory, OnSqlite, OnPostgres]
    public async Task While_an_open_one_is_away_the_last_that_was_read_counts(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback, "ACCESS_TOKEN_MINUTES=10080");
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        elsewhere.Status = 500;
        var states = new List<string>();
        var waits = new List<double>();
        while (house.Clock.GetCurrentInstant() < TestHouse.Start + Duration.FromHours(40))
        {
            var calendar = await One(ana);
            var next = NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)calendar["next_fetch_at"]!).Value;
            states.Add((string)calendar["state"]!);
            waits.Add((next - house.Clock.GetCurrentInstant()).TotalMinutes);
            house.Clock.Set(next);
            (await house.RefreshCalendars()).ShouldBe(1);
            Starts(await house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = new[] { ana.Id }, window_start = "2030-03-06T00:00Z", window_end = "2030-03-07T00:00Z", step_minutes = 60 }))
                .ShouldNotContain("10");
        }

        // A quarter of an hour, then twice as long each time up to six hours, a little longer by chance; after a day it is failing.
        states.Distinct().ShouldBe(["fresh", "stale", "failing"]);
        var expected = new[] { 15, 15, 30, 60, 120, 240, 360, 360 };
        for (var i = 0; i < expected.Length; i++)
            waits[i].ShouldBeInRange(expected[i], expected[i] * 1.1, $"wait {i}");
        ((string)(await One(ana))["error"]!).ShouldBe("Its server answered with status 500.");
        Reasons(await Explain(ana, ana, "2030-03-06T12:00:00Z")).ShouldBeEmpty("open: only what was read counts");

        elsewhere.Status = 200;
        house.Clock.Advance(Duration.FromHours(7));
        (await house.RefreshCalendars()).ShouldBe(1);
        var again = await One(ana);
        ((string)again["state"]!, again["error"]).ShouldBe(("fresh", null));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_closed_one_that_is_away_for_a_day_closes_its_owners_time_until_it_answers(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback, "ACCESS_TOKEN_MINUTES=10080");
        var (ana, ben) = (await house.SignUp("ana", "America/New_York"), await house.SignUp("ben"));
        var id = (long)(await Add(ana, elsewhere, "closed"))["id"]!;
        elsewhere.Status = 503;
        Task<Reply> Later(string day) => house.Somebody().Post("/api/scheduling/find-slots/", new { user_ids = new[] { ana.Id }, window_start = $"{day}T00:00Z", window_end = $"{day}T23:59Z", step_minutes = 60 });
        async Task Pass(Duration time)
        {
            for (var until = house.Clock.GetCurrentInstant() + time; house.Clock.GetCurrentInstant() < until;)
            {
                var next = NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)(await One(ana))["next_fetch_at"]!).Value;
                house.Clock.Set(Instant.Min(next + Duration.FromSeconds(1), until));
                await house.RefreshCalendars();
            }
        }

        await Pass(Duration.FromHours(23));
        ((string)(await One(ana))["state"]!).ShouldBe("stale");
        Starts(await Later("2030-03-07")).ShouldNotBeEmpty();

        await Pass(Duration.FromHours(1) + Duration.FromMinutes(1));
        ((string)(await One(ana))["state"]!).ShouldBe("failing", "exactly a day after it was read: the back-off does not delay it");
        Starts(await Later("2030-03-07")).ShouldBeEmpty();
        Starts(await Later("2035-03-07")).ShouldBeEmpty();
        Reasons(await Explain(ben, ana, "2030-03-07T17:00:00Z")).ShouldBe(["calendar_unreachable"]);
        Reasons(await Explain(ben, ana, "2030-03-07T10:00:00Z")).ShouldBe(["outside_hours", "busy", "calendar_unreachable"]);
        var booked = await ben.Book("Review", "2030-03-07T17:00Z", "2030-03-07T18:00Z", "ana@example.com", "cho@example.com");
        booked.Emails().ShouldBe(["cho@example.com"]);
        (await ben.Get($"/api/availability/?user={ana.Id}&from=2030-03-07&to=2030-03-07")).ShouldBe(200)["free"]!.AsArray().ShouldBeEmpty();
        // It is a rule, but none of hers.
        (await ana.Get("/api/availability/")).ShouldBe(200)["overrides"]!.AsArray().ShouldBeEmpty();
        (await ana.Get("/api/availability/overrides/")).Text.ShouldBe("[]");
        for (var rule = 1; rule < 5; rule++)
            (await ana.Delete($"/api/availability/overrides/{rule}/")).ShouldBe(404);

        // Whoever would rather be booked says so.
        (await ana.Patch($"/api/external-calendars/{id}/", new { when_unreachable = "open" })).ShouldBe(200);
        Starts(await Later("2030-03-07")).ShouldNotBeEmpty();
        (await ana.Patch($"/api/external-calendars/{id}/", new { when_unreachable = "closed" })).ShouldBe(200);
        Starts(await Later("2030-03-07")).ShouldBeEmpty();

        elsewhere.Status = 200;
        (await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(200)["state"]!.GetValue<string>().ShouldBe("fresh");
        Starts(await Later("2030-03-07")).ShouldNotBeEmpty();
        elsewhere.Status = 503;
        await Pass(Duration.FromHours(25));
        Starts(await Later("2030-03-08")).ShouldBeEmpty();
        (await ana.Delete($"/api/external-calendars/{id}/")).ShouldBe(204);
        Starts(await Later("2030-03-08")).ShouldNotBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Its_owner_hears_when_it_is_away_and_when_it_is_back(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        using var listener = await Listener.Open(house, ana);
        (await listener.Next()).Event.ShouldBe("ready");
        var id = (long)(await Add(ana, elsewhere))["id"]!;
        var heard = (await listener.Next()).Id;
        async Task<long> Refresh(int status)
        {
            elsewhere.Status = status;
            (await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(200);
            return await Revision(house, ana);
        }

        var before = await Revision(house, ana);
        (await Refresh(200)).ShouldBe(before, "nothing to tell");
        (await Refresh(500)).ShouldBe(before + 1, "it is away");
        (await Refresh(500)).ShouldBe(before + 1, "still");
        (await Refresh(200)).ShouldBe(before + 2, "it is back");
        while (heard < before + 2)
            heard = (await listener.Next()).Id;
        heard.ShouldBe(before + 2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task How_often_it_is_read_the_server_may_say_within_bounds(string engine)
    {
        await using var elsewhere = await Start("REFRESH-INTERVAL;VALUE=DURATION:PT1H", Ten);
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        var id = (long)(await Add(ana, elsewhere))["id"]!;
        async Task<double> Wait(params string[] lines)
        {
            if (lines.Length > 0)
                elsewhere.Shows(lines);
            var next = (string)(await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(200)["next_fetch_at"]!;
            return (NodaTime.Text.InstantPattern.ExtendedIso.Parse(next).Value - house.Clock.GetCurrentInstant()).TotalMinutes;
        }

        (await Wait()).ShouldBeInRange(60, 66, "an unchanged answer says what the last one said");
        elsewhere.Answered.ShouldBe([200, 304]);
        (await Wait("X-PUBLISHED-TTL:PT2H", Ten)).ShouldBeInRange(120, 132);
        (await Wait("REFRESH-INTERVAL;VALUE=DURATION:PT1S", Ten)).ShouldBeInRange(15, 16.5, "as often as the server says at most");
        (await Wait("REFRESH-INTERVAL;VALUE=DURATION:P4W", Ten)).ShouldBeInRange(360, 396);
        (await Wait("REFRESH-INTERVAL;VALUE=DURATION:nonsense", Ten)).ShouldBeInRange(15, 16.5);
        elsewhere.Status = 429;
        elsewhere.RetryAfter = "7200";
        (await Wait()).ShouldBeInRange(120, 132);
        elsewhere.RetryAfter = "Mon, 04 Mar 2030 12:00:00 GMT";
        (await Wait()).ShouldBeInRange(180, 198, "as a date");
        elsewhere.RetryAfter = "31536000";
        (await Wait()).ShouldBeInRange(360, 396, "not a year");
        elsewhere.RetryAfter = "0";
        (await Wait()).ShouldBeInRange(120, 132, "the back-off goes on");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Each_is_read_by_one_node(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback);
        await using var other = await house.AnotherNode();
        foreach (var name in (string[])["ana", "ben", "cho", "dan"])
            await Add(await house.SignUp(name), elsewhere);
        house.Clock.Advance(Duration.FromHours(1));
        var taken = await Task.WhenAll(house.RefreshCalendars(), other.RefreshCalendars(), house.RefreshCalendars(), other.RefreshCalendars());
        taken.Sum().ShouldBe(4);
        elsewhere.Answered.Count.ShouldBe(8);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_node_that_runs_jobs_reads_what_is_due_by_itself(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback, "RUN_JOBS=true");
        await Add(await house.SignUp("ana"), elsewhere);
        house.Clock.Advance(Duration.FromHours(1));
        elsewhere.Comes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var other = await house.AnotherNode();
        await elsewhere.Comes.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_an_older_attempt_finds_is_thrown_away(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        var id = (long)(await Add(ana, elsewhere))["id"]!;
        async Task<Task<Reply>> Begin()
        {
            (elsewhere.Comes, elsewhere.Holds) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));
            var begun = ana.Post($"/api/external-calendars/{id}/refresh/");
            await elsewhere.Comes.Task;
            return begun;
        }

        // It is sent elsewhere meanwhile.
        await using var another = await Start(Event("b", "DTSTART:20300305T140000Z", "DTEND:20300305T150000Z"));
        var older = await Begin();
        (await ana.Patch($"/api/external-calendars/{id}/", new { url = another.Url })).ShouldBe(200)["state"]!.GetValue<string>().ShouldBe("fresh");
        elsewhere.Status = 500;
        elsewhere.Holds!.SetResult();
        (await older).ShouldBe(200)["state"]!.GetValue<string>().ShouldBe("fresh");
        Starts(await Find(house, ana)).ShouldBe(["09", "10", "11", "12", "13", "15", "16"]);

        // It is deleted meanwhile.
        (await ana.Patch($"/api/external-calendars/{id}/", new { url = elsewhere.Url })).ShouldBe(200)["state"]!.GetValue<string>().ShouldBe("failing");
        Starts(await Find(house, ana)).ShouldNotContain("14", "what was read before counts until something is");
        elsewhere.Status = 200;
        older = await Begin();
        (await ana.Delete($"/api/external-calendars/{id}/")).ShouldBe(204);
        elsewhere.Holds!.SetResult();
        (await older).ShouldBe(404);
        Starts(await Find(house, ana)).Count.ShouldBe(8);
    }

    [Theory, OnSqlite]
    public async Task Nothing_is_fetched_when_somebody_searches_or_books(string engine)
    {
        await using var elsewhere = await Start(Ten);
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        house.Clock.Advance(Duration.FromDays(3));
        await ana.SignIn();
        elsewhere.Holds = new TaskCompletionSource();
        await Find(house, ana);
        await Explain(ana, ana, "2030-03-08T10:00:00Z");
        await ana.Book("Review", "2030-03-08T10:30Z", "2030-03-08T11:30Z", "cho@example.com");
        await ana.Get($"/api/availability/?user={ana.Id}");
        (await ana.Get("/api/external-calendars/")).ShouldBe(200);
        elsewhere.Answered.Count.ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_there_but_no_calendar_or_too_much_of_one_is_told(string engine)
    {
        await using var elsewhere = await Start();
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        var id = (long)(await Add(ana, elsewhere))["id"]!;
        async Task<string> Says(string text)
        {
            elsewhere.ShowsText(text);
            var calendar = (await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(200);
            ((string)calendar["state"]!).ShouldBe("stale", text.Length > 200 ? "long" : text);
            return (string)calendar["error"]!;
        }

        (await Says("<html><body>Sign in</body></html>")).ShouldStartWith("What is there is no calendar: ");
        (await Says("")).ShouldStartWith("What is there is no calendar: ");
        (await Says("\0\u0001\u0002")).ShouldStartWith("What is there is no calendar: ");
        (await Says(Calendar(Event("a", "DTSTART:20300305T100000Z", "DURATION:PT1H"))[..^30])).ShouldBe("What is there is no calendar: it breaks off; its end, END:VCALENDAR, is missing.");
        (await Says("BEGIN:VCALENDAR\r\nBEGIN:\0\ud800\r\nEND:\0\r\n")).ShouldStartWith("What is there is no calendar: ");
        (await Says("BEGIN:\0\u0007" + new string('\u0001', 10_000))).Length.ShouldBeLessThan(400);
        (await Says(new string('x', 6 << 20))).ShouldBe("It is larger than 5 MB.");
        (await Says(Calendar(Event("a", "DTSTART:20300305T100000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY;INTERVAL=5")))).ShouldBe("It has more than 20000 dates in the time that is looked at.");
        var counted = Enumerable.Range(0, 200).Select(i => Event($"{i}", "DTSTART:00020113T100000Z", "DURATION:PT1M", "RRULE:FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR;COUNT=1000000"));
        (await Says(Calendar([.. counted]))).ShouldBe("A rule in it takes too long to work out.");
        elsewhere.Status = 404;
        (await Says("")).ShouldBe("There is nothing at this address (any more, status 404).");
        elsewhere.Status = 401;
        (await Says("")).ShouldStartWith("Its server does not let us read it");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_large_one_takes_few_statements_and_an_unchanged_one_fewer(string engine)
    {
        await using var elsewhere = await Start(Event("a", "DTSTART:20300101T000000Z", "DURATION:PT20M", "RRULE:FREQ=HOURLY"));
        await using var house = await TestHouse.Open(engine, Loopback);
        var ana = await house.SignUp("ana");
        (await house.Statements(() => Add(ana, elsewhere))).ShouldBeLessThan(40);
        ((long)(await One(ana))["busy_count"]!).ShouldBeGreaterThan(17_000);
        elsewhere.Shows(Event("a", "DTSTART:20300101T000000Z", "DURATION:PT20M", "RRULE:FREQ=HOURLY"), Event("b", "DTSTART:20300305T103000Z", "DURATION:PT10M"));
        house.Clock.Advance(Duration.FromHours(1));
        (await house.Statements(house.RefreshCalendars)).ShouldBeLessThan(20);
        house.Clock.Advance(Duration.FromHours(1));
        (await house.Statements(house.RefreshCalendars)).ShouldBeLessThan(12);
        (await BusyOn(ana)).ShouldBe(25);
    }

    [Theory, OnSqlite]
    public async Task Bounds_hold_for_everybody(string engine)
    {
        await using var elsewhere = await Start();
        await using var house = await TestHouse.Open(engine, Loopback);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        Task<Reply> Another(Caller who, int number) => who.Post("/api/external-calendars/", new { name = $"Number {number}", url = $"{elsewhere.Url}?{number}" });
        for (var i = 0; i < 10; i++)
            (await Another(ana, i)).ShouldBe(201);
        (await Another(ana, 10)).ShouldBe(400).Error("non_field_errors").ShouldBe("There are 10 external calendars already. Delete one first.");
        var id = (long)(await ana.Get("/api/external-calendars/")).Json!.AsArray()[0]!["id"]!;
        for (var i = 0; i < 9; i++)
            (await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(200);
        var limited = (await ana.Post($"/api/external-calendars/{id}/refresh/")).ShouldBe(429);
        int.Parse(limited.Headers["Retry-After"]).ShouldBeInRange(1, 60);
        (await Another(ben, 1)).ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task As_weeks_go_by_the_horizon_goes_along(string engine)
    {
        await using var elsewhere = await Start(Event("a", "DTSTART:20300305T100000Z", "DTEND:20300305T110000Z", "RRULE:FREQ=DAILY"), Event("b", "DTSTART;VALUE=DATE:20290101", "DTEND;VALUE=DATE:20290201"), Event("c", "DTSTART;VALUE=DATE:20300601", "DTEND;VALUE=DATE:20300801"));
        await using var house = await TestHouse.Open(engine, Loopback, "SERIES_HORIZON_MONTHS=1");
        var ana = await house.SignUp("ana");
        await Add(ana, elsewhere);
        async Task<bool> Busy(string time) => Reasons(await Explain(ana, ana, time)).Contains("busy");
        (await Busy("2030-04-03T10:00:00Z")).ShouldBeTrue();
        (await Busy("2030-04-20T10:00:00Z")).ShouldBeFalse();
        for (var day = 0; day < 120; day++)
        {
            house.Clock.Advance(Duration.FromDays(1));
            await house.RefreshCalendars();
        }

        await ana.SignIn();
        (await Busy("2030-07-30T10:00:00Z")).ShouldBeTrue();
        (await Busy("2030-07-30T20:00:00Z")).ShouldBeTrue("two months away");
        elsewhere.Answered.Count(a => a == 200).ShouldBeInRange(17, 19, "once a week it is read anew, otherwise it is unchanged");
    }

    private static async Task<int> BusyOn(Caller who) =>
        (await who.Get($"/api/availability/?user={who.Id}&from=2030-03-05&to=2030-03-05")).ShouldBe(200)["busy"]!.AsArray().Count;

    private static string Calendar(params string[] items) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elsewhere//EN\r\n{string.Join("\r\n", items)}\r\nEND:VCALENDAR\r\n";
}
