using System.Collections.Concurrent;
using ExportHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Access;

public sealed class FileLinkSettingTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task There_are_no_links_unless_they_are_switched_on()
    {
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();

        var answer = await app.Client.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null);

        await ExportEndpointsTests.AssertProblemAsync(answer, 404);
        Assert.Contains("Access:SignedLinkLifetime", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:05:01")]
    [InlineData("-00:00:01")]
    public void A_longer_time_refuses_to_start(string lifetime)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => app.With("Access:SignedLinkLifetime", lifetime).Services);

        Assert.Contains("Access:SignedLinkLifetime must be 00:05:00 at most", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_opens_a_file_is_in_no_log_however_much_is_logged()
    {
        using var log = new Lines();
        app.With("Access:SignedLinkLifetime", "00:05:00").With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft.AspNetCore", "Trace")
            .With(services => services.AddSingleton<ILoggerFactory>(provider =>
                new LoggerFactory([log], provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>())));
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        var link = (await app.Client.PostAsync(new Uri($"/api/exports/{id}/link", UriKind.Relative), null)).Headers.Location!;

        Assert.True((await app.NewStranger().GetAsync(link)).IsSuccessStatusCode);

        var signature = link.ToString().Split("signature=")[1];
        Assert.Contains(log.Written, line => line.Contains($"/api/links/{id}", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Written, line => line.Contains(signature, StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Written.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
