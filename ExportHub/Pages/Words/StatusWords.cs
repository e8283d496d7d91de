using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>What a status is called on the page.</summary>
internal static class StatusWords
{
    /// <summary>A file that somebody deleted has not just expired, and while its object is on its way out it is not ready.</summary>
    public static string Name(Export export) => export.DeletedAt is null ? Name(export.Status, export.CancelRequested) : Text.Of("Deleted");

    public static string Name(ExportStatus status) => Name(status, cancelRequested: false);

    public static string Name(ExportStatus status, bool cancelRequested) => status switch
    {
        ExportStatus.Queued => Text.Of("Waiting"),
        ExportStatus.Running => Text.Of(cancelRequested ? "Canceling" : "Running"),
        ExportStatus.Completed => Text.Of("Ready"),
        ExportStatus.Failed => Text.Of("Failed"),
        ExportStatus.Canceled => Text.Of("Canceled"),
        ExportStatus.Expired => Text.Of("Expired"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    public static string Look(Export export) => Look(export.DeletedAt is null ? export.Status : ExportStatus.Expired);

    /// <summary>The word that the stylesheet knows the badge's look by.</summary>
    public static string Look(ExportStatus status) => status.ToString().ToLowerInvariant();
}
