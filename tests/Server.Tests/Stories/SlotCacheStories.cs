using NodaTime;

namespace Convene.Server.Tests.Stories;

/// Searches remember people's times; nobody ever notices but by the speed.
public sealed class SlotCacheStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Searching_takes_four_statements_for_people_who_are_new_and_one_for_known_ones_however_many_they_are(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        await ana.Book("All", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", [.. Enumerable.Range(0, 50).Select(i => $"p{i}@example.com")]);
        Task<Reply> Search(IEnumerable<long> ids) => Find(house, new { user_ids = ids });
        (await house.Statements(() => Search([ana.Id]))).ShouldBe(4);
        (await house.Statements(() => Search([ana.Id]))).ShouldBe(1);
        (await house.Statements(() => Search(Enumerable.Range(1, 51).Select(i => (long)i)))).ShouldBe(4, "one is known, fifty are new");
        (await house.Statements(() => Search(Enumerable.Range(1, 51).Select(i => (long)i)))).ShouldBe(1);
        (await house.Statements(() => Find(house, new { emails = new[] { "ana@example.com", "p7@example.com" } }))).ShouldBe(1);
        await ana.Post("/api/events/", new { title = "New", start_time = "2030-03-05T12:00:00Z", end_time = "2030-03-05T13:00:00Z" });
        (await house.Statements(() => Search(Enumerable.Range(1, 51).Select(i => (long)i)))).ShouldBe(4, "one has changed");
        (await house.Statements(() => Find(house, new { user_ids = new[] { ana.Id }, window_start = "2031-03-05T00:00:00Z" }))).ShouldBe(3, "too far ahead to be kept: read for this once");
        house.Clock.Set(TestHouse.Start + Duration.FromDays(20));
        (await house.Statements(() => Search([ana.Id]))).ShouldBe(1);
        (await house.Statements(() => Find(house, new { user_ids = new[] { ana.Id }, window_end = "2030-06-23T00:00:00Z" }))).ShouldBe(4, "what is known does not reach so far");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whatever_changes_somebodys_time_through_whichever_server_is_found_at_once(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await using var other = await house.AnotherNode();
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var elsewhere = new Caller(other.Url);
        (await elsewhere.Post("/api/auth/login/", new { username = "ana", password = Caller.Password })).ShouldBe(200);
        async Task<string> Hours()
        {
            var found = await Find(house, new { user_ids = new[] { ana.Id, ben.Id }, window_start = "2030-03-05T00:00Z", window_end = "2030-03-06T00:00Z", step_minutes = 60 });
            return string.Join(' ', found.ShouldBe(200)["available_slots"]!.AsArray().Select(s => s!["start_time"]!.ToString()[11..13]));
        }

        // Twice each: from what was just read, and from bitmaps.
        async Task Are(string hours, string why)
        {
            (await Hours()).ShouldBe(hours, why);
            (await Hours()).ShouldBe(hours, $"{why}, again");
            (await Hours()).ShouldBe(hours, $"{why}, once more");
        }

        await Are("09 10 11 12 13 14 15 16", "nothing is booked");
        var made = await elsewhere.Post("/api/events/", new { title = "Busy", start_time = "2030-03-05T09:58:00Z", end_time = "2030-03-05T10:02:00Z" });
        await Are("11 12 13 14 15 16", "an event, made on the other server");
        var meeting = await ben.Book("Meeting", "2030-03-05T12:00:00Z", "2030-03-05T13:00:00Z", "ana@example.com");
        await Are("11 13 14 15 16", "a meeting");
        await elsewhere.Delete($"/api/events/{(long)made["id"]!}/");
        await Are("09 10 11 13 14 15 16", "the event is gone");
        await ben.Patch($"/api/meetings/{meeting.Id}/", new { start_time = "2030-03-05T14:00:00Z", end_time = "2030-03-05T15:00:00Z" });
        await Are("09 10 11 12 13 15 16", "the meeting is moved");
        await ben.Post($"/api/meetings/{meeting.Id}/cancel/");
        await Are("09 10 11 12 13 14 15 16", "the meeting is cancelled");
        await elsewhere.Put("/api/availability/", new { focus_time = new object[] { new { day_of_week = 1, start_time = "15:00", end_time = "17:00" } } });
        await Are("09 10 11 12 13 14", "focus time");
        await ana.Post("/api/availability/overrides/", new { kind = "hours", date = "2030-03-05", hours = new object[] { new { start_time = "07:00", end_time = "12:00" } } });
        await Are("09 10 11", "other hours on that date");
        await ben.Patch("/api/auth/me/", new { timezone = "Europe/Berlin" });
        await Are("08 09 10 11", "Berlin's day begins at eight");
        await ben.Patch("/api/auth/me/", new { timezone = "America/New_York" });
        await Are("", "New York's at fourteen");
    }

    private static Task<Reply> Find(TestHouse house, object body) => house.Somebody().Post("/api/scheduling/find-slots/", body);
}
