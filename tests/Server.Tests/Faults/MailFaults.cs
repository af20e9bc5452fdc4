using System.Diagnostics;
using Convene.Server.Storage;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Faults;

/// Mail servers that are away, slow, or of changing mind, and a sender that is frozen while it speaks with one.
public sealed class MailFaults
{
    // A claim lasts 30 s; who was held up for more than 5 s asks before it sends.
    private static readonly TimeSpan HeldUp = TimeSpan.FromSeconds(6);

    [SmtpTheory, OnPostgres]
    public async Task Frozen_while_it_speaks_with_the_mail_server_a_node_does_not_send_what_another_has_sent_meanwhile(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var thoughtful = await SmtpServer.Start("--ponder", "2");
        await using var prompt = await SmtpServer.Start();
        var frozen = await machine.StartServer(thoughtful.Settings);
        var ana = await frozen.SignUp("ana");
        await using var store = Verdict.Open(machine);
        // What greets her is sent; then one mail is under way.
        await ServerProcess.Until(async () => await Owed(store) == 0, "the first mail is sent");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await ServerProcess.Until(() => Task.FromResult(thoughtful.IsAsked("ben@example.com")), "the mail server is asked whether it takes the invitation");
        frozen.Freeze();
        var watch = Stopwatch.StartNew();
        if (!Length.IsLong)
            await store.Write(async tx => (await tx.Execute("UPDATE outbox SET due_at = 0 WHERE due_at IS NOT NULL"), true), default);

        var awake = await machine.StartServer(prompt.Settings);
        await ServerProcess.Until(() => Task.FromResult(prompt.Count("method=REQUEST") == 1), "the other node sends it");
        if (HeldUp - watch.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest);
        frozen.Thaw();
        // It goes on with its work, and has said no more of that mail.
        var more = await (await frozen.SignIn("ana")).Book("Review", "2030-03-06T10:00Z", "2030-03-06T11:00Z", "cho@example.com");
        await ServerProcess.Until(() => Task.FromResult(thoughtful.Count("method=REQUEST") + prompt.Count("method=REQUEST") == 2), "mail goes on");
        (await thoughtful.Mails()).ShouldNotContain(m => m.To.Contains("ben@"));
        var (attempts, error) = await store.ReadOne(tx => tx.One<(long, string?)>("SELECT attempts, last_error FROM outbox WHERE email = 'ben@example.com'"), default);
        (attempts, error).ShouldBe((2, null));
        more.Status.ShouldBe(201);
        await awake.Kill();
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_mail_server_that_is_away_slow_or_of_changing_mind_delays_mail_and_nothing_else(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var moody = await SmtpServer.Start("--down", "--moods", $"{Length.Seed}");
        var nodes = new[] { await machine.StartServer(moody.Settings) };
        await using var customers = new Customers(() => [.. nodes.Select(n => n.Url)], Length.Seed);
        await customers.Begin(2);
        await customers.UntilMore(Length.Of(10, 50));
        await moody.ComeUp();
        await customers.UntilMore(Length.Of(20, 200));
        await customers.End();
        await Verdict.Judge(machine, customers);
        // What was refused for good is given up and told; all other mail arrives, whatever was said before.
        await Verdict.JudgeMail(machine, [moody], TimeSpan.FromMinutes(Length.Of(2, 10)));
    }

    private static Task<long> Owed(Storage.Engines.Engine store) => store.ReadOne(tx => tx.One<long>("SELECT count(*) FROM outbox WHERE due_at IS NOT NULL"), default);
}
