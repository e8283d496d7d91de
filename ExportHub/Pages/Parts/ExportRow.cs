using ExportHub.Exports;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Parts;

/// <summary>One line of a table of exports, in words.</summary>
/// <param name="Look">The status as the API spells it.</param>
/// <param name="Rows">Null before anything is known.</param>
/// <param name="Download">Null when there is no file.</param>
public sealed record ExportRow(
    Guid Id, string Dataset, string Format, string Look, string Status, string? Rows, string? Size, DateTimeOffset RequestedAt, string? Download)
{
    internal static ExportRow Of(Export export)
    {
        var written = export.Status is ExportStatus.Completed or ExportStatus.Expired;
        var known = written || export.Rows > 0;
        return new ExportRow(
            export.Id,
            export.Dataset.Title ?? export.Dataset.Name,
            FormatWords.Title(export.Format),
            StatusWords.Look(export.Status),
            StatusWords.Name(export.Status, export.CancelRequested),
            known ? Quantity.Number(export.Rows) : null,
            written ? Quantity.Size(export.Bytes) : null,
            export.RequestedAt,
            export.Status == ExportStatus.Completed ? $"/api/exports/{export.Id}/file" : null);
    }
}
