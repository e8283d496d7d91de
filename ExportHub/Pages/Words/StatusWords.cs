using ExportHub.Exports;

namespace ExportHub.Pages.Words;

/// <summary>What a status is called on the page.</summary>
internal static class StatusWords
{
    public static string Name(ExportStatus status) => Name(status, cancelRequested: false);

    public static string Name(ExportStatus status, bool cancelRequested) => status switch
    {
        ExportStatus.Queued => "Waiting",
        ExportStatus.Running => cancelRequested ? "Canceling" : "Running",
        ExportStatus.Completed => "Ready",
        ExportStatus.Failed => "Failed",
        ExportStatus.Canceled => "Canceled",
        ExportStatus.Expired => "Expired",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>The word that the stylesheet knows the badge's look by.</summary>
    public static string Look(ExportStatus status) => status.ToString().ToLowerInvariant();
}
