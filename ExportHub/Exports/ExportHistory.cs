using ExportHub.Access;
using Microsoft.Extensions.Options;

namespace ExportHub.Exports;

/// <summary>Reads exports for people and clients.</summary>
internal sealed class ExportHistory(ExportStore store, HistoryStore lists, ReceiptStore receipts, QueueOutlook queue, IOptions<PollingOptions> polling)
{
    public const int LargestPage = 200;

    /// <summary>Null when there is none that the viewer may see.</summary>
    public async Task<Export?> FindAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        await store.FindAsync(id, viewer, cancel) is { } export ? await queue.TellAsync(export, cancel) : null;

    /// <summary>For polls: as <see cref="FindAsync"/>, by one query by primary key; of the dataset only its name, and no criteria.</summary>
    public async Task<Export?> FindStatusAsync(Guid id, Viewer viewer, CancellationToken cancel) =>
        await CutConnection.TryAgainAsync(() => store.FindStatusAsync(id, viewer, cancel), cancel) is { } export ? await queue.TellAsync(export, cancel) : null;

    /// <summary>Null when no file was published, so far or ever.</summary>
    public async Task<ExportReceipt?> ReceiptAsync(Export export, CancellationToken cancel) =>
        export.WasPublished ? ExportReceipt.Of(export, await receipts.FindAsync(export.Id, cancel)) : null;

    /// <summary>Newest first.</summary>
    public async Task<HistoryPage> ListAsync(HistoryFilter filter, CancellationToken cancel)
    {
        var bounded = filter with { Size = Math.Clamp(filter.Size, 1, LargestPage) };
        var found = new List<Export>();
        foreach (var export in await lists.ListAsync(bounded, cancel))
        {
            found.Add(await queue.TellAsync(export, cancel));
        }

        return found.Count > bounded.Size
            ? new HistoryPage([.. found.Take(bounded.Size)], found[bounded.Size - 1].Id)
            : new HistoryPage(found, null);
    }

    /// <summary>The document for the n-th poll; pure, so that equal rows give equal documents.</summary>
    public StatusDocument Describe(Export export, int polls) => StatusDocument.Of(export, polls, polling.Value);
}

/// <param name="Next">Pass as <see cref="HistoryFilter.Before"/> for the following page; null on the last.</param>
internal sealed record HistoryPage(IReadOnlyList<Export> Exports, Guid? Next);
