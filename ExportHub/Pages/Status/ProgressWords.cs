using ExportHub.Exports;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Status;

/// <summary>Progress and waiting in words. status.js says the same while the page is open.</summary>
internal static class ProgressWords
{
    /// <summary>Such as "184,000 of about 412,345 rows, 9.1 MB, about 20 seconds left".</summary>
    public static string Of(ProgressPart progress)
    {
        var rows = progress.TotalRows is { } total && total >= progress.Rows
            ? $"{Quantity.Number(progress.Rows)} of {(progress.TotalIsExact ? "" : "about ")}{Quantity.Of(total, "row")}"
            : Quantity.Of(progress.Rows, "row");
        var size = progress.Bytes > 0 ? ", " + Quantity.Size(progress.Bytes) : "";
        var left = progress.EtaSeconds is { } seconds ? $", {Duration.About(seconds)} left" : "";
        return rows + size + left;
    }

    /// <summary>Why a queued export waits.</summary>
    public static string Waiting(QueuePart queue) => queue.Position switch
    {
        _ when queue.NextAttemptAt is not null => "It waits a moment before it is tried again.",
        null or <= 1 => "It is next in line.",
        2 => "One export is ahead of it.",
        { } position => $"{Quantity.Number(position - 1)} exports are ahead of it.",
    };
}
