using ExportHub.Formats;

namespace ExportHub.Datasets;

/// <summary>Opens the rows that criteria select.</summary>
internal sealed class RowSource
{
    /// <summary>
    /// Opens one REPEATABLE READ READ ONLY transaction on the dataset's source and starts the query in it. <paramref name="applicationName"/>
    /// is what operators see in pg_stat_activity. <paramref name="isoIntervals"/> chooses how intervals are spelled.
    /// Database errors come as Npgsql's exceptions.
    /// </summary>
    public Task<IRowReader> OpenAsync(
        Dataset dataset, Criteria criteria, string applicationName, bool isoIntervals, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>A stream of rows; disposing it early cancels the query first, because disposing alone would drain the rest.</summary>
internal interface IRowReader : IAsyncDisposable
{
    IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>The instant of the snapshot: database time at the start of the transaction.</summary>
    DateTimeOffset AsOf { get; }

    /// <summary>How many rows there will be.</summary>
    RowCount Total { get; }

    /// <summary>Fills <paramref name="row"/> with the next row; false after the last.</summary>
    ValueTask<bool> ReadAsync(RawRow row, CancellationToken cancel);
}

/// <param name="Rows">Never negative.</param>
/// <param name="Exact">True when counted, false when it is the planner's estimate.</param>
internal readonly record struct RowCount(long Rows, bool Exact);
