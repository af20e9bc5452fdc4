using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.CommandLine;

/// What can be done from the command line instead of serving. Exit codes: 0 done (or nothing to do), 1 refused, 2 not understood.
public static class Commands
{
    public const string Help =
        """
        convene [serve] [--NAME=value …]         runs the server; the default
        convene admin add <e-mail> [--NAME=…]    makes an account an administrator (a user name works too)
        convene admin remove <e-mail>            takes it back; the last one stays
        convene admin list                       who is one
        convene tzdb-check                       moves what is to come where zone rules have changed, and lists it
        convene deliver [--settings=FILE]        hands in a mail from standard input: for a mail server's pipe (docs/MAIL.md)
        convene --help                           this text

        Every setting of the README can be given as --NAME=value. Commands work while a server runs on the same database.
        From the sources: dotnet run --project src/Server -- admin add ana@example.com
        """;

    public static bool Knows(string[] words) => words is ["admin", "add" or "remove", _] or ["admin", "list"] or ["tzdb-check"];

    public static Task<int> Run(string[] words, IServiceProvider services)
    {
        var administrators = services.GetRequiredService<Administrators>();
        return words switch
        {
            ["admin", "add", var login] => Add(administrators, login),
            ["admin", "remove", var login] => Remove(administrators, login),
            ["tzdb-check"] => CheckZones(services.GetRequiredService<CheckZones>()),
            _ => List(administrators),
        };
    }

    public static async Task<int> Misunderstood(string[] words)
    {
        await Console.Error.WriteLineAsync($"There is no command \"{string.Join(' ', words)}\". This is what there is:\n\n{Help}");
        return 2;
    }

    private static async Task<int> Add(Administrators administrators, string login) => await administrators.Add(login) switch
    {
        Administrators.Answer.Done => await Say($"{login} is an administrator now."),
        Administrators.Answer.AsItIs => await Say($"{login} is an administrator already."),
        Administrators.Answer.Deactivated => await Refuse($"The account {login} is deactivated: another administrator has to let it in again first."),
        _ => await Refuse($"There is no account {login}. They sign up first."),
    };

    private static async Task<int> Remove(Administrators administrators, string login) => await administrators.Remove(login) switch
    {
        Administrators.Answer.Done => await Say($"{login} is no administrator any more."),
        Administrators.Answer.AsItIs => await Say($"{login} is no administrator."),
        Administrators.Answer.TheLast => await Refuse($"{login} is the last administrator. Add another one first."),
        _ => await Refuse($"There is no account {login}."),
    };

    private static async Task<int> List(Administrators administrators)
    {
        var all = await administrators.List();
        foreach (var one in all)
            await Console.Out.WriteLineAsync($"{(one.Email.Length > 0 ? one.Email : one.Username)}{(one.Name.Length > 0 ? $"  {one.Name}" : "")}{(one.IsActive ? "" : "  (deactivated)")}");
        return all.Count > 0 ? 0 : await Say("There is no administrator yet.");
    }

    private static async Task<int> CheckZones(CheckZones check)
    {
        var all = await check.Handle(CancellationToken.None);
        foreach (var moved in all)
            await Console.Out.WriteLineAsync($"{moved.Id}  {moved.Timezone}  {moved.OldStart} → {moved.NewStart}  {moved.Title}");
        return await Say(all.Count == 0 ? $"Nothing moves: all that is to come stands as tzdb {Features.Admin.CheckZones.Version} says." : $"{all.Count} moved, by tzdb {Features.Admin.CheckZones.Version}.");
    }

    private static async Task<int> Say(string sentence)
    {
        await Console.Out.WriteLineAsync(sentence);
        return 0;
    }

    private static async Task<int> Refuse(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return 1;
    }
}
