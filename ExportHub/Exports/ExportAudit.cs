using ExportHub.Access;

namespace ExportHub.Exports;

/// <summary>Keeps who took what of an export, or looked at somebody else's. Each throws when it cannot be kept, and nothing is to be shown then.</summary>
internal sealed class ExportAudit(AuditStore store, AuditedDatabase audited)
{
    /// <summary>Long enough for every range that a program asks for.</summary>
    private const int LongestRange = 200;

    /// <param name="range">As the client asked for it; null for all of the file.</param>
    public Task DownloadAsync(Export export, string? range, CancellationToken cancel) => WriteAsync(
        AuditActs.Download,
        export,
        new { file = export.FileName, export.Bytes, export.Rows, export.Sha256, range = range?.Length > LongestRange ? range[..LongestRange] : range },
        cancel);

    public Task ReceiptAsync(Export export, CancellationToken cancel) => WriteAsync(AuditActs.Receipt, export, new { file = export.FileName }, cancel);

    /// <summary>Writes nothing where the export is one's own.</summary>
    public Task LookAsync(Export export, CancellationToken cancel) =>
        audited.Actor.Who == export.RequestedBy ? Task.CompletedTask : WriteAsync(AuditActs.Look, export, details: null, cancel);

    /// <param name="until">When the link ends.</param>
    public Task LinkAsync(Export export, DateTimeOffset until, CancellationToken cancel) =>
        WriteAsync(AuditActs.Link, export, new { file = export.FileName, expiresAt = until }, cancel);

    private Task WriteAsync(string act, Export export, object? details, CancellationToken cancel) => store.WriteAsync(
        audited.Actor,
        new AuditEvent(act) { ExportId = export.Id, Dataset = export.Dataset.Name, Subject = export.RequestedBy, Details = details },
        cancel);
}
