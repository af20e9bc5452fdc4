namespace Convene.Server.Tests.Stories;

/// Series at their edges: all over, and overlapping what is known.
public sealed class SeriesEdgeStories
{
    private const string FourWeeks = "FREQ=WEEKLY;COUNT=4";

    [Theory, OnSqlite, OnPostgres]
    public async Task The_hosts_own_reminder_goes_for_series_too(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (await ana.Patch("/api/auth/me/", new { default_reminder_minutes = 5 })).ShouldBe(200);
        (await SeriesStories.Book(ana, FourWeeks)).ShouldBe(201)["reminder_minutes"]!.GetValue<int>().ShouldBe(5);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_series_that_is_over_can_be_deleted_and_nobody_is_told(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var booked = await SeriesStories.Book(ana, FourWeeks, "ben@example.com");
        await house.DeliverMail();
        house.Clock.Set(NodaTime.Instant.FromUtc(2030, 6, 1, 0, 0));
        await ana.SignIn();
        var all = await SeriesStories.Of(ana, booked);

        (await ana.Post($"/api/meetings/{booked.Id}/cancel/?scope=all")).ShouldBe(400, "what is over can't be called off");
        (await ana.Delete($"/api/meetings/{all[2]["id"]}/?scope=following")).ShouldBe(204);
        (await SeriesStories.Of(ana, booked)).Count.ShouldBe(2);
        (await ana.Delete($"/api/meetings/{booked.Id}/?scope=all")).ShouldBe(204);
        (await ana.Get("/api/meetings/")).Json!.AsArray().ShouldBeEmpty();
        (await house.DeliverMail()).ShouldBe(0);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_overlapped_it_before_does_not_keep_a_series_from_moving_but_what_it_would_meet_anew_does(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        // From ten to noon on the second date; he is asked all the same.
        await ben.Book("Workshop", "2030-03-12T10:00Z", "2030-03-12T12:00Z");
        var booked = await SeriesStories.BookBy(ana, FourWeeks, "allow", "dates", "ben@example.com");

        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", start_time = "2030-03-05T11:00:00Z", end_time = "2030-03-05T11:30:00Z" })).ShouldBe(200);

        // By a week the first date comes to where the second was: that he was double-booked then is no leave to do it again.
        (await ana.Patch($"/api/meetings/{booked.Id}/", new { scope = "all", start_time = "2030-03-12T11:00:00Z", end_time = "2030-03-12T11:30:00Z" })).ShouldBe(400)
            ["details"]!["ben@example.com"]![0]!["start_time"]!.ToString().ShouldBe("2030-03-12T10:00:00+00:00");
    }
}
