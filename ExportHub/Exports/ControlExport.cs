using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>What a person may do to an export.</summary>
internal sealed class ControlExport(ExportStore store, IExportQueue queue, IOptions<ExportsOptions> options)
{
    public Task<ControlOutcome> CancelAsync(Guid id, CancellationToken cancel) => CancelAsync(id, act: null, cancel);

    public Task<ControlOutcome> RetryAsync(Guid id, CancellationToken cancel) => RetryAsync(id, act: null, cancel);

    /// <summary>Queued: canceled at once. Running: asked to stop; the attempt sees it within a second. Anything else: refused.</summary>
    /// <param name="act">What an administrator does and why, to be kept; null for anybody else.</param>
    public async Task<ControlOutcome> CancelAsync(Guid id, AdminAct? act, CancellationToken cancel) =>
        await store.CancelAsync(id, act, cancel) ? ControlOutcome.Done : await RefuseAsync(id, cancel);

    /// <summary>Failed or canceled: queued again with the same criteria and all attempts. Anything else: refused.</summary>
    /// <param name="act">What an administrator does and why, to be kept; null for anybody else.</param>
    public async Task<ControlOutcome> RetryAsync(Guid id, AdminAct? act, CancellationToken cancel)
    {
        if (await store.RetryAsync(id, options.Value.MaxAttempts, act, cancel) is not { } lane)
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
