using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Operations;

/// <summary>
/// What no longer goes on by itself as it should: a running attempt that has been silent for half of its lease, and a queued export that nobody takes
/// although a worker is free and the engine was told again.
/// </summary>
internal sealed class StuckRule(OperationsFacts facts, int instances, ExportsOptions options)
{
    // The engine is told again after one grace; a second is for the worker to come, the third for a busy machine.
    private TimeSpan Patience => 3 * options.AlarmGrace;

    /// <summary>Longest first.</summary>
    public IReadOnlyList<StuckExport> Find() =>
        [.. facts.Running.Where(IsSilent).Select(Of).Concat(facts.Waiting.Where(IsForgotten).Select(Of)).OrderByDescending(export => export.Seconds)];

    private bool IsSilent(RunningExport export) =>
        export.LeaseIsOver || export.LeaseSeconds > Math.Max(options.Lease.TotalSeconds / 2, 3 * options.RenewEvery.TotalSeconds);

    private bool IsForgotten(WaitingExport export) =>
        !facts.Whole.Draining && !export.Held && export.WaitSeconds > Patience.TotalSeconds && HasFreeWorker(export.Lane);

    private bool HasFreeWorker(Lane lane) =>
        facts.Lanes.Single(figures => figures.Lane == lane).Running < (long)options.WorkersOf(lane) * instances;

    private static StuckExport Of(RunningExport export) => new(
        export.Id, export.Title, export.Format, export.RequestedBy, export.Lane, export.LeaseSeconds,
        Text.Of(export.LeaseIsOver
            ? "Its worker gave no sign of life and its lease is over. Another attempt starts by itself, if one is left."
            : "Its worker gives no sign of life. When its lease is over, another attempt starts by itself."));

    private static StuckExport Of(WaitingExport export) => new(
        export.Id, export.Title, export.Format, export.RequestedBy, export.Lane, export.WaitSeconds,
        Text.Of("No worker takes it although one is free. The job engine may not be running."));
}
