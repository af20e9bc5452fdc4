using Convene.Server.Features.Admin;
using Convene.Server.Features.Privacy;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Who deletes their account is gone: from the house, from others' meetings, and, once mail is out, from every log.
public sealed class DeletionStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Meetings_to_come_are_called_off_and_what_was_stays_under_no_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var past = await ana.Book("Past", "2030-03-04T10:00Z", "2030-03-04T11:00Z", "ben@example.com");
        house.Clock.Advance(Duration.FromHours(4));
        var coming = await ana.Book("Coming", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com", "guest@example.com");
        await ana.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-06T10:00Z", end_time = "2030-03-06T11:00Z", event_type = "busy" });
        var bens = await ben.Book("Bens", "2030-03-07T10:00Z", "2030-03-07T11:00Z", "ana@example.com");
        await house.DeliverMail();
        var told = (await house.Mails()).Count;

        (await ana.Post("/api/auth/delete-account/", new { })).ShouldBe(400).Error("password").ShouldBe("This field is required.");
        (await ana.Post("/api/auth/delete-account/", new { password = "wrong-horse-8" })).ShouldBe(400).Error("password").ShouldBe("This is not your password.");
        var done = (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(200);
        done.Text.ShouldBe("""{"detail":"Your account is deleted.","meetings_cancelled":1,"meetings_left":1}""");

        (await ana.Get("/api/auth/me/")).ShouldBe(401);
        (await house.Somebody().Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(401);
        (await ben.Get($"/api/meetings/{coming.Id}/")).ShouldBe(200)["status"]!.ToString().ShouldBe("cancelled");
        var was = (await ben.Get($"/api/meetings/{past.Id}/")).ShouldBe(200);
        ($"{was["status"]}", $"{was["host"]!["name"]}", $"{was["host"]!["email"]}").ShouldBe(("scheduled", "Deleted user", ""));
        var left = (await ben.Get($"/api/meetings/{bens.Id}/"))["participants"]![0]!;
        ($"{left["name"]}", $"{left["email"]}", $"{left["status"]}").ShouldBe(("Deleted user", "", "declined"));
        (await ben.Get($"/api/meetings/{coming.Id}/history/")).Json![0]!["by"]!.ToString().ShouldBe("Deleted user");

        await house.DeliverMail();
        var mails = (await house.Mails()).Skip(told).ToArray();
        mails.Select(m => $"{m.To} {m.Subject.Split(" @ ")[0]}").Order().ShouldBe(["ben <ben@example.com> Cancelled: Coming", "guest <guest@example.com> Cancelled: Coming"]);
        mails[0].Text.ShouldContain("The host has deleted their account.");
        mails.ShouldAllBe(m => m.Calendar!.Contains("METHOD:CANCEL", StringComparison.Ordinal) && m.Calendar.Contains("ana@example.com", StringComparison.Ordinal));

        // Ben's meeting can still be changed, with somebody in it who is gone.
        (await ben.Patch($"/api/meetings/{bens.Id}/", new { title = "Without Ana" })).ShouldBe(200);
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_in_the_database_names_them_any_more(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var admin = await house.SignUpAdmin("ada");
        var (zoe, ben) = (await house.SignUp("zoezufall"), await house.SignUp("ben"));
        (await zoe.Patch("/api/auth/me/", new { first_name = "Zoë", last_name = "Zufall", working_hours_start = "08:00" })).ShouldBe(200);
        await zoe.Book("Past", "2030-03-04T10:00Z", "2030-03-04T11:00Z", "ben@example.com");
        var bens = await ben.Post("/api/meetings/", new { title = "Bens", start_time = "2030-03-07T10:00Z", end_time = "2030-03-07T11:00Z", timezone = "UTC", participants = new[] { new { email = "zoezufall@example.com", name = "Zoë Zufall" } } });
        var path = $"/api/meetings/{bens.ShouldBe(201).Id}/participants/{bens["participants"]![0]!["id"]}/";
        (await zoe.Patch(path + "status/", new { status = "accepted" })).ShouldBe(200);
        (await ben.Patch(path, new { role = "cohost" })).ShouldBe(200);
        (await zoe.Post($"/api/meetings/{bens.Id}/proposals/", new { start = "2030-03-08T10:00Z", end = "2030-03-08T11:00Z" })).ShouldBe(201);
        await zoe.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-11T10:00Z", end_time = "2030-03-11T11:00Z", timezone = "UTC", recurrence = "FREQ=WEEKLY", participants = new[] { new { email = "ben@example.com" } } });
        await zoe.Post("/api/feeds/", new { name = "Phone" });
        (await zoe.Post("/api/user/block_slots/", new { date = "2030-03-12", blocked_slots = new[] { 9 } })).ShouldBe(200);
        (await admin.Post($"/api/admin/people/{zoe.Id}/sign-out/")).ShouldBe(200);
        await zoe.SignIn();
        await house.DeliverMail();

        house.Clock.Advance(Duration.FromHours(4));
        (await zoe.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(200);
        var erase = house.Services.GetRequiredService<EraseTraces>();
        (await erase.Handle(CancellationToken.None)).ShouldBe(0, "the cancellations are still owed, in her name");
        await house.DeliverMail();
        (await erase.Handle(CancellationToken.None)).ShouldBe(1);
        (await erase.Handle(CancellationToken.None)).ShouldBe(0);

        (await Mentions(house, "zoë")).ShouldBeEmpty();
        (await Mentions(house, "zufall")).ShouldBeEmpty();
        (await admin.Audit("&kind=account.deleted")).ShouldBe(["account.deleted Deleted user: – → –"]);
        (await admin.Audit("&kind=meeting.answered")).ShouldContain($$"""meeting.answered Deleted user: {"participant":"deleted-{{zoe.Id}}@deleted.invalid","answer":"pending"} → {"participant":"deleted-{{zoe.Id}}@deleted.invalid","answer":"accepted"}""");
        (await admin.Get($"/api/admin/audit/?actor={zoe.Id}"))["results"]!.AsArray().ShouldAllBe(e => e!["from"] == null);
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task With_a_second_factor_it_takes_a_code_too(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var (app, codes) = await house.SetUpSecondFactor(ana);
        house.NextCode();
        (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(400).Error("code").ShouldBe("Send a code of your second factor, too.");
        (await ana.Post("/api/auth/delete-account/", new { password = "wrong-horse-8", code = house.Code(app) })).ShouldBe(400).Error("password").ShouldNotBeEmpty();
        for (var n = 0; n < 5; n++)
            (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password, code = app.Wrong(house.Clock.GetCurrentInstant()) })).ShouldBe(400).Error("code").ShouldNotBeEmpty();
        (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password, code = house.Code(app) })).ShouldBe(429, "wrong codes are counted here as at sign-in");
        (await ana.Get("/api/auth/me/")).ShouldBe(200);
        (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password, code = codes[4] })).ShouldBe(200);
        (await ana.Get("/api/auth/me/")).ShouldBe(401);

        // The last administrator's code is not used up by being refused for that.
        var ada = await house.SignUpAdmin("ada");
        var (adas, _) = await house.SetUpSecondFactor(ada);
        house.NextCode();
        (await ada.Post("/api/auth/delete-account/", new { password = Caller.Password, code = house.Code(adas) })).ShouldBe(403);
        (await house.Finish(await house.Challenge("ada"), house.Code(adas))).ShouldBe(200);
    }

    /// More than is looked at in one statement; and what is behind is not looked at again while mail is owed.
    [Theory, OnSqlite, OnPostgres]
    public async Task Long_logs_are_gone_through_piece_by_piece_and_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var store = house.Services.GetRequiredService<Store>();
        var (zoe, ben) = (await house.SignUp("zoezufall"), await house.SignUp("ben"));
        await store.WriteAlways(async tx =>
        {
            const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)";
            var at = new { now = house.Clock.GetCurrentInstant(), ben = ben.Id };
            await tx.Execute($$"""{{Numbers}} INSERT INTO letters (kind, subject, body, created_at) SELECT 'account_notice', 'To zoezufall@example.com', '{"told":"passkey_added","reason":"zoezufall@example.com"}', @now FROM n""", at);
            await tx.Execute($$"""{{Numbers}} INSERT INTO audit (at, kind, actor_id, reason, new_values) SELECT @now, 'meeting.changed', @ben, '', '{"participant":"zoezufall@example.com"}' FROM n""", at);
        });
        await zoe.Book("Coming", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await house.DeliverMail();
        (await zoe.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(200);

        var erase = house.Services.GetRequiredService<EraseTraces>();
        (await erase.Handle(CancellationToken.None)).ShouldBe(0, "the cancellation is still owed");
        var erasure = (await store.Read(ErasureRows.All)).ShouldHaveSingleItem();
        erasure.AuditAfter.ShouldBeGreaterThan(2500);
        erasure.LettersAfter.ShouldBeGreaterThan(2500);
        (await Mentions(house, "zoezufall")).ShouldAllBe(m => m.StartsWith("letters.body: {\"meeting\"", StringComparison.Ordinal) || m.StartsWith("outbox.", StringComparison.Ordinal) || m.StartsWith("erasures.", StringComparison.Ordinal));
        await house.DeliverMail();
        (await erase.Handle(CancellationToken.None)).ShouldBe(1);
        (await Mentions(house, "zoezufall")).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_address_is_free_for_somebody_new(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var old = await ben.Book("Old", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ana@example.com");
        (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(200);
        house.Clock.Advance(Duration.FromMinutes(1));

        var again = await house.SignUp("ana");
        again.Id.ShouldNotBe(ana.Id);
        (await again.Get($"/api/meetings/{old.Id}/")).ShouldBe(404);
        var fresh = await ben.Book("Fresh", "2030-03-05T10:30Z", "2030-03-05T10:45Z", "ana@example.com");
        fresh.Emails().ShouldBe(["ana@example.com"], "her time is her own");
        await house.DeliverMail();
        await house.Services.GetRequiredService<EraseTraces>().Handle(CancellationToken.None);
        (await ben.Get($"/api/meetings/{fresh.Id}/notifications/")).Json![0]!["email"]!.ToString().ShouldBe("ana@example.com", "what is hers stays hers");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_last_administrator_stays(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ada = await house.SignUpAdmin("ada");
        (await ada.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(403).Error("detail").ShouldStartWith("You are the last administrator.");
        var eve = await house.SignUpAdmin("eve");
        var both = await Task.WhenAll(ada.Post("/api/auth/delete-account/", new { password = Caller.Password }), eve.Post("/api/auth/delete-account/", new { password = Caller.Password }));
        both.Select(r => r.Status).Order().ShouldBe([200, 403]);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Series_end_and_guests_of_others_series_are_not_asked_again(string engine)
    {
        await using var house = await TestHouse.Open(engine, "SERIES_HORIZON_MONTHS=2");
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        object Weekly(string who, string start) => new { title = "Weekly", start_time = start, end_time = start.Replace(":00Z", ":30Z", StringComparison.Ordinal), timezone = "UTC", recurrence = "FREQ=WEEKLY", participants = new[] { new { email = who } } };
        var hers = (await ana.Post("/api/meetings/", Weekly("ben@example.com", "2030-03-05T10:00Z"))).ShouldBe(201);
        var his = (await ben.Post("/api/meetings/", Weekly("ana@example.com", "2030-03-06T10:00Z"))).ShouldBe(201);
        house.Clock.Advance(Duration.FromDays(7));
        await ana.SignIn();
        (await ana.Post("/api/auth/delete-account/", new { password = Caller.Password })).ShouldBe(200);
        house.Clock.Advance(Duration.FromDays(70));
        await house.ExpandSeries();
        await ben.SignIn();

        var all = (await ben.Get($"/api/meetings/?series={hers["series"]!["id"]}&page_size=100"))["results"]!.AsArray();
        all.Count(m => $"{m!["status"]}" == "scheduled").ShouldBe(1, "the one that has been");
        var more = (await ben.Get($"/api/meetings/?series={his["series"]!["id"]}&from_date=2030-06-01&page_size=100"))["results"]!.AsArray();
        more.Count.ShouldBeGreaterThan(3);
        more.ShouldAllBe(m => m!["participants"]!.AsArray().Count == 0);
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Bookings_that_race_with_it_see_them_either_there_or_gone(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        for (var day = 5; day < 9; day++)
            await ana.Book($"Hers {day}", $"2030-03-0{day}T10:00Z", $"2030-03-0{day}T11:00Z", "ben@example.com");
        var booking = Enumerable.Range(0, 12).Select(n => ben.Copy().TryBook($"Race {n}", $"2030-04-{n + 10}T10:00Z", $"2030-04-{n + 10}T11:00Z", "ana@example.com"));
        var hosting = Enumerable.Range(0, 6).Select(n => ana.Copy().TryBook($"Last {n}", $"2030-05-{n + 10}T10:00Z", $"2030-05-{n + 10}T11:00Z", "ben@example.com"));
        var gone = ana.Post("/api/auth/delete-account/", new { password = Caller.Password });
        var answers = await Task.WhenAll(booking.Concat(hosting));
        (await gone).ShouldBe(200);

        answers.Take(12).ShouldAllBe(a => a.Status == 201);
        answers.Skip(12).ShouldAllBe(a => a.Status == 201 || a.Status == 401 || a.Status == 503);
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
        foreach (var made in answers.Where(a => a.Status == 201))
        {
            var meeting = (await ben.Get($"/api/meetings/{made.Id}/")).ShouldBe(200);
            var hers = $"{meeting["host"]!["name"]}" == "Deleted user";
            var there = string.Join(", ", meeting["participants"]!.AsArray().Select(p => $"{p!["name"]} {p["email"]} {p["status"]}"));
            if (hers)
                $"{meeting["status"]}".ShouldBe("cancelled");
            else
                there.ShouldBeOneOf("Deleted user  declined", "ana ana@example.com pending");
        }
    }

    /// Every table of the store that points at people is named by the erasure: a new one can't be forgotten.
    [Fact]
    public async Task Whatever_belongs_to_people_is_known_to_it()
    {
        string[] others = ["audit", "outbox", "erasures", "calendars", "people", "series_people"];
        await using var house = await TestHouse.Open(OnSqliteAttribute.Engine);
        var columns = await house.Services.GetRequiredService<Store>().Read(tx => tx.Query<(string Table, string Column)>(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name IN ('person_id', 'organizer_id', 'actor_id') ORDER BY 1, 2"));
        columns.Where(c => !others.Contains(c.Table) && !PersonErasure.Theirs.Contains(c.Table) && !PersonErasure.Shared.Any(s => (s.Table, s.Column) == c)).ShouldBeEmpty(
            "add it to PersonErasure.Theirs (theirs alone) or Shared (others see it), or say here why not");
    }

    /// Where any text of the database has this in it: a text long enough that no random token has it by chance.
    private static async Task<string[]> Mentions(TestHouse house, string text)
    {
        var store = house.Services.GetRequiredService<Store>();
        var columns = await store.Read(tx => tx.Query<(string Table, string Column)>(store.EngineName == OnSqliteAttribute.Engine
            ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND lower(c.type) = 'text'"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'"));
        columns.Count.ShouldBeGreaterThan(50);
        var found = new List<string>();
        foreach (var (table, column) in columns)
        {
            found.AddRange((await store.Read(tx => tx.Query<string>($"SELECT {column} FROM {table} WHERE lower({column}) LIKE @like", new { like = $"%{text}%" })))
                .Select(value => $"{table}.{column}: {value}"));
        }

        return [.. found];
    }
}
