using ExportHub.Exports;
using ExportHub.Language;
using ExportHub.Pages.Words;

namespace ExportHub.Pages.Status;

/// <summary>Progress and waiting in words. words.js says the same while the page is open.</summary>
internal static class ProgressWords
{
    /// <summary>Such as "184,000 of about 412,345 rows, 9.1 MB, about 20 seconds left".</summary>
    public static string Of(ProgressPart progress)
    {
        var rows = progress.TotalRows is { } total && total >= progress.Rows
            ? Text.Of(progress.TotalIsExact ? "{0} of {1}" : "{0} of about {1}", Quantity.Number(progress.Rows), Quantity.Rows(total))
            : Quantity.Rows(progress.Rows);
        var size = progress.Bytes > 0 ? ", " + Quantity.Size(progress.Bytes) : "";
        var left = progress.EtaSeconds is { } seconds ? ", " + Text.Of("{0} left", Duration.About(seconds)) : "";
        return rows + size + left;
    }

    /// <summary>Such as "About 52,000 rows a second".</summary>
    public static string Pace(double rowsPerSecond) =>
        rowsPerSecond < 1 ? Text.Of("Less than a row a second") : Text.Of("About {0} a second", Quantity.Rows((long)Math.Round(rowsPerSecond)));

    /// <summary>Why a queued export waits, and how long about.</summary>
    public static string Waiting(QueuePart queue) => queue.WaitsFor switch
    {
        "retry" => Text.Of("It waits a moment before it is tried again."),
        "administrator" => Text.Of("An administrator has stopped the start of exports for a while. It starts by itself afterwards."),
        "ownExports" => Text.Of("As many of your exports are running as may run at a time.") + " " + Place(queue),
        _ => Place(queue),
    };

    private static string Place(QueuePart queue) => (queue.Position is > 1 and { } position ? Quantity.Ordinal(position) : null, queue.EtaSeconds) switch
    {
        (null, null) => Text.Of("It is next in line."),
        (null, { } seconds) => Text.Of("It is next in line, {0} until the file is ready.", Duration.About(seconds)),
        ({ } place, null) => Text.Of("It is {0} in line.", place),
        ({ } place, { } seconds) => Text.Of("It is {0} in line, {1} until the file is ready.", place, Duration.About(seconds)),
    };
}
