using Convene.Server.Features.Admin;
using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// Countries change their clocks: what is planned for nine o'clock stays at nine o'clock.
public sealed class ZoneRuleStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_to_come_keeps_its_wall_time(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var (ana, ben) = (await house.SignUp("ana"), await house.SignUp("ben"));
        var moved = (await Book(ana, "2030-07-01T09:00:00")).ShouldBe(201);
        var right = (await Book(ana, "2030-07-02T09:00:00")).ShouldBe(201);
        (await Check(house)).ShouldBeEmpty();
        // As if both had been planned when Berlin was to be an hour behind, and one of them has been derived anew since.
        var store = house.Services.GetRequiredService<Store>();
        const int Hour = 3_600_000;
        await store.WriteAlways(tx => tx.Execute("UPDATE entries SET tzdb = 'old' WHERE uuid = @uuid", new { uuid = right.Id }));
        await store.WriteAlways(tx => tx.Execute("UPDATE entries SET tzdb = 'old', start_at = start_at + @Hour, end_at = end_at + @Hour, remind_at = remind_at + @Hour WHERE uuid = @uuid", new { uuid = moved.Id, Hour }));
        await store.WriteAlways(tx => tx.Execute("UPDATE busy SET start_at = start_at + @Hour, end_at = end_at + @Hour WHERE entry_id = (SELECT id FROM entries WHERE uuid = @uuid)", new { uuid = moved.Id, Hour }));
        (await ben.Get($"/api/meetings/{moved.Id}/"))["start_time"]!.ToString().ShouldBe("2030-07-01T08:00:00Z");

        var change = (await Check(house)).ShouldHaveSingleItem();

        change.Id.ShouldBe(moved.Id);
        change.NewStart.ShouldBe(NodaTime.Instant.FromUtc(2030, 7, 1, 7, 0));
        var after = (await ben.Get($"/api/meetings/{moved.Id}/")).ShouldBe(200);
        after["start_time"]!.ToString().ShouldBe("2030-07-01T07:00:00Z");
        after["version"]!.GetValue<long>().ShouldBe(2);
        (await ben.Get($"/api/meetings/{right.Id}/"))["start_time"]!.ToString().ShouldBe("2030-07-02T07:00:00Z");
        (await ana.TryBook("At its new time", "2030-07-01T07:00Z", "2030-07-01T07:30Z", "ben@example.com"))["skipped_participants"]!.AsArray().ShouldHaveSingleItem();
        (await ana.TryBook("At its old time", "2030-07-01T08:00Z", "2030-07-01T08:30Z", "ben@example.com"))["skipped_participants"]!.AsArray().ShouldBeEmpty();
        (await ana.Get($"/api/meetings/{moved.Id}/history/")).Json!.AsArray().ShouldHaveSingleItem()!["reason"]!.ToString().ShouldContain("Europe/Berlin changed");
        (await Check(house)).ShouldBeEmpty("once is enough");
    }

    private static Task<IReadOnlyList<CheckZones.Moved>> Check(TestHouse house) => house.Services.GetRequiredService<CheckZones>().Handle(CancellationToken.None);

    private static Task<Reply> Book(Caller host, string start) => host.Post("/api/meetings/", new
    {
        title = "Planned", start_time = start, end_time = start.Replace("09:00", "09:30"), timezone = "Europe/Berlin", participants = new[] { new { email = "ben@example.com" } },
    });
}
