using Convene.Server.Doors.CommandLine;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Stories;

/// `convene admin …` as real processes beside a running server.
public sealed class AdminCommandStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Administrators_are_named_while_the_server_runs(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        await ServerProcess.Until(() => Task.FromResult(server.Output.Contains("becomes the first: ", StringComparison.Ordinal)), "a token is printed");
        server.Output.Split("becomes the first: ").Length.ShouldBe(2, "told once");
        var ana = await server.SignUp("ana");
        await server.SignUp("ben");

        (await machine.Run("admin", "list")).ShouldBe((0, "There is no administrator yet.\n", ""));
        (await machine.Run("admin", "add", "nobody@example.com")).ShouldBe((1, "", "There is no account nobody@example.com. They sign up first.\n"));
        (await machine.Run("admin", "add", "ANA@example.com")).ShouldBe((0, "ANA@example.com is an administrator now.\n", ""));
        (await machine.Run("admin", "add", "ana@example.com")).ShouldBe((0, "ana@example.com is an administrator already.\n", ""));
        (await ana.Get("/api/admin/audit/?kind=account.admin_given")).ShouldBe(200)["results"]![0]!["from"]!.ToString().ShouldBe("command line");
        (await machine.Run("admin", "remove", "ana@example.com")).ShouldBe((1, "", "ana@example.com is the last administrator. Add another one first.\n"));
        (await machine.Run("admin", "add", "ben")).ShouldBe((0, "ben is an administrator now.\n", ""));
        (await machine.Run("admin", "list")).ShouldBe((0, "ana@example.com  ana\nben@example.com  ben\n", ""));
        (await machine.Run("admin", "remove", "ana@example.com")).ShouldBe((0, "ana@example.com is no administrator any more.\n", ""));
        (await machine.Run("admin", "remove", "ana@example.com")).ShouldBe((0, "ana@example.com is no administrator.\n", ""));
        (await ana.Get("/api/admin/audit/")).ShouldBe(403);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_has_lost_the_second_factor_is_let_in_from_the_command_line(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        var ana = await server.SignUp("ana");
        var app = new CodeApp((string)(await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200)["key"]!);
        (await machine.Run("admin", "reset-factor", "ana@example.com")).ShouldBe((0, "ana@example.com has no second factor.\n", ""), "it does not count yet");
        app = new CodeApp((string)(await ana.Post("/api/auth/second-factor/", new { password = Caller.Password })).ShouldBe(200)["key"]!);
#pragma warning disable RS0030 // A real server has a real clock.
        var now = NodaTime.SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
        (await ana.Post("/api/auth/second-factor/confirm/", new { code = app.At(now) })).ShouldBe(200);
        (await ana.Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(401);

        (await machine.Run("admin", "reset-factor", "nobody@example.com")).ShouldBe((1, "", "There is no account nobody@example.com.\n"));
        (await machine.Run("admin", "reset-factor", "ana@example.com")).ShouldBe((0, "ana@example.com signs in without a second factor now, and is told by mail.\n", ""));
        (await ana.Post("/api/auth/login/", new { email = "ana@example.com", password = Caller.Password })).ShouldBe(200);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_printed_token_makes_the_first_administrator(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        var ana = await server.SignUp("ana");
        const string Sign = "becomes the first: ";
        await ServerProcess.Until(() => Task.FromResult(server.Output.Contains(Sign, StringComparison.Ordinal)), "a token is printed");
        var token = server.Output[(server.Output.IndexOf(Sign, StringComparison.Ordinal) + Sign.Length)..].Split('\n')[0].Trim();
        (await ana.Post("/api/admin/claim/", new { token })).ShouldBe(200)["is_staff"]!.GetValue<bool>().ShouldBeTrue();
        await ServerProcess.Until(async () => (await ana.Get("/api/admin/jobs/")).ShouldBe(200).Json!.AsArray().All(j => j!["runs"]!.AsArray().Count == 1), "every job has run once");
        (await ana.Get("/api/admin/jobs/")).Json!.AsArray().ShouldAllBe(j => j!["runs"]![0]!["outcome"]!.ToString() == "ok");
        await server.Stop();
        var again = await machine.StartServer();
        (await again.SignIn("ana")).ShouldNotBeNull();
        again.Output.ShouldNotContain(Sign);
    }

    [Fact]
    public async Task What_is_not_understood_is_explained()
    {
        await using var machine = await ServerMachine.Open(OnSqliteAttribute.Engine);
        foreach (var help in (string[])["--help", "-h", "help"])
        {
            var (code, said, _) = await machine.Run(help);
            code.ShouldBe(0);
            said.ShouldContain("convene admin add <login>");
        }

        foreach (var words in (string[][])[["admin"], ["admin", "add"], ["admin", "promote", "ana@example.com"], ["dance"], ["backup"], ["backup", "a", "b"]])
        {
            var (code, said, error) = await machine.Run(words);
            (code, said).ShouldBe((2, ""));
            error.ShouldStartWith($"There is no command \"{string.Join(' ', words)}\".");
            error.ShouldContain("convene admin list");
        }

        var (unknown, nothing, why) = await machine.Run("dance", "--help");
        (unknown, nothing).ShouldBe((2, ""));
        why.ShouldStartWith("There is no command \"dance\".");
        (await machine.Run("--version")).Said.ShouldMatch(@"^\d+\.\d+\.\d+\S*\n$");

        var (wrong, _, settings) = await machine.Run("admin", "list", "--DB_POOL_SIZE=none");
        wrong.ShouldBe(2);
        settings.ShouldContain("DB_POOL_SIZE is 'none'");
    }

    [Fact]
    public async Task Every_command_is_explained_and_the_manual_lists_the_same()
    {
        await using var machine = await ServerMachine.Open(OnSqliteAttribute.Engine);
        var overview = (await machine.Run("--help")).Said;
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/OPERATIONS.md"));
        manual.Split("<!-- commands -->")[1].Split("```")[1].Trim('\n').ShouldBe(overview.Split("\n\n")[0].Trim('\n'), "docs/OPERATIONS.md lists what --help does");

        foreach (var command in Command.All)
        {
            var (code, said, error) = await machine.Run([.. command.Name.Split(' '), "--help"]);
            (code, error).ShouldBe((0, ""));
            said.ShouldStartWith($"convene {command.Name}");
            said.ShouldContain("Exit codes");
            said.ShouldContain(command.More);
        }

        // What it is asked about a group of commands; and beside what would be given to one.
        (await machine.Run("help", "admin")).Said.Split("convene admin").Length.ShouldBe(5);
        (await machine.Run("backup", "somewhere.db", "--help")).Said.ShouldStartWith("convene backup <file>");
        File.Exists(Path.Combine(machine.Folder, "somewhere.db")).ShouldBeFalse("nothing is done that is only asked about");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_container_asks_whether_its_server_is_ready(string engine)
    {
        await using var machine = await ServerMachine.Open(engine);
        var server = await machine.StartServer();
        var (code, said, error) = await machine.Run("ready", $"--url={server.Url}");
        (code, error).ShouldBe((0, ""));
        said.ShouldContain("\"ready\":true");
        (await machine.Run("ready", $"--urls={server.Url.ToString().Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal)}")).Code.ShouldBe(0, "it asks where the settings say that the server listens");
        (await machine.Run("ready", "--url=nowhere")).Code.ShouldBe(2);
        await server.Stop();
        (code, said, error) = await machine.Run("ready", $"--url={server.Url}");
        (code, said).ShouldBe((1, ""));
        error.ShouldContain("does not answer");
    }
}
