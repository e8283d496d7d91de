namespace ExportHub.Exports;

/// <summary>How far an export is, as people and clients are told.</summary>
/// <param name="TotalRows">Null when unknown.</param>
/// <param name="TotalIsExact">False while the total is the planner's estimate.</param>
/// <param name="Percent">0 to 100, 100 only when completed; null when the total is unknown. Never falls within an attempt, also where the total grows.</param>
/// <param name="EtaSeconds">Seconds left at the pace so far; null when not running or too early to tell.</param>
/// <param name="RowsPerSecond">The pace of the attempt with two digits; null before there is one.</param>
internal sealed record ProgressPart(long Rows, long? TotalRows, bool TotalIsExact, int? Percent, long Bytes, double? EtaSeconds, double? RowsPerSecond = null)
{
    private const int NearlyDone = 99;

    public static ProgressPart Of(Export export) => new(
        export.Rows,
        export.TotalRows is { } total ? Math.Max(total, export.Rows) : null,
        export.TotalIsExact,
        export.WasPublished ? 100 : PercentOf(export.Rows, export.TotalRows) is { } percent ? Math.Max(percent, export.PercentReached) : null,
        export.Bytes,
        Pace.IsTold(export) ? Pace.SecondsLeft(export) : null,
        Pace.RowsPerSecond(export));

    /// <summary>Of an attempt under way; null when the total is unknown.</summary>
    public static int? PercentOf(long rows, long? totalRows) => totalRows switch
    {
        null => null,
        0 => NearlyDone,
        { } total => (int)Math.Min(NearlyDone, rows * 100 / total),
    };
}
