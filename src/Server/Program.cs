using Convene.Server;
using Convene.Server.Doors.Clock;
using Convene.Server.Doors.CommandLine;
using Convene.Server.Features;

// The command's words come first, settings behind them.
var words = args.TakeWhile(a => !a.StartsWith('-')).ToArray();
if (words is ["help", ..] || args.Any(a => a is "--help" or "-h"))
    return await Commands.Explain(words is ["help", .. var asked] ? asked : words);

if (args.Contains("--version"))
{
    await Console.Out.WriteLineAsync(House.Version);
    return 0;
}

// A mail server's pipe: it needs the running server, and nothing else of the house.
if (words is ["deliver"])
    return await Deliver.Run(args[1..], Console.OpenStandardInput(), Console.Error);

if (words is ["ready"])
    return await AskReady.Run(args[1..]);

if (words is ["openapi"])
    return await Commands.Describe();

try
{
    if (words is ["restore", var backup])
        return await Commands.Restore(backup, House.ReadSettings(args[words.Length..]));
    var serves = words is [] or ["serve"];
    if (!serves && !Commands.Knows(words))
        return await Commands.Misunderstood(words);
    await using var app = await House.Build(args[words.Length..]);
    if (!serves)
        return await Commands.Run(words, app.Services);
    var leaving = app.Services.GetRequiredService<Leaving>();
    await app.RunAsync();
    return leaving.Breakdown.IsCompleted ? Breakdown.ExitCode : 0;
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
