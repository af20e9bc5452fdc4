using System.Text.RegularExpressions;

namespace Convene.Server.Tests.Rules;

/// What the audit notes, the web app can say.
public sealed partial class AuditWords
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_kind_that_is_noted_has_words(string language)
    {
        var words = File.ReadAllText(Path.Combine(Repository.Root(), "web", "src", "words", language, "admin.ts"));
        var kinds = Directory.GetFiles(Path.Combine(Repository.Root(), "src", "Server", "Features"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Kind().Matches(File.ReadAllText(f))).Select(m => m.Groups["kind"].Value).Distinct(StringComparer.Ordinal).ToArray();
        kinds.Length.ShouldBeGreaterThan(30);
        kinds.Where(k => !words.Contains($"'did.{k}':", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// A dot between what it is about and what happened; files of an export look alike.
    [GeneratedRegex("\"(?<kind>(account|availability|calendar|external_calendar|feed|mail|meeting|meeting_type)\\.(?!json|ics)[a-z_]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Kind();
}
