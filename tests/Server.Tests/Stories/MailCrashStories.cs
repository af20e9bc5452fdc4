using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// The real server as a process that dies: what it has acknowledged happens all the same.
public sealed class MailCrashStories
{
    // With other nodes on the database nobody knows at once who died: what it had in hand is free when its claim of 30 s runs out.
    private static readonly TimeSpan ClaimAndABit = TimeSpan.FromSeconds(60);

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Killed_between_the_booking_and_its_mail_a_server_sends_it_after_the_restart(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start();
        // One that books and never sends is killed in that gap for sure.
        var first = await machine.StartServer([.. smtp.Settings, "RUN_JOBS=false"]);
        var ana = await first.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        await first.Kill();
        smtp.Count("method=REQUEST").ShouldBe(0);

        var second = await machine.StartServer(smtp.Settings);
        (await (await second.SignIn("ana")).Get($"/api/meetings/{id}/")).ShouldBe(200).Emails().ShouldBe(["ben@example.com"]);
        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the invitation arrived");
        (await smtp.Mails()).Single(MailHouse.IsAboutMeeting).Property("UID").ShouldBe(id);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Killed_while_the_mail_server_is_down_it_tries_again_after_the_restart(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var smtp = await SmtpServer.Start("--down");
        var first = await machine.StartServer(smtp.Settings);
        var ana = await first.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;
        await first.Kill();

        await smtp.ComeUp();
        await machine.StartServer(smtp.Settings);
        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the invitation arrived", ClaimAndABit);
        (await smtp.Mails()).Single(MailHouse.IsAboutMeeting).Property("UID").ShouldBe(id);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Killed_while_sending_it_sends_again_under_the_same_message_ids_and_loses_none(string engine)
    {
        const int Meetings = 6;
        await using var machine = await ServerMachine.Open(engine);
        await using var slow = await SmtpServer.Start("--slow");
        var first = await machine.StartServer(slow.Settings);
        var ana = await first.SignUp("ana");
        await Task.WhenAll(Enumerable.Range(0, Meetings).Select(n => ana.Book($"Meeting {n}", "2030-03-05T10:00Z", "2030-03-05T11:00Z", $"guest{n}@example.com")));
        await ServerProcess.Until(() => Task.FromResult(slow.Count("method=REQUEST") >= 2), "some mail was being sent");
        await first.Kill();
        var interrupted = (await slow.Mails()).Where(MailHouse.IsAboutMeeting).Select(m => m.MessageId).ToList();

        await using var smtp = await SmtpServer.Start();
        await machine.StartServer(smtp.Settings);
        var patience = engine == OnSqliteAttribute.Engine ? TimeSpan.FromSeconds(20) : ClaimAndABit;
        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == Meetings), "all invitations arrived", patience);
        var mails = (await smtp.Mails()).Where(MailHouse.IsAboutMeeting).ToList();
        mails.Select(m => m.To).Order().ShouldBe(Enumerable.Range(0, Meetings).Select(n => $"guest{n} <guest{n}@example.com>"));
        interrupted.ShouldBeSubsetOf(mails.Select(m => m.MessageId));
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Asked_to_stop_while_sending_it_stops_and_the_mail_goes_out_after_the_restart(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        await using var slow = await SmtpServer.Start("--slow");
        var first = await machine.StartServer(slow.Settings);
        var ana = await first.SignUp("ana");
        await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");
        await ServerProcess.Until(() => Task.FromResult(slow.Count("method=REQUEST") == 1), "the mail was being sent");
        (await first.Stop()).ShouldBe(0);
        var interrupted = (await slow.Mails()).Single(MailHouse.IsAboutMeeting);

        await using var smtp = await SmtpServer.Start();
        await machine.StartServer(smtp.Settings);
        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the invitation arrived", TimeSpan.FromSeconds(20));
        (await smtp.Mails()).Single(MailHouse.IsAboutMeeting).MessageId.ShouldBe(interrupted.MessageId);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Asked_to_stop_it_stops_with_exit_code_0(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        await (await server.SignUp("ana")).Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com");

        (await server.Stop()).ShouldBe(0, server.Output);
        server.Output.ShouldNotContain("fail:");
        server.Output.ShouldNotContain("crit:");
    }
}
