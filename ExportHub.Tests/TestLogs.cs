using Microsoft.Extensions.Logging;

namespace ExportHub.Tests;

/// <summary>
/// One logger factory for all hosts of the test process. Hangfire keeps the first host's factory in a static field, and a host disposes its own
/// while others still run; a service registered as an instance is not disposed.
/// </summary>
internal static class TestLogs
{
    public static readonly ILoggerFactory Factory = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
}
