using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Convene.Server.Doors.Rest;

/// What one instrument has measured so far, by its labels.
internal sealed class PrometheusSeries
{
    // Only where an instrument brings none.
    private static readonly double[] StandardBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<Labels, Cell> cells = new();
    private readonly string[] tags;
    private readonly string[] labels;
    private readonly Func<string, object?, string> label;
    private readonly string name;
    private readonly string help;
    private readonly string type;
    private readonly bool absolute;
    private readonly double[]? bounds;

    /// <param name="tags">Those that are kept, three at most.</param>
    /// <param name="labels">What each is called here.</param>
    /// <param name="label">A tag's value as a label.</param>
    public PrometheusSeries(Instrument instrument, string[] tags, string[] labels, Func<string, object?, string> label)
    {
        (this.tags, this.labels, this.label) = (tags, labels, label);
        var kind = instrument.GetType().Name;
        absolute = instrument.IsObservable;
        type = kind.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : kind.Contains("UpDown", StringComparison.Ordinal) || kind.Contains("Gauge", StringComparison.Ordinal) ? "gauge" : "counter";
        bounds = type == "histogram" ? (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? StandardBounds : null;
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        name = instrument.Name.Replace('.', '_') + unit + (type == "counter" ? "_total" : "");
        help = (instrument.Description ?? instrument.Name).Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> given)
    {
        var key = new Labels(Of(given, 0), Of(given, 1), Of(given, 2));
        var cell = cells.TryGetValue(key, out var there) ? there : cells.GetOrAdd(key, _ => new Cell(bounds?.Length ?? 0));
        lock (cell)
        {
            cell.Value = absolute ? value : cell.Value + value;
            if (bounds is null)
                return;
            cell.Count++;
            var n = Array.BinarySearch(bounds, value);
            n = n < 0 ? ~n : n;
            if (n < bounds.Length)
                cell.Buckets[n]++;
        }
    }

    /// What is looked at only when somebody asks is forgotten first: it may not be there any more.
    public void Begin()
    {
        if (absolute)
            cells.Clear();
    }

    public void Write(StringBuilder text)
    {
        if (cells.IsEmpty)
            return;
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (key, cell) in cells.OrderBy(c => c.Key.A, StringComparer.Ordinal).ThenBy(c => c.Key.B, StringComparer.Ordinal).ThenBy(c => c.Key.C, StringComparer.Ordinal))
        {
            lock (cell)
            {
                if (bounds is null)
                    Line(text, "", Named(key), Number(cell.Value));
                else
                    Histogram(text, Named(key), cell);
            }
        }
    }

    public static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private void Histogram(StringBuilder text, string named, Cell cell)
    {
        var comma = named.Length == 0 ? "" : ",";
        var below = 0L;
        for (var n = 0; n < bounds!.Length; n++)
            Line(text, "_bucket", $"{named}{comma}le=\"{Number(bounds[n])}\"", Number(below += cell.Buckets[n]));
        Line(text, "_bucket", $"{named}{comma}le=\"+Inf\"", Number(cell.Count));
        Line(text, "_sum", named, Number(cell.Value));
        Line(text, "_count", named, Number(cell.Count));
    }

    private void Line(StringBuilder text, string suffix, string named, string value) =>
        text.Append(name).Append(suffix).Append(named.Length == 0 ? "" : $"{{{named}}}").Append(' ').Append(value).Append('\n');

    private string Named(Labels key) => string.Join(',', labels.Zip([key.A, key.B, key.C], (l, value) => $"{l}=\"{Escaped(value)}\""));

    private static string Escaped(string value) =>
        value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    private string Of(ReadOnlySpan<KeyValuePair<string, object?>> given, int n)
    {
        if (n >= tags.Length)
            return "";
        foreach (var tag in given)
        {
            if (tag.Key == tags[n])
                return tag.Value as string ?? label(tags[n], tag.Value);
        }

        return "";
    }

    private readonly record struct Labels(string A, string B, string C);

    private sealed class Cell(int bounds)
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[bounds];
    }
}
