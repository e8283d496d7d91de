using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExportHub.Tests.Hostile;

/// <summary>Everything that an application logs, as a file or a screen would get it: message, scope and exception.</summary>
internal sealed class HeardLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> messages = new();
    private readonly ConcurrentQueue<string> exceptions = new();

    /// <summary>Messages and scopes, one line each where nobody broke it.</summary>
    public IEnumerable<string> Messages => messages;

    /// <summary>All of it, with exceptions and what is inside of them.</summary>
    public IEnumerable<string> All => messages.Concat(exceptions);

    /// <summary>Before the first use of the application.</summary>
    public void Hear(TestApp app, string level) => app
        .With("Logging:LogLevel:Default", level).With("Logging:LogLevel:Microsoft.AspNetCore", level).With("Logging:LogLevel:Npgsql", level)
        .With(services => services.AddSingleton<ILoggerFactory>(provider => new LoggerFactory([this], provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>())));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        messages.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        messages.Enqueue(formatter(state, exception));
        if (exception is not null)
        {
            exceptions.Enqueue($"{exception} {string.Join(' ', exception.Data.Values.Cast<object?>())}");
        }
    }

    public void Dispose()
    {
        // The lines are the test's.
    }
}
