namespace Convene.Server.Tests.Stories;

/// A calendar asks for what overlaps a time: also what began before it.
public sealed class CalendarWindowStories
{
    private const string Week = "to_date=2030-03-12T00:00:00Z&ends_after=2030-03-05T00:00:00Z";

    [Theory, OnSqlite, OnPostgres]
    public async Task What_overlaps_a_time_is_listed_and_nothing_else(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        (string Title, string Start, string End)[] all =
        [
            ("Before", "2030-03-04T22:00Z", "2030-03-05T00:00Z"),
            ("Over the start", "2030-03-04T23:00Z", "2030-03-05T01:00Z"),
            ("Inside", "2030-03-08T10:00Z", "2030-03-08T11:00Z"),
            ("Over the end", "2030-03-11T23:00Z", "2030-03-12T01:00Z"),
            ("Behind", "2030-03-12T00:00Z", "2030-03-12T01:00Z"),
        ];
        foreach (var (title, start, end) in all)
        {
            await ana.Book(title, start, end);
            (await ana.Post("/api/events/", new { title, start_time = start, end_time = end })).ShouldBe(201);
        }

        foreach (var path in new[] { "/api/meetings/", "/api/events/" })
        {
            var found = (await ana.Get($"{path}?{Week}")).ShouldBe(200);
            found.Json!.AsArray().Select(m => m!["title"]!.ToString()).ShouldBe(["Over the start", "Inside", "Over the end"], path);
            (await ana.Get($"{path}?{Week}&page_size=1")).ShouldBe(200)["count"]!.GetValue<long>().ShouldBe(3);
            (await ana.Get($"{path}?ends_after=soon")).ShouldBe(400)["ends_after"].ShouldNotBeNull();
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_list_tells_the_version_that_a_change_must_name(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z")).Id;
        (await ana.Patch($"/api/meetings/{id}/", new { title = "Daily" })).ShouldBe(200);
        (await ana.Get("/api/meetings/")).ShouldBe(200).Json!.AsArray()[0]!["version"]!.GetValue<long>().ShouldBe(2);
    }
}
