using System.Reflection;
using Convene.Server.Storage.Engines;

namespace Convene.Server.Storage;

/// The numbered steps in Schema/, applied in order, each in a transaction of its own together with the note that it was applied.
public static class SchemaSteps
{
    private const string Prefix = "schema/";

    public static int Newest => All().Max(s => s.Number);

    public static async Task<long> Applied(Tx tx) => await tx.FirstOrDefault<long?>("SELECT max(number) FROM schema_steps") ?? 0;

    public static async Task Apply(Engine engine, int upTo)
    {
        await Locked(engine, async tx =>
        {
            await tx.Execute("CREATE TABLE IF NOT EXISTS schema_steps (number bigint PRIMARY KEY, name text NOT NULL)");
            return true;
        });
        var there = await Locked(engine, Applied);
        if (there > Newest)
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
                    await tx.Execute(engine.SchemaText(text));
                    await tx.Execute("INSERT INTO schema_steps (number, name) VALUES (@number, @name)", new { number, name });
                }

                return true;
            });
        }
    }

    private static Task<T> Locked<T>(Engine engine, Func<Tx, Task<T>> work) => engine.Write(
        async tx =>
        {
            await engine.LockSchema(tx);
            return (await work(tx), true);
        },
        CancellationToken.None);

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
