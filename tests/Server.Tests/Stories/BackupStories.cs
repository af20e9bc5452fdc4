using System.Collections.Concurrent;
using Convene.Server.Features.Admin;
using Convene.Server.Storage;
using Convene.Server.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace Convene.Server.Tests.Stories;

/// Backups of a server that is at work, as real processes.
public sealed class BackupStories
{
    [Theory, OnSqlite]
    public async Task A_backup_under_load_holds_all_that_was_acknowledged_before_and_is_restored(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        var ana = await server.SignUp("ana");
        var acknowledged = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(async client =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
                acknowledged.Enqueue((await ana.Book($"{client}-{n}", $"{2031 + client}-03-{1 + (n % 28):00}T{n / 28 % 24:00}:00:00Z", $"{2031 + client}-03-{1 + (n % 28):00}T{n / 28 % 24:00}:30:00Z", "ben@example.com")).Id);
        }).ToArray();
        await ServerProcess.Until(() => Task.FromResult(acknowledged.Count > 50), "bookings are coming in");

        var before = acknowledged.ToArray();
        var file = Path.Combine(machine.Folder, "backup.db");
        var (code, said, error) = await machine.Run("backup", file);
        (code, error).ShouldBe((0, ""));
        said.ShouldStartWith($"{file}: ");
        (await machine.Run("backup", file)).Error.ShouldBe($"There is a file {file} already. It is not overwritten.\n");
        (await machine.Run("restore", file)).Error.ShouldEndWith("is in use. Stop the server first.\n");
        await stop.CancelAsync();
        await Task.WhenAll(load);
        await server.Stop();

        var restored = await machine.Run("restore", file);
        (restored.Code, restored.Error).ShouldBe((0, ""));
        restored.Said.ShouldContain("convene.db.replaced-1");
        var check = await machine.Run("check");
        check.Code.ShouldBe(0, check.Said);
        var again = await machine.StartServer();
        var back = await again.SignIn("ana");
        foreach (var id in before)
            (await back.Get($"/api/meetings/{id}/")).ShouldBe(200);
        (await back.Book("After", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z")).ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_check_tells_what_is_not_as_it_must_be(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var ana = await house.SignUp("ana");
        var meeting = await ana.Book("Kickoff", "2030-03-05T10:00:00Z", "2030-03-05T11:00:00Z", "ben@example.com");
        var check = house.Services.GetRequiredService<CheckStore>();
        (await check.Handle()).ShouldAllBe(r => r.Broken.Count == 0);

        var store = house.Services.GetRequiredService<Store>();
        await store.WriteAlways(tx => tx.Execute("DELETE FROM busy"));
        await store.WriteAlways(tx => tx.Execute("UPDATE outbox SET due_at = NULL"));
        var broken = (await check.Handle()).Where(r => r.Broken.Count > 0).ToArray();
        broken.Select(b => b.Text).ShouldBe(["Who takes part in a meeting that is on is busy then, unless they declined.", "Every mail is owed, sent, given up or unwanted."]);
        broken[0].Broken.Count.ShouldBe(2);
        broken[0].Broken.ShouldAllBe(b => b.Contains(meeting.Id));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_can_not_be_done_is_said_with_a_reason(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        (await machine.Run("migrate")).Said.ShouldStartWith("The schema is at step ");
        var none = await machine.Run("restore", "/none/such.db");
        none.Code.ShouldBe(1);
        none.Error.ShouldContain(engine == OnSqliteAttribute.Engine ? "There is no file /none/such.db." : "pg_restore");
        var noBackup = Path.Combine(machine.Folder, "text.db");
        await File.WriteAllTextAsync(noBackup, "no database");
        (await machine.Run("restore", noBackup)).Error.ShouldContain(engine == OnSqliteAttribute.Engine ? "is no backup of Convene" : "pg_restore");
        if (engine == OnPostgresAttribute.Engine)
            (await machine.Run("backup", "x.dump")).Error.ShouldContain("pg_dump");
        System.Text.Json.Nodes.JsonNode.Parse((await machine.Run("openapi")).Said)!["openapi"]!.ToString().ShouldStartWith("3.1");
    }
}
