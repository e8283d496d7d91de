namespace ExportHub.Datasets;

/// <summary>
/// How many rows criteria select, as far as it is known by now: what the planner expects, then what was counted. One side writes, any side reads.
/// </summary>
/// <param name="estimate">What the planner expects without the limit.</param>
/// <param name="limit">The most rows of the file; null means no limit.</param>
internal sealed class RowTally(long estimate, long? limit)
{
    private const long NotYet = -1;

    private long counted = NotYet;

    /// <summary>The rows that the criteria select without their limit.</summary>
    public RowCount Selected =>
        Volatile.Read(ref counted) is var rows and not NotYet ? new RowCount(rows, Exact: true) : new RowCount(estimate, Exact: false);

    /// <summary>The rows that the file will hold.</summary>
    public RowCount Total => Selected is var selected && selected.Rows > limit ? selected with { Rows = limit.Value } : selected;

    public void Count(long rows) => Volatile.Write(ref counted, rows);
}

/// <param name="Rows">Never negative.</param>
/// <param name="Exact">True when counted, false when it is the planner's estimate.</param>
internal readonly record struct RowCount(long Rows, bool Exact);

/// <summary>Why rows were not counted.</summary>
internal enum NotCounted
{
    /// <summary>The planner expects more than `Datasets:CountUpTo`.</summary>
    TooMany,

    /// <summary>The count took longer than `Datasets:CountPatience`.</summary>
    TooSlow,

    /// <summary>The database could not do it, or broke the connection after the last row.</summary>
    Failed,
}

/// <summary>What is known of the rows that criteria select, once all rows of the file were read.</summary>
/// <param name="Rows">Without the limit. Counted, when <paramref name="NotCounted"/> is null. Otherwise the number of rows read, or, where the
/// limit left some out, about how many there are and surely more than the limit.</param>
internal sealed record SelectedRows(long Rows, NotCounted? NotCounted);
