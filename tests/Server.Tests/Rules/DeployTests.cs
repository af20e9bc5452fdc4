using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Convene.Server.Doors.CommandLine;
using Convene.Server.Tests.Peers;

namespace Convene.Server.Tests.Rules;

/// What is in deploy/: as far as it can be judged without the machines that it is for.
public sealed partial class DeployTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("convene-deploy-");

    private static string Deploy => Path.Combine(Repository.Root(), "deploy");

    [ToolFact("systemd-analyze", "systemd")]
    public async Task Systemd_understands_the_unit_and_finds_it_well_shut_in()
    {
        // Judged as if the program were there.
        var unit = Path.Combine(folder.FullName, "convene.service");
        await File.WriteAllTextAsync(unit, (await Read("convene.service")).Replace("/opt/convene/convene", "/bin/true", StringComparison.Ordinal));
        (await Tool.Run("systemd-analyze", "verify", unit)).ShouldBe((0, ""));
        // In tenths; what is not hardened at all has 96.
        var (code, said) = await Tool.Run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", unit);
        code.ShouldBe(0, said);
    }

    [ToolFact("nginx", "nginx-light")]
    public async Task Nginx_understands_its_file()
    {
        var (code, said) = await Tool.Run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=meet.example.com",
            "-keyout", In("privkey.pem"), "-out", In("fullchain.pem"));
        code.ShouldBe(0, said);
        var site = (await Read("nginx.conf")).Replace("/etc/letsencrypt/live/meet.example.com", folder.FullName, StringComparison.Ordinal)
            .Replace("/etc/nginx/convene_proxy.conf", Path.Combine(Deploy, "nginx_proxy.conf"), StringComparison.Ordinal).Replace("/var/log/nginx", folder.FullName, StringComparison.Ordinal);
        await File.WriteAllTextAsync(In("site.conf"), site);
        await File.WriteAllTextAsync(In("nginx.conf"), $"pid {In("pid")}; error_log stderr; events {{}} http {{ include {In("site.conf")}; }}");
        (code, said) = await Tool.Run("nginx", "-t", "-c", In("nginx.conf"));
        code.ShouldBe(0, said);
        said.ShouldNotContain("[warn]");
    }

    [ToolFact("caddy", "caddy")]
    public async Task Caddy_understands_its_files()
    {
        foreach (var file in (string[])["Caddyfile", "compose.Caddyfile"])
        {
            await File.WriteAllTextAsync(In(file), (await Read(file)).Replace("{$DOMAIN}", "meet.example.com", StringComparison.Ordinal));
            var (code, said) = await Tool.Run("caddy", "validate", "--adapter", "caddyfile", "--config", In(file));
            code.ShouldBe(0, said);
        }
    }

    [Fact]
    public async Task The_image_runs_as_nobody_in_particular_and_is_made_of_what_is_there()
    {
        var lines = (await Read("Dockerfile")).Split('\n');
        foreach (var copied in lines.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=", StringComparison.Ordinal)).SelectMany(l => l.Split(' ')[1..^1]))
            (File.Exists(Path.Combine(Repository.Root(), copied)) || Directory.Exists(Path.Combine(Repository.Root(), copied))).ShouldBeTrue(copied);
        // All that is in the root and the server's build reads is copied, also what comes later.
        foreach (var file in Directory.GetFiles(Repository.Root(), "*.props").Concat(Directory.GetFiles(Repository.Root(), "*.targets")).Select(Path.GetFileName))
            lines.ShouldContain(l => l.StartsWith("COPY ", StringComparison.Ordinal) && l.Contains(file!, StringComparison.Ordinal), file);

        var last = lines[Array.FindLastIndex(lines, l => l.StartsWith("FROM ", StringComparison.Ordinal))..];
        last.Single(l => l.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER $APP_UID");
        last.Count(l => l.StartsWith("COPY ", StringComparison.Ordinal) && l.EndsWith(" /app", StringComparison.Ordinal)).ShouldBe(1, "one layer has the program");
        var check = JsonNode.Parse(last.Single(l => l.StartsWith("HEALTHCHECK ", StringComparison.Ordinal)).Split(" CMD ")[1])!.AsArray();
        Command.All.ShouldContain(c => c.Name == check[1]!.ToString());
        check[0]!.ToString().ShouldBe(JsonNode.Parse(last.Single(l => l.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])![0]!.ToString());
    }

    [ToolFact("python3", "python3-yaml")]
    public async Task What_the_composition_sets_is_known_to_the_server_and_to_its_example()
    {
        var (code, said) = await Tool.Run("python3", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))", Path.Combine(Deploy, "compose.yaml"));
        code.ShouldBe(0, said);
        var services = JsonNode.Parse(said)!["services"]!.AsObject();
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "README.md"));
        foreach (var server in (string[])["server1", "server2"])
        {
            foreach (var (name, _) in services[server]!["environment"]!.AsObject())
                readme.ShouldContain($"`{name}`", Case.Sensitive, name);
            services[server]!["ports"].ShouldBeNull("only the proxy is reached from outside");
        }

        var example = await Read("compose.env.example");
        foreach (var variable in Variable().Matches(await Read("compose.yaml")).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal))
            example.ShouldMatch($@"(?m)^#?{variable}=", variable);
        foreach (var mounted in services.SelectMany(s => s.Value!["volumes"]?.AsArray() ?? []).Select(v => v!.ToString().Split(':')[0]).Where(v => v.StartsWith('.')))
            File.Exists(Path.Combine(Deploy, mounted)).ShouldBeTrue(mounted);
    }

    [Fact]
    public async Task The_manual_of_the_installation_names_only_what_is_there()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "docs/INSTALL.md"));
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root(), "README.md"));
        foreach (var setting in Setting().Matches(manual).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal))
            readme.ShouldContain($"`{setting}`", Case.Sensitive, setting);
        foreach (var file in InDeploy().Matches(manual).Select(m => m.Groups["file"].Value).Distinct(StringComparer.Ordinal))
            File.Exists(Path.Combine(Deploy, file)).ShouldBeTrue(file);
        foreach (var command in Said().Matches(manual).Select(m => m.Groups["command"].Value).Distinct(StringComparer.Ordinal))
            Command.All.ShouldContain(c => c.Name == command || c.Name.StartsWith($"{command} ", StringComparison.Ordinal), command);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string In(string file) => Path.Combine(folder.FullName, file);

    private static Task<string> Read(string file) => File.ReadAllTextAsync(Path.Combine(Deploy, file));

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?m)^#?(?<name>[A-Z][A-Z_]+)=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\bdeploy/(?<file>\w[\w.]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InDeploy();

    [GeneratedRegex(@"(?m)(^|`)convene (?<command>[a-z][\w-]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Said();
}
