using ExportHub.Exports;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>What a status is called on the page.</summary>
internal static class StatusWords
{
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

    /// <summary>The word that the stylesheet knows the badge's look by.</summary>
    public static string Look(ExportStatus status) => status.ToString().ToLowerInvariant();
}
