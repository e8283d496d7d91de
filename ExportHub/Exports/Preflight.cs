namespace ExportHub.Exports;

/// <summary>What an export would come to, as far as it could be told in time.</summary>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Rows">The first rows as they will be in the file; null when they could not be read in time.</param>
/// <param name="Warnings">What was found in the rows that were looked at; null when none were.</param>
/// <param name="LookedAt">How many rows those were.</param>
/// <param name="Quota">What the person has and may have; null when that could not be told in time.</param>
/// <param name="Refusal">Why the export would be refused now; null when it would not, or when that could not be told in time.</param>
/// <param name="Missing">The parts that were not ready in time: `rows`, `count`, `quota`.</param>
internal sealed record Preflight(
    IReadOnlyList<PreflightColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>>? Rows,
    PreflightSize Expected,
    SheetFit Excel,
    IReadOnlyList<string>? Warnings,
    long? LookedAt,
    PreflightQuota? Quota,
    PreflightRefusal? Refusal,
    IReadOnlyList<string> Missing);

/// <param name="InFile">What stands above the column in the file, or is its key there.</param>
internal sealed record PreflightColumn(string Name, string Title, string InFile);

/// <param name="Rows">Of the file, the limit taken into account; null when nobody knows.</param>
/// <param name="RowsAreExact">True when counted just now, false when it is an estimate.</param>
/// <param name="Bytes">Of the file as it will be downloaded; null when nobody knows.</param>
/// <param name="Seconds">From the start of the work to the file, without the wait before; null when nobody knows.</param>
/// <param name="Sure">Whether rows and bytes are most likely right within a factor of two.</param>
/// <param name="Reason">Why not, in a sentence; null when sure.</param>
internal sealed record PreflightSize(long? Rows, bool RowsAreExact, long? Bytes, double? Seconds, bool Sure, string? Reason);

/// <summary>Whether one sheet of Excel holds the file.</summary>
/// <param name="Fits">Null when nobody knows.</param>
internal sealed record SheetFit(bool? Fits, string Reason);

/// <param name="Running">Exports of the person that run now.</param>
/// <param name="RunningLimit">How many may run at a time; more wait.</param>
/// <param name="Waiting">Exports of the person that wait.</param>
/// <param name="UsedBytes">What the person's files and exports under way take.</param>
/// <param name="LimitBytes">What one person may have; null for any number.</param>
/// <param name="LeftBytes">What is left of it; null for any number.</param>
/// <param name="Ahead">How many exports of all people wait for the same workers.</param>
/// <param name="WorkersBusy">Whether the export would have to wait for a worker.</param>
internal sealed record PreflightQuota(
    long Running, int RunningLimit, long Waiting, long UsedBytes, long? LimitBytes, long? LeftBytes, long Ahead, bool WorkersBusy);

/// <param name="Code">`paused`, `quota` or `no_room`.</param>
internal sealed record PreflightRefusal(string Code, string Message);
