using System.Text.RegularExpressions;

namespace Convene.Server.Tests.Rules;

/// What docs/SECURITY.md says is shown by tests, and they are there.
public sealed partial class SecurityPageTests
{
    [Fact]
    public async Task Every_test_that_the_page_names_is_there()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/SECURITY.md"));
        var tests = Directory.GetFiles(Path.Combine(Repository.Root(), "tests"), "*.cs", SearchOption.AllDirectories)
            .ToLookup(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText, StringComparer.Ordinal);
        var named = Named().Matches(page).Select(m => (Class: m.Groups["class"].Value, Test: m.Groups["test"].Value)).Distinct().ToArray();
        named.Length.ShouldBeGreaterThan(60);
        named.Where(n => !tests[n.Class].Any(code => Regex.IsMatch(code, $@"public (async Task|void) {n.Test}\(", RegexOptions.None, TimeSpan.FromSeconds(5))))
            .Select(n => $"{n.Class}.{n.Test}").ShouldBeEmpty("docs/SECURITY.md names tests that are not there");
        for (var chapter = 1; chapter <= 17; chapter++)
            page.ShouldContain($"\n## V{chapter} ", Case.Sensitive);
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w+)\.(?<test>[A-Z]\w*_\w+)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Named();
}
