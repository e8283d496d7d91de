using ExportHub.Access;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Status;

/// <summary>What the parts of the status page are drawn from.</summary>
public sealed class StatusView
{
    internal StatusView(Export export, StatusDocument document, ExportReceipt? receipt)
    {
        Export = export;
        Document = document;
        Receipt = receipt;
        Words = CriteriaWords.Describe(export.Dataset, export.Criteria);
    }

    internal Export Export { get; }

    internal StatusDocument Document { get; }

    /// <summary>Null before a file was published.</summary>
    internal ExportReceipt? Receipt { get; }

    /// <summary>Why the file may not be had, although it is there; null when it may.</summary>
    internal string? FileRefusal { get; init; }

    /// <summary>The moment for which it is drawn.</summary>
    internal DateTimeOffset Now { get; init; }

    /// <summary>For whom it is drawn.</summary>
    internal Viewer Viewer { get; init; } = Viewer.Everything;

    /// <summary>The schedule that made it and when it was due; null when somebody asked for it.</summary>
    internal ScheduleOrigin? Origin { get; init; }

    /// <summary>The criteria in words.</summary>
    internal IReadOnlyList<string> Words { get; }

    internal string Title => Export.Dataset.Title ?? Export.Dataset.Name;

    internal string StatusName => StatusWords.Name(Export);

    internal string FormatTitle => FormatWords.Title(Export.Format) + Export.Options switch
    {
        { RowsPerFile: { } rows } => Text.Of(", up to {0} in a file, ZIP archive", Quantity.Rows(rows)),
        { Compression: "zip" } => Text.Of(", ZIP archive"),
        { Compression: "gzip" } => ", gzip",
        _ => "",
    };

    internal bool IsUnderWay => Export.Status is ExportStatus.Queued or ExportStatus.Running;

    internal bool CanCancel => IsUnderWay && !Export.CancelRequested;

    internal bool CanRetry => Export.Status is ExportStatus.Failed or ExportStatus.Canceled;

    internal bool CanKeep => FileRefusal is null && Export is { HasFile: true, KeptAt: null };

    internal bool CanLetGo => Export.KeptAt is not null;

    /// <summary>Whether deleting the file takes a reason.</summary>
    internal bool NeedsReason => KeepFile.NeedsReason(Export, Viewer);

    /// <summary>Why the file was not deleted; null unless that was tried.</summary>
    internal string? ReasonFault { get; init; }

    /// <summary>How long the file is kept from now on, such as "6 days"; null where no time is set.</summary>
    internal string? TimeLeft => Document.ExpiresAt is { } until && Export.HasFile ? Duration.Whole(until - Now) : null;

    /// <summary>Whether running it again is what most people want next.</summary>
    internal bool IsAgainNext => FileRefusal is null && (Export.Status == ExportStatus.Expired || Export.DeletedAt is not null);

    /// <summary>The address under which the same choices can be made again.</summary>
    internal string Again => $"/request/{Export.Dataset.Name}?from={Export.Id}";

    /// <summary>What a browser tab shows.</summary>
    internal string TabTitle =>
        (Export.Status == ExportStatus.Running && Document.Progress.Percent is { } percent ? $"{percent} %" : StatusName) + " – " + Title;
}
