using ExportHub.Exports;
using Hangfire;
using Hangfire.States;

namespace ExportHub.Jobs.Hangfire;

internal sealed class HangfireExportQueue(IBackgroundJobClient client) : IExportQueue
{
    public Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel) =>
        CreateAsync(exportId, HangfireEngine.QueueOf(lane), delay);

    public Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel) =>
        CreateAsync(exportId, HangfireEngine.FirstQueueOf(lane), TimeSpan.Zero);

    private Task CreateAsync(Guid exportId, string name, TimeSpan delay)
    {
        IState state = delay > TimeSpan.Zero ? new ScheduledState(delay) : new EnqueuedState(name);
        // The job keeps its queue, so that a scheduled or requeued one goes to the workers of its lane.
        client.Create<HangfireExportJob>(name, job => job.RunAsync(exportId, CancellationToken.None), state);
        return Task.CompletedTask;
    }
}

/// <summary>The engine's own retry is off: what is worth another attempt is decided by the export's row.</summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class HangfireExportJob(ExportRun run)
{
    /// <param name="stopping">Hangfire puts its own token here; it fires when the server stops.</param>
    public Task RunAsync(Guid exportId, CancellationToken stopping) => run(exportId, stopping);
}
