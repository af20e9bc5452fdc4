using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Convene.Scheduling.Tests;

/// Cases that others wrote, read in place; a clone without them skips loudly.
internal static class Corpora
{
    public static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "shared", "corpora"));

    public static IEnumerable<JsonElement> Lines(string file) => File.ReadLines(Path.Combine(Folder(), file)).Select(line => JsonDocument.Parse(line).RootElement);
}

/// A test over ../shared/corpora.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorporaFactAttribute : FactAttribute
{
    public CorporaFactAttribute() => Skip = Directory.Exists(Corpora.Folder()) ? null : "The corpora are not here (../shared/corpora): their cases are not judged.";
}
