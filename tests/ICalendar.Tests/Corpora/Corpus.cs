using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Convene.ICalendar.Tests.Corpora;

/// <summary>Calendars that others wrote, read in place: ../shared/corpora beside the repository, or where CONVENE_CORPORA says.</summary>
internal static class Corpus
{
    private static readonly Lazy<CorpusFile[]> All = new(() => [.. Lines("ics/manifest.jsonl").Select(line =>
    {
        var id = line.GetProperty("id").GetString()!;
        return new CorpusFile(
            id, line.GetProperty("class").GetString()!, File.ReadAllBytes(Path.Combine(Folder(), "ics", "upstream", id + ".ics")));
    })]);

    public static CorpusFile[] Files => All.Value;

    public static bool IsThere => Directory.Exists(Folder());

    public static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder(), file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Folder([CallerFilePath] string here = "") =>
        Environment.GetEnvironmentVariable("CONVENE_CORPORA")
        ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared", "corpora"));

    /// <param name="Id">The name of the file.</param>
    /// <param name="Class">valid, mixed or invalid, as four other parsers found.</param>
    /// <param name="Content">What is in it.</param>
    internal sealed record CorpusFile(string Id, string Class, byte[] Content);
}
