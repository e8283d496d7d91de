using System.Collections.Concurrent;
using ExportHub.Exports;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExportHub.Tests.Exports;

public sealed class RunLogTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Everything_that_a_run_logs_after_its_claim_has_the_export_and_the_attempt_in_its_scope()
    {
        var export = await StagedExport.QueuedAsync(app);
        var scopes = new Scopes();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(scopes).SetMinimumLevel(LogLevel.Information));
        var run = ActivatorUtilities.CreateInstance<RunExport>(app.Services, logs.CreateLogger<RunExport>());

        Assert.Equal(RunOutcome.Completed, await run.RunAsync(export.Id, default));

        Assert.NotEmpty(scopes.Seen);
        Assert.All(scopes.Seen, seen =>
        {
            Assert.Equal(export.Id, seen["ExportId"]);
            Assert.Equal(1, seen["Attempt"]);
        });
    }

    /// <summary>Remembers of every message the values in the scopes around it.</summary>
    private sealed class Scopes : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider around = new LoggerExternalScopeProvider();

        public ConcurrentQueue<Dictionary<string, object?>> Seen { get; } = [];

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => around = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => around.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            around.ForEachScope(
                (scope, found) =>
                {
                    foreach (var (name, value) in scope as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    {
                        found[name] = value;
                    }
                },
                values);
            Seen.Enqueue(values);
        }

        public void Dispose()
        {
        }
    }
}
