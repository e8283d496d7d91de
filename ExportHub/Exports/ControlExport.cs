using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What a person may do to an export.</summary>
internal sealed class ControlExport(ExportStore store, IExportQueue queue, IOptions<ExportsOptions> options)
{
    /// <summary>Queued: canceled at once. Running: asked to stop; the attempt sees it within a second. Anything else: refused.</summary>
    public async Task<ControlOutcome> CancelAsync(Guid id, CancellationToken cancel) =>
        await store.CancelAsync(id, cancel) ? ControlOutcome.Done : await RefuseAsync(id, cancel);

    /// <summary>Failed or canceled: queued again with the same criteria and all attempts. Anything else: refused.</summary>
    public async Task<ControlOutcome> RetryAsync(Guid id, CancellationToken cancel)
    {
        if (await store.RetryAsync(id, options.Value.MaxAttempts, cancel) is not { } lane)
        {
            return await RefuseAsync(id, cancel);
        }

        await queue.EnqueueAsync(id, lane, TimeSpan.Zero, cancel);
        return ControlOutcome.Done;
    }

    private async Task<ControlOutcome> RefuseAsync(Guid id, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is null ? ControlOutcome.Unknown : ControlOutcome.Refused;
}

internal enum ControlOutcome
{
    Done,

    /// <summary>The state does not allow it.</summary>
    Refused,

    Unknown,
}
