namespace Convene.Server.Doors.CommandLine;

/// A command as `--help` tells it. docs/OPERATIONS.md lists the same; a test compares them.
/// <param name="Name">Its words, without what is given to it.</param>
/// <param name="Takes">What is given to it.</param>
/// <param name="Does">On one line.</param>
/// <param name="More">What else there is to know.</param>
/// <param name="Codes">Exit codes, where they are others than most commands'.</param>
public sealed record Command(string Name, string Takes, string Does, string More, string Codes = Command.Standard)
{
    private const string Standard = "Exit codes: 0 done; 1 refused, and why is on standard error; 2 not understood, or a setting is wrong.";

    public static IReadOnlyList<Command> All { get; } =
    [
        new("serve", "", "runs the server; also without any word",
            "Ends on SIGTERM or Ctrl+C: it says at /readyz that it is not ready, goes on for DRAIN_SECONDS, then finishes the requests and the mail in hand.",
            "Exit codes: 0 stopped as told; 2 a setting is wrong, or the database can't be used."),
        new("migrate", "", "brings the database to this program's schema",
            "Serving does so too. Run it by itself to see that it works before servers are replaced; an older server goes on beside the newer schema."),
        new("admin add", "<login>", "makes an account an administrator",
            "By e-mail address or user name. The account signs up first."),
        new("admin remove", "<login>", "takes administration from an account",
            "The last administrator stays."),
        new("admin list", "", "lists the administrators",
            "One a line: address, name, and whether the account is deactivated."),
        new("admin reset-factor", "<login>", "takes the second factor off an account",
            "For who has lost the app and the recovery codes. Make sure first who asks; the account's owner is told by mail, and the audit notes it."),
        new("backup", "<file>", "copies the database into a new file",
            "While the server runs; SQLite only. What was acknowledged before it began is in the copy. No file is overwritten, and a copy that broke off is named <file>.part."),
        new("restore", "<file>", "puts such a copy in the database's place",
            "SQLite only, and the server must be stopped. The copy is looked through first; what it replaces is kept beside it."),
        new("check", "", "tells what in the store is not as it must be",
            "Reads all of it and changes nothing.", "Exit codes: 0 all is well; 1 something is broken, and each thing is on standard output; 2 not understood, or a setting is wrong."),
        new("deliver", "[--settings=FILE]", "hands in a mail from standard input",
            "For a mail server's pipe: see docs/MAIL.md. It asks the running server (INBOUND_MAIL_URL, INBOUND_MAIL_SECRET) and needs nothing else.",
            "Exit codes, as mail servers understand them (sysexits.h): 0 taken; 65 no mail, or too large; 75 try again later; 77 the secret is wrong; 78 settings are missing."),
        new("tzdb-check", "", "moves what is to come where zone rules have changed",
            "The wall time stays. Each meeting that moves is listed. A server that runs jobs does so every hour by itself."),
        new("ready", "[--url=URL]", "asks the running server whether it is ready",
            "For health checks of containers, which have no other program to ask. Without --url it asks where the settings say that the server listens.",
            "Exit codes: 0 ready; 1 not ready, or no answer within 30 s; 2 not understood."),
        new("openapi", "", "writes the API's description to standard output",
            "OpenAPI 3.1, JSON. It needs neither settings nor database."),
    ];

    /// All commands, or those whose words begin so; null: there is none.
    public static string? Help(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return Overview();
        // The command's own words, and perhaps what was to be given to it.
        var found = All.Where(c => c.Name == words[0] || c.Name.StartsWith($"{words[0]} ", StringComparison.Ordinal)).ToArray();
        if (words.Count > 1 && found.Where(c => c.Name == $"{words[0]} {words[1]}").ToArray() is { Length: > 0 } one)
            found = one;
        return found.Length == 0 ? null : string.Join("\n\n", found.Select(c => c.Text()));
    }

    private string Usage => $"convene {Name}{(Takes.Length == 0 ? "" : $" {Takes}")}";

    private string Text() => $"{Usage}\n  {char.ToUpperInvariant(Does[0])}{Does[1..]}.\n  {More}\n  {Codes}";

    private static string Overview()
    {
        var width = All.Max(c => c.Usage.Length) + 3;
        return $"""
            {string.Join('\n', All.Select(c => $"{c.Usage.PadRight(width)}{c.Does}"))}
            {"convene --version".PadRight(width)}the program's version
            {"convene [command] --help".PadRight(width)}this text, or more about a command

            Every setting of the README can be given as --NAME=value. Commands work while a server runs on the same database, except restore.
            {Standard}
            From the sources: dotnet run --project src/Server -- admin add ana@example.com
            """;
    }
}
