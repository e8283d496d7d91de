using Microsoft.Extensions.Options;

namespace ExportHub.Schedules;

/// <summary>Settles runs that have ended, and does the engine's part when that has not rung. Every instance has one; what one is at the others leave alone.</summary>
internal sealed partial class WatchSchedules(FireSchedules fire, SettleRuns settles, IOptions<SchedulesOptions> options, TimeProvider time, ILogger<WatchSchedules> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next round tries again; nothing depends on this one.
                LogRoundFailed(logger, fault);
            }
        }
    }

    internal async Task LookAsync(CancellationToken cancel)
    {
        await settles.RunAsync(cancel);
        if (await fire.IsForgottenAsync(cancel))
        {
            LogForgotten(logger);
            await fire.RunAsync(cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedules are due that the job engine did not begin; they are begun now")]
    private static partial void LogForgotten(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the watch over schedules failed")]
    private static partial void LogRoundFailed(ILogger logger, Exception fault);
}
