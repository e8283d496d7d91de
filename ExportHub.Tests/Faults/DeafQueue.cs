using ExportHub.Exports;

namespace ExportHub.Tests.Faults;

/// <summary>An engine that is never told, so that a test makes every attempt itself.</summary>
internal sealed class DeafQueue : IExportQueue
{
    public Task EnqueueAsync(Guid exportId, Lane lane, TimeSpan delay, CancellationToken cancel) => Task.CompletedTask;

    public Task EnqueueFirstAsync(Guid exportId, Lane lane, CancellationToken cancel) => Task.CompletedTask;
}
