namespace ExportHub.Exports;

/// <summary>How fast an attempt is, and what follows from it.</summary>
internal static class Pace
{
    private const double EarliestSeconds = 10;
    private const double EarliestShare = 0.05;

    /// <summary>At the pace so far; null when that is unknown or nothing runs.</summary>
    public static double? SecondsLeft(Export export) =>
        export is { Status: ExportStatus.Running, TotalRows: { } total, Rows: > 0 } && Seconds(export) is { } spent
            ? Math.Round(Math.Max(0, total - export.Rows) * spent / export.Rows, 1)
            : null;

    /// <summary>Whether the time left is told: in the first moments it would jump about.</summary>
    public static bool IsTold(Export export) =>
        Seconds(export) >= EarliestSeconds || export is { TotalRows: { } total } && export.Rows >= total * EarliestShare;

    /// <summary>With two digits, since the others change with every look; null before there is a pace and for what never was written.</summary>
    public static double? RowsPerSecond(Export export) =>
        export.Status is ExportStatus.Running or ExportStatus.Completed or ExportStatus.Expired && export.Rows > 0 && Seconds(export) is { } spent
            ? Coarse(export.Rows / spent)
            : null;

    private static double? Seconds(Export export) =>
        (export.FinishedAt ?? export.RenewedAt) - export.StartedAt is { Ticks: > 0 } spent ? spent.TotalSeconds : null;

    private static double Coarse(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return unit >= 1 ? Math.Round(value / unit) * unit : Math.Round(value, 1);
    }
}
