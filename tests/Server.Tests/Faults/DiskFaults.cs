using System.Diagnostics;
using Convene.Server.Doors.Clock;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// A disk without room: nothing is acknowledged that is not stored, and once there is room the server goes on by itself.
public sealed class DiskFaults
{
    [SmallDiskTheory, OnSqlite]
    public async Task A_full_disk_is_told_and_survived(string engine)
    {
        _ = engine;
        await using var disk = await SmallDisk.Mount();
        await using var machine = ServerMachine.On($"sqlite:{Path.Combine(disk.Folder, "convene.db")}");
        await using var smtp = await SmtpServer.Start();
        var nodes = new[] { await machine.StartServer(smtp.Settings) };
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(4);
        for (var n = 0; n < Length.Of(2, 10); n++)
        {
            await customers.UntilMore(20);
            await disk.Fill();
            var refused = customers.Unanswered;
            await ServerProcess.Until(() => Task.FromResult(customers.Unanswered > refused + 10 || !customers.Wrong.IsEmpty), "bookings are refused");
            // What is stored can be read meanwhile.
            (await new Caller(nodes[0].Url).Get("/healthz")).ShouldBe(200);
            (await new Caller(nodes[0].Url).Get("/readyz")).ShouldBe(200);
            disk.Empty();
        }

        await customers.UntilMore(20);
        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    // After some bookings the system says of the disk, and goes on saying, that it did not take what was written.
    private static readonly string[] Tracer = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=200+"];

    [TracedTheory, OnSqlite]
    public async Task A_server_whose_disk_does_not_take_what_was_committed_ends_and_the_next_one_goes_on(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        var node = await machine.StartUnder(Tracer, [.. smtp.Settings, "DRAIN_SECONDS=300"]);
        await using var customers = new Customers(() => [node.Url], Length.Seed);
        await customers.Begin(4);
        (await node.Ended()).ShouldBe(Breakdown.ExitCode);
        node.Output.ShouldContain("SQLite's log can't be brought onto the disk");
        customers.Booked.ShouldNotBeEmpty();

        node = await machine.StartServer(smtp.Settings);
        await customers.UntilMore(20);
        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    /// A small file system, though larger than SQLite lets its log grow. Only root may mount one.
    private sealed class SmallDisk : IAsyncDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("convene-disk-");

        public string Folder => folder.FullName;

        private string Filler => Path.Combine(Folder, "filler");

        public static async Task<SmallDisk> Mount()
        {
            var disk = new SmallDisk();
            await Run("mount", "-t", "tmpfs", "-o", "size=160m", "convene-test", disk.Folder);
            return disk;
        }

        public async Task Fill()
        {
            await using var file = File.Create(Filler);
            var part = new byte[4096];
            try
            {
                while (true)
                {
                    await file.WriteAsync(part);
                    await file.FlushAsync();
                }
            }
            catch (IOException)
            {
                // It is full.
            }
        }

        public void Empty() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            await Run("umount", "--lazy", Folder);
            folder.Delete(recursive: true);
        }

        private static async Task Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, error);
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class TracedTheoryAttribute : TheoryAttribute
    {
        private static readonly Lazy<bool> MayTrace = new(() => Tool.Run("strace", "-o", "/dev/null", "true").GetAwaiter().GetResult().Code == 0);

        public TracedTheoryAttribute() =>
            Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd") ?? Peer.SkipUnless(Tool.IsThere("strace"), "strace", "strace")
                ?? (!Tool.IsThere("strace") || MayTrace.Value ? null : "This machine lets no program trace another.");
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SmallDiskTheoryAttribute : TheoryAttribute
    {
        public SmallDiskTheoryAttribute() =>
            Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd") ?? (Environment.UserName == "root" ? null : "Only root can mount a small disk to fill.");
    }
}
