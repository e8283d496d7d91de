namespace ExportHub.Exports;

/// <summary>Reads exports for people and clients.</summary>
internal sealed class ExportHistory
{
    public Task<Export?> FindAsync(Guid id, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Newest first.</summary>
    public Task<HistoryPage> ListAsync(HistoryFilter filter, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>The document for the n-th poll; pure, so that equal rows give equal documents.</summary>
    public StatusDocument Describe(Export export, int polls) => throw new NotSupportedException();
}

/// <param name="Before">Keyset: only exports older than this Export ID (UUIDv7 sorts by time).</param>
internal sealed record HistoryFilter(string? Dataset = null, ExportStatus? Status = null, Guid? Before = null, int Size = 25);

/// <param name="Next">Pass as <see cref="HistoryFilter.Before"/> for the following page; null on the last.</param>
internal sealed record HistoryPage(IReadOnlyList<Export> Exports, Guid? Next);
