using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Convene.Server.Tests.Peers;

/// What Prometheus' own library for Python makes of a page of figures.
public sealed record MetricFamily(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("help")] string Help,
    [property: JsonPropertyName("samples")] IReadOnlyList<MetricSample> Samples)
{
    /// The sum of the samples that have these labels, such as `outcome=sent`; 0: none has.
    public double Sum(params string[] labels) => Named("", labels);

    /// The same, of a histogram's `_count`, `_sum` or `_bucket`.
    public double Named(string suffix, params string[] labels) =>
        Samples.Where(s => s.Name.EndsWith(suffix, StringComparison.Ordinal) && labels.All(l => s.Labels.GetValueOrDefault(l.Split('=', 2)[0]) == l.Split('=', 2)[1])).Sum(s => s.Number);
}

public sealed record MetricSample(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("labels")] IReadOnlyDictionary<string, string> Labels,
    [property: JsonPropertyName("value")] string Value)
{
    public double Number => double.Parse(Value, CultureInfo.InvariantCulture);
}

/// Debian's python3-prometheus-client.
public static class PrometheusReader
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> There = new(() => Run("-c", "import prometheus_client", "").Code == 0);

    public static bool IsThere => There.Value;

    public static IReadOnlyDictionary<string, MetricFamily> Read(string text)
    {
        var (code, said, error) = Run(Path.Combine(AppContext.BaseDirectory, "Peers", "read_metrics.py"), null, text);
        code.ShouldBe(0, error);
        return JsonSerializer.Deserialize<List<MetricFamily>>(said)!.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    private static (int Code, string Said, string Error) Run(string first, string? second, string input)
    {
        var start = new ProcessStartInfo(File.Exists(Python) ? Python : "python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(first);
        if (second is not null)
            start.ArgumentList.Add(second);
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said, error.GetAwaiter().GetResult());
    }
}

/// A theory that needs Prometheus' library.
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrometheusTheoryAttribute : TheoryAttribute
{
    public PrometheusTheoryAttribute() => Skip = Peer.SkipUnless(PrometheusReader.IsThere, "Prometheus' Python library", "python3-prometheus-client");
}
