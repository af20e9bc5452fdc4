using Convene.Server.Storage;
using Convene.Server.Storage.Engines;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests;

/// Databases as they are on a server's first day: its schema, and nothing in it. The steps are applied once a run, and what they made is copied for each house.
internal static class FirstDay
{
    private static readonly Lazy<Task<byte[]>> Sqlite = new(MakeFile);
    private static readonly Lazy<Task<string>> Postgres = new(MakeDatabase);

    /// Its DATABASE_URL.
    /// <param name="engine">Which.</param>
    /// <param name="folder">Where SQLite's file will lie.</param>
    public static async Task<string> New(string engine, string folder)
    {
        if (engine == OnPostgresAttribute.Engine)
            return await PostgresServer.NewDatabase(await Postgres.Value);
        var file = Path.Combine(folder, "convene.db");
        await File.WriteAllBytesAsync(file, await Sqlite.Value);
        return $"sqlite:{file}";
    }

    private static async Task<byte[]> MakeFile()
    {
        Mapping.Register();
        var folder = Directory.CreateTempSubdirectory("convene-");
        var file = Path.Combine(folder.FullName, "convene.db");
        await using (var engine = new Sqlite(file))
            await SchemaSteps.Apply(engine, int.MaxValue);
        // The last connection, when it was closed, has moved the log into the file.
        File.Exists(file + "-wal").ShouldBeFalse();
        var bytes = await File.ReadAllBytesAsync(file);
        folder.Delete(recursive: true);
        return bytes;
    }

    private static async Task<string> MakeDatabase()
    {
        Mapping.Register();
        var database = await PostgresServer.NewDatabase();
        await using (var engine = new Postgres(database))
            await SchemaSteps.Apply(engine, int.MaxValue);
        return database;
    }
}
