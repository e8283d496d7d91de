using ExportHub.Access;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What a person may do to an export.</summary>
internal sealed class ControlExport(ExportStore store, IExportQueue queue, IOptions<ExportsOptions> options)
{
    /// <summary>Queued: canceled at once. Running: asked to stop; the attempt sees it within a second. Anything else: refused.</summary>
    /// <param name="act">What an administrator does and why, to be kept; null for anybody else.</param>
    public async Task<ControlOutcome> CancelAsync(Guid id, Viewer viewer, AdminAct? act, CancellationToken cancel) =>
        await store.CancelAsync(id, viewer, act, cancel) ? ControlOutcome.Done : await RefuseAsync(id, viewer, cancel);

    /// <summary>Failed or canceled: queued again with the same criteria and all attempts. Anything else: refused.</summary>
    /// <param name="act">What an administrator does and why, to be kept; null for anybody else.</param>
    public async Task<ControlOutcome> RetryAsync(Guid id, Viewer viewer, AdminAct? act, CancellationToken cancel)
    {
        if (await store.RetryAsync(id, viewer, options.Value.MaxAttempts, act, cancel) is not { } lane)
        {
            return await RefuseAsync(id, viewer, cancel);
        }

        await queue.EnqueueAsync(id, lane, TimeSpan.Zero, cancel);
        return ControlOutcome.Done;
    }

    private async Task<ControlOutcome> RefuseAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        await store.FindAsync(id, viewer, cancel) is null ? ControlOutcome.Unknown : ControlOutcome.Refused;
}

internal enum ControlOutcome
{
    Done,

    /// <summary>The state does not allow it.</summary>
    Refused,

    Unknown,
}
