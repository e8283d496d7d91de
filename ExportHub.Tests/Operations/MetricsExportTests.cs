using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace ExportHub.Tests.Operations;

/// <summary>
/// Metrics leave the process only when somebody says where to. Alone, because the exporter listens to the whole process: the meters of other hosts, which come and
/// go with their tests, have the same names as those of the one that is watched here.
/// </summary>
[Collection(MeasuredAlone.Name)]
public sealed class MetricsExportTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task With_an_endpoint_the_metrics_arrive_there_by_OTLP()
    {
        await using var receiver = await Receiver.StartAsync();
        app.With("Operations:OtlpEndpoint", receiver.Address).With("Operations:OtlpInterval", "00:00:01");

        await app.ExportAsync(new { dataset = "orders", format = "csv" });

        string[] wanted = ["exporthub.export.attempts", "exporthub.export.rows", "exporthub.export.queued", "exporthub.lease.age.oldest"];
        await Until.TrueAsync(() => Array.TrueForAll(wanted, name => receiver.Bodies.Any(body => body.Contains(name, StringComparison.Ordinal))), "all metrics");
        Assert.All(receiver.Paths, path => Assert.Equal("POST /v1/metrics application/x-protobuf", path));
    }

    [Fact]
    public void Without_an_endpoint_nothing_collects_and_nothing_is_sent() => Assert.Null(app.Services.GetService<MeterProvider>());

    [Fact]
    public void An_endpoint_that_is_no_address_stops_the_start_with_a_sentence() =>
        Assert.Contains(
            "Operations:OtlpEndpoint must be an address such as http://collector:4318",
            Assert.ThrowsAny<Exception>(() => app.With("Operations:OtlpEndpoint", "collector").Services).ToString(),
            StringComparison.Ordinal);

    /// <summary>A collector that understands nothing and keeps everything.</summary>
    private sealed class Receiver(WebApplication host) : IAsyncDisposable
    {
        public ConcurrentQueue<string> Bodies { get; } = [];

        public ConcurrentQueue<string> Paths { get; } = [];

        public string Address => host.Urls.Single();

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var receiver = new Receiver(builder.Build());
            await receiver.RunAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();

        private Task RunAsync()
        {
            host.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                // The names stand in the protocol buffer as they are.
                Bodies.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
                Paths.Enqueue($"{http.Request.Method} {http.Request.Path} {http.Request.ContentType}");
            });
            return host.StartAsync();
        }
    }
}
