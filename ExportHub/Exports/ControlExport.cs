namespace ExportHub.Exports;

/// <summary>What a person may do to an export.</summary>
internal sealed class ControlExport
{
    /// <summary>Queued: canceled at once. Running: asked to stop; the attempt sees it within a second. Anything else: refused.</summary>
    public Task<ControlOutcome> CancelAsync(Guid id, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Failed or canceled: queued again with the same criteria and a fresh count of attempts. Anything else: refused.</summary>
    public Task<ControlOutcome> RetryAsync(Guid id, CancellationToken cancel) => throw new NotSupportedException();
}

internal enum ControlOutcome
{
    Done,

    /// <summary>The state does not allow it.</summary>
    Refused,

    Unknown,
}
