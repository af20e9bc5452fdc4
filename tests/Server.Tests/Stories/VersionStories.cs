namespace Convene.Server.Tests.Stories;

/// Nobody's change is lost because somebody else's came in between.
public sealed class VersionStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_change_of_what_was_changed_meanwhile_is_refused_with_how_it_is_now(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var ben = await house.SignUp("ben");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com")).Id;
        var read = (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200);
        var tag = read.Headers["ETag"];
        read["version"]!.GetValue<long>().ShouldBe(1);

        (await ana.Patch($"/api/meetings/{id}/", new { title = "Daily" })).ShouldBe(200)["version"]!.GetValue<long>().ShouldBe(2);

        ana.Header("If-Match", tag);
        foreach (var refused in new[]
        {
            await ana.Patch($"/api/meetings/{id}/", new { title = "Weekly" }),
            await ana.Post($"/api/meetings/{id}/cancel/"),
            await ana.Delete($"/api/meetings/{id}/"),
        })
        {
            refused.ShouldBe(412)["current"]!["title"]!.ToString().ShouldBe("Daily");
            refused["current"]!["version"]!.GetValue<long>().ShouldBe(2);
        }

        foreach (var nonsense in new[] { "W/\"2\"", "2", "\"two\"", "\"99999999999999999999\"", "\"\"", "\"-2\"" })
        {
            ana.Header("If-Match", nonsense);
            (await ana.Patch($"/api/meetings/{id}/", new { title = "Weekly" })).ShouldBe(412, nonsense);
        }

        foreach (var good in new[] { "\"2\"", "*", "\"1\", \"4\"" })
        {
            ana.Header("If-Match", good);
            (await ana.Patch($"/api/meetings/{id}/", new { title = "Weekly" })).ShouldBe(200, good);
        }

        ana.Header("If-Match", null);
        var part = (await ben.Get($"/api/meetings/{id}/"))["participants"]![0]!["id"];
        (await ben.Patch($"/api/meetings/{id}/participants/{part}/status/", new { status = "accepted" })).ShouldBe(200);
        (await ana.Get($"/api/meetings/{id}/"))["version"]!.GetValue<long>().ShouldBe(6, "an answer counts");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_known_already_is_not_sent_again(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Standup", "2030-03-05T10:00Z", "2030-03-05T10:30Z", "ben@example.com")).Id;
        var tag = (await ana.Get($"/api/meetings/{id}/")).Headers["ETag"];

        ana.Header("If-None-Match", tag);
        var same = (await ana.Get($"/api/meetings/{id}/")).ShouldBe(304);
        same.Text.ShouldBeEmpty();
        same.Headers["ETag"].ShouldBe(tag);
        ana.Header("If-None-Match", $"\"other\", W/{tag}");
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(304, "weakly the same is enough to read");

        (await ana.Patch("/api/auth/me/", new { first_name = "Anna" })).ShouldBe(200);
        (await ana.Get($"/api/meetings/{id}/")).ShouldBe(200, "the host's name is part of it");
    }
}
