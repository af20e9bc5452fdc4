using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Convene.Server.Features;

namespace Convene.Server.Doors.Rest;

/// Collects what the meters measure, and writes it as Prometheus reads it (exposition format 0.0.4).
internal sealed class Prometheus : IDisposable
{
    private const string Requests = "http.server.request.duration";

    /// What is collected, and by which tags. Everything else that .NET measures is left where it is: each label multiplies the lines.
    private static readonly Dictionary<string, string[]> Collected = new(StringComparer.Ordinal)
    {
        [Requests] = ["http.request.method", "http.route", "http.response.status_code"],
        ["http.server.active_requests"] = [],
        ["kestrel.active_connections"] = [],
        ["convene.bookings"] = ["kind", "outcome"],
        ["convene.mails"] = ["outcome"],
        ["convene.mail.delay"] = [],
        ["convene.job.duration"] = ["job", "outcome"],
        ["convene.calendar_cache.lookups"] = ["outcome"],
        ["convene.answer_cache.lookups"] = ["outcome"],
        ["convene.live.listeners"] = [],
        ["convene.database.up"] = [],
        ["convene.outbox.waiting"] = [],
        ["convene.outbox.failed"] = [],
        ["convene.outbox.lag"] = [],
        ["dotnet.exceptions"] = [],
        ["dotnet.gc.collections"] = ["gc.heap.generation"],
        ["dotnet.gc.pause.time"] = [],
    };

    private static readonly string[] Classes = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"];

    private readonly MeterListener listener = new();
    private readonly SortedDictionary<string, PrometheusSeries> series = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Node node;

    /// <param name="meters">This house's: another one in the same process has its own.</param>
    public Prometheus(IMeterFactory meters, Node node)
    {
        this.node = node;
        listener.InstrumentPublished = (instrument, listen) =>
        {
            if ((instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)) && Collected.TryGetValue(instrument.Name, out var tags))
                listen.EnableMeasurementEvents(instrument, Add(instrument, tags));
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((PrometheusSeries)state!).Take(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((PrometheusSeries)state!).Take(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((PrometheusSeries)state!).Take(value, tags));
        listener.Start();
    }

    public string Write()
    {
        var text = new StringBuilder(16 * 1024);
        lock (gate)
        {
            foreach (var one in series.Values)
                one.Begin();
            listener.RecordObservableInstruments();
            foreach (var one in series.Values)
                one.Write(text);
        }

        Process(text);
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private PrometheusSeries Add(Instrument instrument, string[] tags)
    {
        lock (gate)
            return series[instrument.Name] = new PrometheusSeries(instrument, tags, instrument.Name == Requests ? ["method", "route", "status"] : [.. tags.Select(t => t.Replace('.', '_'))], Label);
    }

    /// Classes of status codes, not each code.
    private static string Label(string tag, object? value) => tag == "http.response.status_code" && value is int status and >= 0 and < 600
        ? Classes[status / 100]
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// Under the names that dashboards know from every other program.
    private void Process(StringBuilder text)
    {
        One("process_cpu_seconds_total", "counter", "Processor time used, user and system.", Environment.CpuUsage.TotalTime.TotalSeconds);
        One("process_resident_memory_bytes", "gauge", "Memory of the process.", Environment.WorkingSet);
        One("process_start_time_seconds", "gauge", "When it started, since 1970.", node.StartedAt.ToUnixTimeMilliseconds() / 1000.0);
        if (Directory.Exists("/proc/self/fd"))
            One("process_open_fds", "gauge", "Open files and connections.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        // The runtime's own meter calls these two counters; they go down as well.
        One("dotnet_thread_pool_queue_length", "gauge", "What waits for a thread.", ThreadPool.PendingWorkItemCount);
        One("dotnet_thread_pool_thread_count", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);

        void One(string name, string type, string help, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {PrometheusSeries.Number(value)}\n");
    }
}
