using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// A server that is told to stop (SIGTERM), as supervisors do at every update.
public sealed class StopStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Under_load_every_request_gets_its_answer_and_what_was_acknowledged_is_stored(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer("DRAIN_SECONDS=5");
        var ana = await server.SignUp("ana");
        var (acknowledged, failed) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // They do as a load balancer does: as long as the server says that it is ready, it gets requests.
        var load = Enumerable.Range(0, 8).Select(async client =>
        {
            var caller = ana.Copy();
            for (var n = 0; !left.Task.IsCompleted; n++)
            {
                try
                {
                    acknowledged.Enqueue((await caller.Book($"{client}-{n}", $"{2031 + client}-03-{1 + (n % 28):00}T{n / 28 % 24:00}:00:00Z", $"{2031 + client}-03-{1 + (n % 28):00}T{n / 28 % 24:00}:30:00Z", "ben@example.com")).Id);
                }
                catch (HttpRequestException e)
                {
                    failed.Enqueue(e.Message);
                }
            }
        }).ToArray();
        var watch = Task.Run(async () =>
        {
            var balancer = new Caller(server.Url);
            while (true)
            {
                var state = await balancer.Get("/readyz");
                if (state.Status == 503)
                {
                    state["stopping"]!.GetValue<bool>().ShouldBeTrue();
                    left.SetResult();
                    (await balancer.Get("/healthz")).ShouldBe(200).Headers["Connection"].ShouldBe("close");
                    return;
                }

                await Task.Delay(20);
            }
        });
        await ServerProcess.Until(() => Task.FromResult(acknowledged.Count > 50), "bookings are coming in");
        var stopped = server.Stop(TimeSpan.FromSeconds(45));
        await watch;
        await Task.WhenAll(load);
        (await stopped).ShouldBe(0);
        failed.ShouldBeEmpty("every request that was sent got its answer");

        var again = await (await machine.StartServer()).SignIn("ana");
        foreach (var id in acknowledged)
            (await again.Get($"/api/meetings/{id}/")).ShouldBe(200);
        (await machine.Run("check")).Code.ShouldBe(0);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task The_mail_in_hand_is_finished_and_comes_once(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start("--pause=2");
        var first = await machine.StartServer(smtp.Settings);
        var ana = await first.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2031-03-05T10:00Z", "2031-03-05T11:00Z", "ben@example.com")).Id;
        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the mail server has the invitation, and has not said so");
        (await first.Stop()).ShouldBe(0);

        // Whoever comes next knows that it was sent.
        var second = await (await machine.StartServer(smtp.Settings)).SignIn("ana");
        (await second.Get($"/api/meetings/{id}/notifications/")).ShouldBe(200).Json!.AsArray().Single()!["sent_at"].ShouldNotBeNull();
        smtp.Count("method=REQUEST").ShouldBe(1);
    }

    [Theory, OnSqlite]
    public async Task Systemd_is_told_when_the_server_answers_and_when_it_stops(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var path = Path.Combine(machine.Folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var server = await machine.StartIn(new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path, ["JOURNAL_STREAM"] = "8:1" });
        (await Heard(socket)).ShouldBe("READY=1");
        (await server.SignUp("ana")).ShouldNotBeNull();
        (await server.Stop()).ShouldBe(0);
        (await Heard(socket)).ShouldBe("STOPPING=1");
        server.Output.Split('\n').ShouldContain(l => l.StartsWith("<6>Convene: Convene runs on ", StringComparison.Ordinal), "the journal gets levels as it knows them");
    }

    private static async Task<string> Heard(Socket socket)
    {
        var bytes = new byte[100];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var count = await socket.ReceiveAsync(bytes, patience.Token);
        return Encoding.ASCII.GetString(bytes, 0, count);
    }
}
