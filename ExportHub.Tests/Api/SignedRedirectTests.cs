using System.Collections.Concurrent;
using System.Net;
using ExportHub.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Api;

public sealed class SignedRedirectTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Secret = "the-signature-of-the-store";

    [Fact]
    public async Task Where_a_download_is_sent_is_in_no_log_however_much_is_logged()
    {
        using var log = new Lines();
        app.With("Files:SignedRedirect", "00:05:00").With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft.AspNetCore", "Trace")
            .With(services => services
                .AddSingleton<IFileStore>(new HandingOut(app.FilesFolder))
                .AddSingleton<ILoggerFactory>(provider => new LoggerFactory([log], provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>())));
        var id = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();

        var sent = await app.Client.GetAsync(new Uri($"/api/exports/{id}/file", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        Assert.Contains(Secret, sent.Headers.Location?.Query, StringComparison.Ordinal);
        Assert.Contains(log.Written, line => line.Contains($"/api/exports/{id}/file", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Written, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    /// <summary>The local store, as if it could hand files out.</summary>
    private sealed class HandingOut(string folder) : IFileStore, ISigningStore
    {
        private readonly LocalFileStore store = new(folder);

        public Task<Uri> SignAsync(string name, FileLabel label, TimeSpan lifetime, CancellationToken cancel) =>
            Task.FromResult(new Uri($"https://store.example.org/{name}?sig={Secret}"));

        public Task<IFilePart> CreateAsync(string name, FileLabel label, CancellationToken cancel) => store.CreateAsync(name, label, cancel);

        public Task<Stream?> OpenAsync(string name, CancellationToken cancel) => store.OpenAsync(name, cancel);

        public Task<bool> DeleteAsync(string name, CancellationToken cancel) => store.DeleteAsync(name, cancel);

        public Task<long?> FreeBytesAsync(CancellationToken cancel) => store.FreeBytesAsync(cancel);

        public IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancel) => store.ListAsync(cancel);

        public Task<bool> DeleteAsync(StoredObject stored, CancellationToken cancel) => store.DeleteAsync(stored, cancel);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

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
            // It holds nothing.
        }
    }
}
