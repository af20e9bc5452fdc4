using Convene.Server.Storage;
using Convene.Server.Storage.Engines;

namespace Convene.Server.Features.Admin;

/// Puts a backup in the database's place, while no server runs.
public static class Restore
{
    /// <returns>Null, or why nothing was changed.</returns>
    /// <param name="kept">Where what was there is kept.</param>
    public static string? From(string backup, string target, out string? kept) => Sqlite.Restore(backup, target, SchemaSteps.Newest, out kept);
}
