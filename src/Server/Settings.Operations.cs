namespace Convene.Server;

/// What concerns who runs the server.
public sealed partial record Settings
{
    /// What a request to `/metrics` has to show; null: there is no such page.
    public string? MetricsToken { get; init; }

    /// Null: nothing is sent, and nothing of OpenTelemetry is loaded.
    public OtlpSettings? Otlp { get; init; }

    /// A line of JSON for each entry of the log, instead of text.
    public required bool LogJson { get; init; }

    /// A line for each request.
    public required bool LogRequests { get; init; }

    /// So many requests are worked on at a time; more are told to come again.
    public required int MostRequests { get; init; }

    /// How long a server that is told to stop goes on as before, but says that it is not ready: until load balancers have noticed.
    public required TimeSpan Drain { get; init; }

    /// <param name="Endpoint">Of the collector, without `v1/…`.</param>
    /// <param name="Grpc">Else HTTP with protobuf.</param>
    /// <param name="Headers">As the specification has them: name=value, separated by commas.</param>
    public sealed record OtlpSettings(Uri Endpoint, bool Grpc, string? Headers, string ServiceName, TimeSpan Every);

    private sealed partial class Reader
    {
        private const int LeastMetricsToken = 16;
        private const string Collector = "http://localhost:4318";

        public string? MetricsToken()
        {
            var token = Text("METRICS_TOKEN");
            if (token is { Length: < LeastMetricsToken })
                Problems.Add($"METRICS_TOKEN is too short. It takes at least {LeastMetricsToken} characters, for example the output of `openssl rand -hex 32`; without it there is no /metrics.");
            return token;
        }

        public bool LogJson()
        {
            if (Text("LOG_FORMAT") is not (null or "text" or "json"))
                Problems.Add($"LOG_FORMAT is '{Text("LOG_FORMAT")}'. It takes text or json; the default is text.");
            return Text("LOG_FORMAT") == "json";
        }

        /// By OpenTelemetry's own names, so that what is written about them elsewhere holds here.
        public OtlpSettings? Otlp()
        {
            if (Text("OTEL_EXPORTER_OTLP_ENDPOINT") is null)
                return null;
            var protocol = Text("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "http/protobuf";
            if (protocol is not ("http/protobuf" or "grpc"))
                Problems.Add($"OTEL_EXPORTER_OTLP_PROTOCOL is '{protocol}'. It takes http/protobuf or grpc; the default is http/protobuf.");
            return new OtlpSettings(
                Url("OTEL_EXPORTER_OTLP_ENDPOINT", Collector, $"the address of a collector, such as {Collector}"), protocol == "grpc", Text("OTEL_EXPORTER_OTLP_HEADERS"), Text("OTEL_SERVICE_NAME") ?? "convene",
                TimeSpan.FromMilliseconds(Number("OTEL_METRIC_EXPORT_INTERVAL", 60_000, 100, 3_600_000)));
        }
    }
}
