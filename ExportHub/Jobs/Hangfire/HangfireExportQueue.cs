using ExportHub.Exports;
using Hangfire;
using Hangfire.States;

namespace ExportHub.Jobs.Hangfire;

internal sealed class HangfireExportQueue(IBackgroundJobClient client) : IExportQueue
{
    public Task EnqueueAsync(Guid exportId, TimeSpan delay, CancellationToken cancel)
    {
        IState state = delay > TimeSpan.Zero ? new ScheduledState(delay) : new EnqueuedState(HangfireEngine.Queue);
        client.Create<HangfireExportJob>(job => job.RunAsync(exportId, CancellationToken.None), state);
        return Task.CompletedTask;
    }
}

/// <summary>The engine's own retry is off: what is worth another attempt is decided by the export's row.</summary>
[AutomaticRetry(Attempts = 0)]
[Queue(HangfireEngine.Queue)]
internal sealed class HangfireExportJob(ExportRun run)
{
    /// <param name="stopping">Hangfire puts its own token here; it fires when the server stops.</param>
    public Task RunAsync(Guid exportId, CancellationToken stopping) => run(exportId, stopping);
}
