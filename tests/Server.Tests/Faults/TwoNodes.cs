using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// deploy/two-nodes as it is described there: HAProxy, two nodes, a primary with a synchronous standby.
public sealed class TwoNodes
{
    private static readonly string Here = Path.Combine(Repository.Root(), "deploy", "two-nodes");

    [HaproxyTheory, OnPostgres]
    public async Task The_primary_dies_the_standby_takes_over_and_nothing_acknowledged_is_lost(string engine)
    {
        _ = engine;
        await using var primary = await Cluster.Start(Path.Combine(Here, "primary.conf"));
        await using var standby = await primary.Standby(Path.Combine(Here, "standby.sh"));
        await using var machine = ServerMachine.On($"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=postgres;Database=postgres");
        await using var smtp = await SmtpServer.Start();
        string[] settings = [.. smtp.Settings, "TRUSTED_PROXIES=127.0.0.1"];
        var nodes = new[] { await machine.StartServer(settings), await machine.StartServer(settings) };
        await using var proxy = await Haproxy.Start(nodes[0].Url, nodes[1].Url);
        await using var customers = new Customers(() => [proxy.Url], Length.Seed);
        await customers.Begin(6);
        await customers.UntilMore(30);

        // A node is killed: the proxy sends everybody to the other.
        await nodes[0].Kill();
        await customers.UntilMore(20);

        await primary.Kill();
        var refused = customers.Unanswered;
        await ServerProcess.Until(() => Task.FromResult(customers.Unanswered > refused), "somebody is told to come again");
        await Cluster.AsPostgres(Path.Combine(Here, "promote.sh"), standby.Data);
        await customers.UntilMore(30);

        await customers.End();
        await Verdict.Judge(machine, customers);
        await Verdict.JudgeMail(machine, [smtp], TimeSpan.FromSeconds(90));
    }

    [HaproxyTheory, OnPostgres]
    public async Task Nodes_are_replaced_one_after_the_other_and_nobody_notices(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        // A node that is restarted comes back at its place.
        string[] places = [$"http://127.0.0.1:{Cluster.FreePort()}", $"http://127.0.0.1:{Cluster.FreePort()}"];
        var nodes = new[] { await machine.StartServer("RUN_JOBS=false", $"urls={places[0]}"), await machine.StartServer("RUN_JOBS=false", $"urls={places[1]}") };
        await using var proxy = await Haproxy.Start(nodes[0].Url, nodes[1].Url);
        await using var customers = new Customers(() => [proxy.Url], Length.Seed);
        await customers.Begin(6);
        await customers.UntilMore(20);
        for (var n = 0; n < 2; n++)
        {
            // The script waits for what it is given as the command that restarts: here, for this test to have done it.
            var done = Path.Combine(machine.Folder, $"restarted{n}");
            var begun = done + ".begun";
            using var rolling = Process.Start(new ProcessStartInfo(Path.Combine(Here, "rolling-restart.sh"), [proxy.Admin, n == 0 ? "one" : "two", "sh", "-c", $"touch {begun}; until test -e {done}; do sleep 0.1; done"]))!;
            await ServerProcess.Until(() => Task.FromResult(File.Exists(begun)), "the node is drained");
            (await nodes[n].Stop()).ShouldBe(0);
            nodes[n] = await machine.StartServer("RUN_JOBS=false", $"urls={places[n]}");
            await File.WriteAllTextAsync(done, "");
            await rolling.WaitForExitAsync();
            rolling.ExitCode.ShouldBe(0);
            await customers.UntilMore(20);
        }

        await customers.End();
        customers.Unanswered.ShouldBe(0);
        await Verdict.Judge(machine, customers);
    }

    private sealed class Haproxy(Process process, Uri url, string admin) : IAsyncDisposable
    {
        public Uri Url => url;

        public string Admin => admin;

        public static async Task<Haproxy> Start(Uri one, Uri two)
        {
            var (bind, admin) = ($"127.0.0.1:{Cluster.FreePort()}", $"127.0.0.1:{Cluster.FreePort()}");
            var start = new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", Path.Combine(Here, "haproxy.cfg")]);
            foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal) { ["BIND"] = bind, ["ADMIN"] = admin, ["NODE_ONE"] = one.Authority, ["NODE_TWO"] = two.Authority })
                start.Environment[name] = value;
            var proxy = new Haproxy(Process.Start(start)!, new Uri($"http://{bind}"), admin);
            await ServerProcess.Until(proxy.Answers, "the proxy answers");
            return proxy;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private async Task<bool> Answers()
        {
            try
            {
                using var client = new HttpClient();
                return (await client.GetAsync(new Uri(url, "/readyz"))).StatusCode == HttpStatusCode.OK;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                return false;
            }
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class HaproxyTheoryAttribute : TheoryAttribute
    {
        public HaproxyTheoryAttribute() =>
            Skip = Peer.SkipUnless(SmtpServer.IsThere, "aiosmtpd", "python3-aiosmtpd") ?? Peer.SkipUnless(File.Exists("/usr/sbin/haproxy"), "HAProxy", "haproxy");
    }
}
