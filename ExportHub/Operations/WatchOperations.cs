using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.Extensions.Options;

namespace ExportHub.Operations;

/// <summary>Tells how the service is doing: what is healthy, what waits longest, what is stuck, why things failed, what room is left.</summary>
internal sealed class WatchOperations(
    OperationsStore store, IFileStore files, IJobEngine engine, IOptions<ExportsOptions> exportOptions, IOptions<FilesOptions> fileOptions)
{
    public async Task<OperationsReport> LookAsync(CancellationToken cancel)
    {
        var facts = await store.ReadAsync(cancel);
        var instances = await engine.InstancesAsync(cancel);
        var room = await RoomAsync(facts.Whole, cancel);
        var stuck = new StuckRule(facts, Math.Max(1, instances.Count), exportOptions.Value).Find();
        return new OperationsReport(
            facts.Whole.At,
            OperationsState.Of(facts, stuck, room),
            new ServiceMode(facts.Whole.IntakePaused, facts.Whole.Draining),
            facts.Lanes,
            [.. facts.Running.OrderByDescending(export => export.AgeSeconds)],
            [.. facts.Waiting.Select(export => WaitingReason.Explain(export, facts.Whole, exportOptions.Value))],
            stuck,
            facts.Failures,
            facts.Hours,
            room,
            facts.Usage,
            facts.Storage,
            facts.People,
            instances,
            facts.Actions) { Dashboard = engine.Dashboard };
    }

    private async Task<RoomReport> RoomAsync(WholeFacts whole, CancellationToken cancel)
    {
        var (free, answers) = await FreeAsync(cancel);
        return new RoomReport(
            free, fileOptions.Value.ReserveBytes, answers, whole.Files, whole.FileBytes, whole.Connections, whole.MaxConnections);
    }

    /// <summary>A store that is down is what an administrator comes here to see, so it must not keep the page from being shown.</summary>
    private async Task<(long? Bytes, bool Answers)> FreeAsync(CancellationToken cancel)
    {
        try
        {
            return (await files.FreeBytesAsync(cancel), true);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            return (null, false);
        }
    }
}
