using System.Diagnostics;

namespace Convene.Server.Tests.Stories;

/// The README's walk-through, run as it stands.
public sealed class ReadmeStory
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Every_command_of_the_walk_through_works(string engine)
    {
        await using var house = await TestHouse.Open(engine);
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "README.md"));
        var commands = readme.Split("<!-- walk-through -->")[1].Split("```")[1]["sh\n".Length..].Replace("http://localhost:8000", house.Url.ToString().TrimEnd('/'), StringComparison.Ordinal);
        commands.Split("curl").Length.ShouldBeGreaterThan(10);

        var start = new ProcessStartInfo("bash") { ArgumentList = { "-euo", "pipefail", "-c", commands }, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, said + await errors);

        said.ShouldContain("Meeting created; 1 participant invited, 1 participant skipped because of scheduling conflicts.");
        said.ShouldContain("\"ben@example.com\":[{\"id\":");
        said.ShouldContain("DTSTART;TZID=Europe/Berlin:20310113T120000");
        said.ShouldContain("\"notification_type\":\"update\"");
        said.ShouldContain("\"status\":\"cancelled\"");
    }

    [Fact]
    public void Every_setting_is_in_the_table()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root(), "README.md"));
        var settings = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root(), "src/Server"), "Settings*.cs").Select(File.ReadAllText));
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(settings, "\\w+\\(\"(?<name>[A-Z]+_[A-Z_]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["name"].Value).Distinct())
            readme.ShouldContain($"`{name}`", Case.Sensitive, name);
    }
}
