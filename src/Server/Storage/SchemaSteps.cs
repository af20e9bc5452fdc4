using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Convene.Server.Storage.Engines;

namespace Convene.Server.Storage;

/// The numbered steps in Schema/, applied in order, each in a transaction of its own together with the note that it was applied.
/// Servers of the version before go on working while they are applied and afterwards: a step adds, and takes away only what the version before does not use any
/// more. One that can't be so says in its first line from which step on a program works with it: `-- works from: 0031`.
public static partial class SchemaSteps
{
    private const string Prefix = "schema/";
    private const string LockNotAvailable = "55P03";

    // Rather not at all than for ever: then something holds a table that should not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static int Newest => All().Max(s => s.Number);

    public static async Task<long> Applied(Tx tx) => await tx.FirstOrDefault<long?>("SELECT max(number) FROM schema_steps") ?? 0;

    /// Whether the database has all that this program needs, and nothing that it can't work with.
    public static async Task<bool> Fits(Tx tx) => await Applied(tx) is var there && there >= Newest && (there == Newest || await Needed(tx) <= Newest);

    // Whoever knows less can't work with this database. Only a database with the column can be newer than this program.
    private static async Task<long> Needed(Tx tx) => await tx.FirstOrDefault<long?>("SELECT max(works_from) FROM schema_steps") ?? 0;

    public static async Task Apply(Engine engine, int upTo)
    {
        await Locked(engine, async tx =>
        {
            await tx.Execute("CREATE TABLE IF NOT EXISTS schema_steps (number bigint PRIMARY KEY, name text NOT NULL)");
            return true;
        });
        var there = await Locked(engine, Applied);
        if (there > Newest && await Locked(engine, Needed) > Newest)
        {
            throw new SettingsException(
                $"The database ({engine.Description}) was made by a newer Convene: its schema is at step {there}, this program knows {Newest}. "
                + "Start the newer program, or point DATABASE_URL at another database.");
        }

        foreach (var (number, _, name, text) in All().Where(s => s.Number <= upTo && (s.Engine ?? engine.Name) == engine.Name))
        {
            await Locked(engine, async tx =>
            {
                // Another node may have applied it since we looked: the lock orders us, the note tells.
                if (await tx.FirstOrDefault<long?>("SELECT number FROM schema_steps WHERE number = @number", new { number }) is null)
                {
                    await tx.ExecuteUnlimited(engine.SchemaText(text));
                    await tx.Execute("INSERT INTO schema_steps (number, name) VALUES (@number, @name)", new { number, name });
                    if (WorksFrom(text) is var worksFrom and > 0)
                        await tx.Execute("UPDATE schema_steps SET works_from = @worksFrom WHERE number = @number", new { worksFrom, number });
                }

                return true;
            });
        }
    }

    private static long WorksFrom(string step) => Declared().Match(step) is { Success: true } match ? long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A-- works from: (?<number>\d+)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declared();

    // Who waits for a table keeps everybody behind them from it, and may wait in a circle with one of those: so a step waits a moment only (Engine.LockSchema), and again a little later.
    private static async Task<T> Locked<T>(Engine engine, Func<Tx, Task<T>> work)
    {
        for (var begin = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await engine.Write(
                    async tx =>
                    {
                        await engine.LockSchema(tx);
                        return (await work(tx), true);
                    },
                    CancellationToken.None);
            }
            catch (DbException e) when (e.SqlState == LockNotAvailable && Stopwatch.GetElapsedTime(begin) < Patience)
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// `0001-people.sql`; one that is for one engine only says so: `0012-audit-guard.sqlite3.sql`.
    private static IEnumerable<(int Number, string? Engine, string Name, string Text)> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[Prefix.Length..];
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (int.Parse(name[..4]), name.Split('.') is [_, var engine, _] ? engine : null, name, reader.ReadToEnd());
        }
    }
}
