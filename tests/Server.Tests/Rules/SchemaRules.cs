using System.Text.RegularExpressions;

namespace Convene.Server.Tests.Rules;

/// Servers of the version before go on working beside a newer one (docs/decisions/0026-many-nodes.md).
public sealed partial class SchemaRules
{
    // Those before were made when one server at a time was brought up to date.
    private const int FirstUnderTheRule = 18;

    [Fact]
    public void A_step_takes_nothing_away_unless_it_says_from_where_programs_work_with_it()
    {
        foreach (var (name, text) in Steps().Where(s => int.Parse(s.Name[..4]) >= FirstUnderTheRule && !s.Text.StartsWith("-- works from: ", StringComparison.Ordinal)))
        {
            TakesAway().Match(text).Value.ShouldBeEmpty($"{name}: an older server may use that");
            foreach (Match column in AddedColumn().Matches(text))
                (column.Value.Contains("DEFAULT", StringComparison.Ordinal) || !column.Value.Contains("NOT NULL", StringComparison.Ordinal)).ShouldBeTrue($"{name}: an older server does not fill {column.Value}");
        }
    }

    [Fact]
    public void A_step_changes_one_table_that_is_there_so_that_it_never_waits_with_a_lock_for_another()
    {
        foreach (var (name, text) in Steps().Where(s => int.Parse(s.Name[..4]) >= FirstUnderTheRule))
        {
            var made = Made().Matches(text).Select(m => m.Groups["table"].Value).ToHashSet(StringComparer.Ordinal);
            Altered().Matches(text).Select(m => m.Groups["table"].Value).Distinct().Where(t => !made.Contains(t)).Count().ShouldBeLessThanOrEqualTo(1, name);
        }
    }

    private static IEnumerable<(string Name, string Text)> Steps() =>
        Directory.GetFiles(Path.Combine(Repository.Root(), "src/Server/Storage/Schema")).Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    [GeneratedRegex(@"\b(DROP\s+(TABLE|COLUMN|VIEW)|RENAME|ALTER\s+COLUMN|ADD\s+CONSTRAINT|TRUNCATE)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TakesAway();

    [GeneratedRegex(@"ADD COLUMN [^;]*;", RegexOptions.None, 1000)]
    private static partial Regex AddedColumn();

    [GeneratedRegex(@"ALTER TABLE (?<table>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Altered();

    [GeneratedRegex(@"CREATE TABLE (?<table>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
