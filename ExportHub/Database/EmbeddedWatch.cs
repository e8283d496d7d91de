using Npgsql;

namespace ExportHub.Database;

/// <summary>Nobody else looks after the embedded server: when it has died, it is started again.</summary>
internal sealed partial class EmbeddedWatch(HomeDatabase home, DatabaseProbe probe, TimeProvider clock, ILogger<EmbeddedWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (home.Embedded is not { } embedded)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await probe.IsUpAsync(stoppingToken) || stoppingToken.IsCancellationRequested)
            {
                continue;
            }

            LogDown(log);
            try
            {
                await embedded.StartAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is InvalidOperationException or NpgsqlException or IOException)
            {
                // The next round tries again.
                LogFailed(log, problem);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Embedded PostgreSQL does not answer; making sure that it runs")]
    private static partial void LogDown(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Embedded PostgreSQL could not be started again")]
    private static partial void LogFailed(ILogger log, Exception problem);
}
