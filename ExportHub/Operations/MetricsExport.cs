using ExportHub.Exports;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ExportHub.Operations;

/// <summary>Sends the metrics by OTLP, where a setting says to whom.</summary>
internal static class MetricsExport
{
    public static void AddMetricsExport(this IHostApplicationBuilder builder)
    {
        var options = OperationsOptions.Read(builder.Configuration);
        if (options.OtlpEndpoint is null || !options.IsValid())
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("exporthub", serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics.AddMeter(ExportMeter.Name).AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                // The path of the OTLP specification; set in code, the address is taken as it stands.
                exporter.Endpoint = new Uri($"{options.OtlpEndpoint.AbsoluteUri.TrimEnd('/')}/v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.OtlpInterval.TotalMilliseconds;
            }));
    }
}
