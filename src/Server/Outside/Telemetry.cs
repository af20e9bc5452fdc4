using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Convene.Server.Outside;

/// Sends traces and figures to a collector (OTLP). Only where one is configured: otherwise nothing of OpenTelemetry is even loaded.
public sealed class Telemetry : IDisposable
{
    private static readonly string[] Meters = [Figures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    // Requests are named by Doors/Rest/Requests. Outgoing requests are not traced: their URLs may hold secrets.
    private static readonly string[] Sources = [Figures.Name, "Microsoft.AspNetCore", "Npgsql"];

    private readonly TracerProvider traces;
    private readonly MeterProvider figures;

    public Telemetry(Settings.OtlpSettings otlp, string version, string instance)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService(otlp.ServiceName, serviceVersion: version, serviceInstanceId: instance);
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
            .AddOtlpExporter(o => Configure(o, otlp, "v1/traces")).Build();
        figures = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
            .AddOtlpExporter((o, reader) =>
            {
                Configure(o, otlp, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)otlp.Every.TotalMilliseconds;
            }).Build();
    }

    /// Sends what is left.
    public void Dispose()
    {
        traces.Dispose();
        figures.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, Settings.OtlpSettings otlp, string path)
    {
        options.Protocol = otlp.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // Given in code, the endpoint is taken as it is: the specification's path belongs to HTTP.
        options.Endpoint = otlp.Grpc ? otlp.Endpoint : new Uri($"{otlp.Endpoint.ToString().TrimEnd('/')}/{path}");
        options.Headers = otlp.Headers;
    }
}
