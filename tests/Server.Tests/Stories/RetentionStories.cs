using Convene.Server.Features.Accounts;
using Convene.Server.Features.Admin;
using Convene.Server.Features.Privacy;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Convene.Server.Tests.Stories;

/// What is old goes by itself, if the house is told to; otherwise nothing ever does.
public sealed class RetentionStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Nothing_goes_unless_it_is_set(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("Old", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await house.DeliverMail();
        house.Clock.Advance(Duration.FromDays(3_650));
        (await Forget(house)).ShouldBe(new ForgetOld.Result(0, 0));
        await ana.SignIn();
        ((int)(await ana.Get("/api/meetings/?page=1"))["count"]!).ShouldBe(1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Mails_that_are_done_with_go_and_owed_ones_stay(string engine)
    {
        await using var house = await TestHouse.Open(engine, "MAIL_DAYS=30");
        var ana = await house.SignUp("ana");
        var old = await ana.Book("Old", "2030-06-05T10:00Z", "2030-06-05T11:00Z", "ben@example.com", "cho@example.com");
        await house.DeliverMail();
        await ana.Patch($"/api/meetings/{old.Id}/", new { location = "Office" });
        house.Clock.Advance(Duration.FromDays(31));
        await ana.SignIn();
        var fresh = await ana.Book("Fresh", "2030-06-06T10:00Z", "2030-06-06T11:00Z", "ben@example.com");

        (await Forget(house)).ShouldBe(new ForgetOld.Result(3, 0), "a verification and two invitations");
        (await ana.Get($"/api/meetings/{old.Id}/notifications/")).Json!.AsArray().Select(m => $"{m!["notification_type"]} {m["status"]}").ShouldBe(["update queued", "update queued"]);
        await house.DeliverMail();
        (await Forget(house)).ShouldBe(new ForgetOld.Result(2, 0));
        (await ana.Get($"/api/meetings/{fresh.Id}/notifications/")).Json!.AsArray().Count.ShouldBe(1);
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Meetings_and_events_go_once_they_are_over_for_so_long(string engine)
    {
        await using var house = await TestHouse.Open(engine, "PAST_MEETING_DAYS=30", "SERIES_HORIZON_MONTHS=3");
        var ana = await house.SignUp("ana");
        var old = await ana.Book("Old", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        (await ana.Post("/api/events/", new { title = "Dentist", start_time = "2030-03-06T10:00Z", end_time = "2030-03-06T11:00Z", event_type = "busy" })).ShouldBe(201);
        var later = await ana.Book("Later", "2030-04-01T10:00Z", "2030-04-01T11:00Z");
        var weekly = (await ana.Post("/api/meetings/", new { title = "Weekly", start_time = "2030-03-04T12:00Z", end_time = "2030-03-04T12:30Z", timezone = "UTC", recurrence = "FREQ=WEEKLY" })).ShouldBe(201);
        (await ana.Post("/api/meetings/", new { title = "Twice", start_time = "2030-03-04T14:00Z", end_time = "2030-03-04T14:30Z", timezone = "UTC", recurrence = "FREQ=DAILY;COUNT=2" })).ShouldBe(201);
        house.Clock.Set(Instant.FromUtc(2030, 4, 10, 0, 0));
        await ana.SignIn();
        var calendar = await Calendar(ana);

        (await Forget(house)).ShouldBe(new ForgetOld.Result(0, 5), "a meeting, an event, one date of one series, both of another");
        (await ana.Get($"/api/meetings/{old.Id}/")).ShouldBe(404);
        (await ana.Get($"/api/meetings/{later.Id}/")).ShouldBe(200);
        (await ana.Get("/api/events/")).Json!.AsArray().ShouldBeEmpty();
        var left = (await ana.Get($"/api/meetings/?series={weekly["series"]!["id"]}&page_size=100"))["results"]!.AsArray();
        left.Select(m => ((string)m!["start_time"]!)[..10]).First().ShouldBe("2030-03-11");
        (await Calendar(ana)).ShouldBe(calendar, "no calendar takes what was for called off");
        (await Forget(house)).ShouldBe(new ForgetOld.Result(0, 0));
        (await house.Services.GetRequiredService<CheckStore>().Handle()).ShouldAllBe(r => r.Broken.Count == 0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Sign_ins_that_ended_go_after_the_days_that_are_set(string engine)
    {
        await using var house = await TestHouse.Open(engine, "SIGN_IN_DAYS=3");
        var ana = await house.SignUp("ana");
        (await ana.Post("/api/auth/logout/")).ShouldBe(200);
        var forget = house.Services.GetRequiredService<ForgetOldSignIns>();
        async Task<long> Left()
        {
            await forget.Handle(CancellationToken.None);
            return await house.Services.GetRequiredService<Storage.Store>().Read(tx => tx.One<long>("SELECT count(*) FROM sign_ins"));
        }

        house.Clock.Advance(Duration.FromDays(2));
        (await Left()).ShouldBe(1);
        house.Clock.Advance(Duration.FromDays(2));
        (await Left()).ShouldBe(0);
    }

    private static Task<ForgetOld.Result> Forget(TestHouse house) => house.Services.GetRequiredService<ForgetOld>().Handle(CancellationToken.None);

    /// The weekly series as a calendar program sees it: its rule and what is left out of it.
    private static async Task<string[]> Calendar(Caller caller) =>
        [.. (await caller.Get("/api/meetings/my-calendar/")).ShouldBe(200).Text.Split("\r\n").Where(l => l.StartsWith("RRULE", StringComparison.Ordinal) || l.StartsWith("EXDATE", StringComparison.Ordinal))];
}
