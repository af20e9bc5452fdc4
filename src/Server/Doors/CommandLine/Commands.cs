using Convene.Server.Features.Admin;

namespace Convene.Server.Doors.CommandLine;

/// What can be done from the command line instead of serving. Exit codes: 0 done (or nothing to do), 1 refused, 2 not understood.
public static class Commands
{
    public static bool Knows(string[] words) => words is ["admin", "add" or "remove" or "reset-factor", _] or ["admin", "list"] or ["tzdb-check" or "migrate" or "check"] or ["backup", _];

    public static Task<int> Run(string[] words, IServiceProvider services)
    {
        var administrators = services.GetRequiredService<Administrators>();
        return words switch
        {
            ["admin", "add", var login] => Add(administrators, login),
            ["admin", "remove", var login] => Remove(administrators, login),
            ["admin", "reset-factor", var login] => ResetFactor(services.GetRequiredService<ResetSecondFactor>(), login),
            ["tzdb-check"] => CheckZones(services.GetRequiredService<CheckZones>()),
            ["migrate"] => SchemaStep(services.GetRequiredService<ReadHealth>()),
            ["check"] => Check(services.GetRequiredService<CheckStore>()),
            ["backup", var file] => BackUp(services.GetRequiredService<BackUp>(), file),
            _ => List(administrators),
        };
    }

    /// <param name="words">Of the command that is asked about; none: all.</param>
    public static async Task<int> Explain(string[] words)
    {
        if (Command.Help(words) is not { } text)
            return await Misunderstood(words);
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    public static async Task<int> Misunderstood(string[] words)
    {
        await Console.Error.WriteLineAsync($"There is no command \"{string.Join(' ', words)}\". This is what there is:\n\n{Command.Help([])}");
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

    private static async Task<int> ResetFactor(ResetSecondFactor reset, string login) => await reset.Handle(login) switch
    {
        ResetSecondFactor.Answer.Done => await Say($"{login} signs in without a second factor now, and is told by mail."),
        ResetSecondFactor.Answer.None => await Say($"{login} has no second factor."),
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

    // To open the database is to migrate it.
    private static async Task<int> SchemaStep(ReadHealth health) => await Say($"The schema is at step {(await health.Handle()).Database.SchemaStep}.");

    private static async Task<int> Check(CheckStore check)
    {
        var broken = 0;
        foreach (var rule in await check.Handle())
        {
            await Console.Out.WriteLineAsync($"{(rule.Broken.Count == 0 ? "ok   " : "WRONG")}  {rule.Text}");
            foreach (var what in rule.Broken)
                await Console.Out.WriteLineAsync($"         {what}");
            broken += rule.Broken.Count == 0 ? 0 : 1;
        }

        return broken == 0 ? 0 : await Refuse($"{broken} of these rules are broken. Keep a copy of the database as it is before anything is mended.");
    }

    private static async Task<int> BackUp(BackUp backUp, string file)
    {
        var (bytes, fault) = await backUp.Handle(file);
        return fault is null ? await Say($"{file}: {bytes} bytes.") : await Refuse(fault);
    }

    /// Nothing of the program is started: its database is about to be replaced.
    public static async Task<int> Restore(string file, Settings settings)
    {
        if (settings.SqliteFile is not { } target)
            return await Refuse("A dump of PostgreSQL is restored with pg_restore. See docs/OPERATIONS.md.");
        if (Features.Admin.Restore.From(file, target, out var kept) is { } fault)
            return await Refuse(fault);
        return await Say($"{target} is what {file} was.{(kept is null ? "" : $" What was there is {kept}.")}");
    }

    /// As it is kept with the sources, and compared with the routes by their tests.
    public static async Task<int> Describe()
    {
        await using var description = typeof(Commands).Assembly.GetManifestResourceStream("openapi.json")!;
        await description.CopyToAsync(Console.OpenStandardOutput());
        return 0;
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
