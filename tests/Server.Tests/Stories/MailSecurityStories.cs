using System.Text;
using System.Text.Json.Nodes;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// Encryption and logins on the way to the mail server. In a process of its own, since what it trusts is told by its environment.
public sealed class MailSecurityStories
{
    private const string Password = "s3cret-Pass:word";
    private static readonly string[] Guarded = ["--tls", $"--auth=convene:{Password}"];
    private static readonly string[] Login = ["EMAIL_USE_TLS=true", "EMAIL_HOST_USER=convene", $"EMAIL_HOST_PASSWORD={Password}"];

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Mail_is_sent_encrypted_and_with_a_login_where_the_settings_say_so(string engine)
    {
        await using var smtp = await SmtpServer.Start(Guarded);
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartTrusting(smtp.Certificate, [.. smtp.Settings, .. Login]);
        await Book(server);

        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the invitation arrived");
        smtp.Envelopes().ShouldAllBe(e => e.Tls && e.Authenticated);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Tls_may_begin_with_the_first_byte(string engine)
    {
        await using var smtp = await SmtpServer.Start("--smtps", $"--auth=convene:{Password}");
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartTrusting(smtp.Certificate, [.. smtp.Settings, "EMAIL_USE_SSL=true", "EMAIL_HOST_USER=convene", $"EMAIL_HOST_PASSWORD={Password}"]);
        await Book(server);

        await ServerProcess.Until(() => Task.FromResult(smtp.Count("method=REQUEST") == 1), "the invitation arrived");
        smtp.Envelopes().ShouldAllBe(e => e.Tls && e.Authenticated);
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Every_common_way_to_log_in_will_do(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        // Postfix with Dovecot offers only PLAIN as it is installed; Exchange only LOGIN.
        foreach (var way in (string[])["LOGIN", "PLAIN"])
        {
            await using var smtp = await SmtpServer.Start([.. Guarded, $"--auth-only={way}"]);
            var server = await machine.StartTrusting(smtp.Certificate, [.. smtp.Settings, .. Login]);
            await server.SignUp(way.ToLowerInvariant());
            await ServerProcess.Until(() => Task.FromResult(smtp.Envelopes().Count == 1), $"mail arrived after a login by {way}", TimeSpan.FromSeconds(10));
            await server.Stop();
        }
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_wrong_password_is_reported_and_told_to_nobody(string engine)
    {
        const string Wrong = "wr0ng-Pass:word";
        await using var smtp = await SmtpServer.Start(Guarded);
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartTrusting(smtp.Certificate, [.. smtp.Settings, "EMAIL_USE_TLS=true", "EMAIL_HOST_USER=convene", $"EMAIL_HOST_PASSWORD={Wrong}"]);

        var error = await ErrorOf(await Book(server));
        error.ShouldContain("authenticat", Case.Insensitive);
        foreach (var secret in (string[])[Wrong, Convert.ToBase64String(Encoding.UTF8.GetBytes(Wrong))])
        {
            error.ShouldNotContain(secret);
            server.Output.ShouldNotContain(secret);
        }

        smtp.Envelopes().ShouldBeEmpty();
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_login_nor_mail(string engine)
    {
        await using var smtp = await SmtpServer.Start(Guarded);
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer([.. smtp.Settings, .. Login]);

        (await ErrorOf(await Book(server))).ShouldContain("certificate");
        smtp.Envelopes().ShouldBeEmpty();
    }

    [SmtpTheory, OnSqlite, OnPostgres]
    public async Task Where_encryption_is_wanted_a_server_without_it_gets_nothing(string engine)
    {
        await using var smtp = await SmtpServer.Start();
        await using var house = await TestHouse.Open(engine, [.. smtp.Settings, "EMAIL_USE_TLS=true"]);
        var ana = await house.SignUp("ana");
        var id = (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id;

        await house.DeliverMail();
        (await Only(ana, id))["error"]!.ToString().ShouldContain("offers no STARTTLS");
        smtp.Envelopes().ShouldBeEmpty();
    }

    private static async Task<(Caller Ana, string Id)> Book(ServerProcess server)
    {
        var ana = await server.SignUp("ana");
        return (ana, (await ana.Book("Kickoff", "2030-03-05T10:00Z", "2030-03-05T11:00Z", "ben@example.com")).Id);
    }

    /// Why the invitation could not be sent, once that is known.
    private static async Task<string> ErrorOf((Caller Ana, string Id) booked)
    {
        await ServerProcess.Until(async () => (await Only(booked.Ana, booked.Id))["error"] is not null, "the log told an error");
        var mail = await Only(booked.Ana, booked.Id);
        ((string)mail["status"]!).ShouldBe("queued", "whoever runs the server may still correct it");
        return (string)mail["error"]!;
    }

    private static async Task<JsonObject> Only(Caller ana, string id) =>
        (await MailHouse.Log(ana, id)).ShouldHaveSingleItem();
}
