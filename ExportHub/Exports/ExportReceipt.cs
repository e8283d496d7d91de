using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Exports;

/// <summary>
/// What proves the file of an export whole: what was asked for, of which instant, how many rows were counted and written, and its hash. The same for
/// ever, also when the file has expired.
/// </summary>
/// <param name="Criteria">As they were settled when the export was asked for: all columns named, relative dates resolved.</param>
/// <param name="CriteriaWords">The same for people, one phrase for each part.</param>
/// <param name="Options">Every option of the format with the value that was used; null where the format has no such option.</param>
/// <param name="DataAsOf">The instant of the snapshot that all rows are from.</param>
/// <param name="Attempt">The number of the attempt that wrote the file.</param>
/// <param name="Remarks">How many cells of which column are not in the file as they are in the database.</param>
/// <param name="Warnings">The same for people.</param>
/// <param name="Versions">What wrote the file; null for a file from before receipts.</param>
internal sealed record ExportReceipt(
    Guid Id,
    ReceiptDataset Dataset,
    Criteria Criteria,
    IReadOnlyList<string> CriteriaWords,
    string Format,
    FormatOptions Options,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? DataAsOf,
    int Attempt,
    ReceiptRows Rows,
    ReceiptFile File,
    IReadOnlyList<RemarkCount> Remarks,
    IReadOnlyList<string> Warnings,
    WriterVersions? Versions)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { WriteIndented = true };

    /// <param name="facts">Null for a file from before receipts.</param>
    public static ExportReceipt Of(Export export, ReceiptFacts? facts) => new(
        export.Id,
        new ReceiptDataset(export.Dataset.Name, export.Dataset.Title ?? export.Dataset.Name),
        export.Criteria,
        Datasets.CriteriaWords.Describe(export.Dataset, export.Criteria),
        export.Format,
        facts?.Options ?? export.Options,
        export.RequestedAt,
        export.StartedAt,
        export.FinishedAt,
        export.DataAsOf,
        export.Attempt,
        ReceiptRows.Of(export),
        new ReceiptFile(export.FileName!, export.ContentType!, export.Sha256 is null ? null : export.Bytes, export.Sha256, facts?.Parts ?? []),
        facts?.Remarks ?? [],
        export.Warnings,
        facts?.Versions);

    /// <summary>The receipt for an archive that is being written; its size, hash and end cannot be known in it.</summary>
    public static Enclosure Enclose(Export export, PublishedFile file)
    {
        var written = export with
        {
            Status = ExportStatus.Completed, Rows = file.Rows, SelectedRows = file.Selected.Rows, NotCounted = file.Selected.NotCounted,
            DataAsOf = file.AsOf, FileName = file.Name, ContentType = file.ContentType, Warnings = file.Warnings,
        };
        return new Enclosure("receipt.json", JsonSerializer.SerializeToUtf8Bytes(Of(written, file.Receipt), Readable));
    }
}

internal sealed record ReceiptDataset(string Name, string Title);

/// <param name="Written">Rows in the file.</param>
/// <param name="Limit">The most there could be; null when there was no limit.</param>
/// <param name="Selected">Rows that the criteria select without the limit; an estimate, and more than written, when a limit left some out and they were not
/// counted. Null for a file from before receipts.</param>
/// <param name="Counted">The answer of an independent count(*) in the same snapshot; null when there was none.</param>
/// <param name="CountedBy">`count` or `notCounted`.</param>
/// <param name="Reason">Why rows were not counted; null when they were.</param>
/// <param name="Words">All of it in a sentence.</param>
/// <param name="Rule">Whose rows these are, where a row filter bound the person; null where it did not.</param>
internal sealed record ReceiptRows(long Written, long? Limit, long? Selected, long? Counted, string CountedBy, string? Reason, string Words, string? Rule)
{
    public static ReceiptRows Of(Export export) => new(
        export.Rows,
        export.Criteria.Limit,
        export.SelectedRows,
        export.IsCounted ? export.SelectedRows : null,
        export.IsCounted ? "count" : "notCounted",
        RowWords.NotCounted(export),
        RowWords.Written(export),
        RowWords.Rule(export));
}

/// <param name="Sha256">Lower-case hexadecimal, of the bytes as they are downloaded.</param>
/// <param name="Bytes">Null in the receipt that is enclosed in the file itself, as is <paramref name="Sha256"/>.</param>
/// <param name="Parts">The files with rows in a ZIP archive; empty where there is none.</param>
internal sealed record ReceiptFile(string Name, string ContentType, long? Bytes, string? Sha256, IReadOnlyList<WrittenFile> Parts);
