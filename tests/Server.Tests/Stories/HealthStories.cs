using Convene.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// What load balancers and supervisors ask.
public sealed class HealthStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task A_server_says_that_it_lives_and_that_it_can_work(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        (await house.Somebody().Get("/healthz")).ShouldBe(200).Text.ShouldBe("ok\n");
        var ready = (await house.Somebody().Get("/readyz")).ShouldBe(200);
        ready["ready"]!.GetValue<bool>().ShouldBeTrue();
        ready["outbox_lag_seconds"]!.GetValue<long>().ShouldBe(0);

        // Mail that waits is told.
        await (await house.SignUp("ana")).Book("Kickoff", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        house.Clock.Advance(NodaTime.Duration.FromMinutes(2));
        (await house.Somebody().Get("/readyz")).ShouldBe(200)["outbox_lag_seconds"]!.GetValue<long>().ShouldBe(120);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_server_without_its_database_lives_but_is_not_ready(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        await house.Services.GetRequiredService<Store>().WriteAlways(tx => tx.Execute("DROP TABLE schema_steps"));
        (await house.Somebody().Get("/healthz")).ShouldBe(200);
        (await house.Somebody().Get("/readyz")).ShouldBe(503)["database"]!.ToString().ShouldBe("does not answer");
    }
}
