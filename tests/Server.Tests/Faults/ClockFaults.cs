using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// The machine's clock jumps, as it does when NTP finds it an hour wrong.
public sealed class ClockFaults
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    [ClockTheory, OnSqlite, OnPostgres]
    public async Task The_clock_jumps_an_hour_ahead_and_back(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        var offset = Path.Combine(machine.Folder, "clock");
        await File.WriteAllTextAsync(offset, "+0");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LD_PRELOAD"] = Library, ["FAKETIME_TIMESTAMP_FILE"] = offset, ["FAKETIME_NO_CACHE"] = "1", ["DONT_FAKE_MONOTONIC"] = "1" };
        var nodes = new List<ServerProcess> { await machine.StartIn(environment, smtp.Settings) };
        // On PostgreSQL the other node's clock is right all the time.
        if (engine == OnPostgresAttribute.Engine)
            nodes.Add(await machine.StartServer(smtp.Settings));
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(4);
        for (var n = 0; n < Length.Of(1, 10); n++)
        {
            foreach (var jump in (string[])["+1h", "+0", "-1h", "+0"])
            {
                await File.WriteAllTextAsync(offset, jump);
                await customers.UntilMore(20);
            }
        }

        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(120));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ClockTheoryAttribute : TheoryAttribute
    {
        public ClockTheoryAttribute() =>
            Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd") ?? Peer.SkipUnless(File.Exists(Library), "libfaketime", "faketime");
    }
}
