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

    /// <summary>Why a queued export waits, and how long about.</summary>
    public static string Waiting(QueuePart queue) => queue.WaitsFor switch
    {
        "retry" => "It waits a moment before it is tried again.",
        "administrator" => "An administrator has stopped the start of exports for a while. It starts by itself afterwards.",
        "ownExports" => $"As many of your exports are running as may run at a time. It is {Place(queue)}.",
        _ => $"It is {Place(queue)}.",
    };

    private static string Place(QueuePart queue) =>
        $"{(queue.Position is > 1 and { } place ? Quantity.Ordinal(place) : "next")} in line{(queue.EtaSeconds is { } seconds ? $", {Duration.About(seconds)} until the file is ready" : "")}";
}
