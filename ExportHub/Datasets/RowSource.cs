using System.Collections.Concurrent;
using System.Data;
using ExportHub.Database;
using ExportHub.Formats;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Opens the rows that criteria select.</summary>
internal sealed class RowSource(ISourceDatabases sources, IOptions<DatasetsOptions> options)
{
    private readonly ConcurrentDictionary<NpgsqlDataSource, SourceConnections> shared = new();

    /// <summary>
    /// Opens one REPEATABLE READ READ ONLY transaction on the dataset's source and starts the query in it. <paramref name="applicationName"/>
    /// is what operators see in pg_stat_activity. <paramref name="isoIntervals"/> chooses how intervals are spelled.
    /// Database errors come as Npgsql's exceptions.
    /// </summary>
    /// <exception cref="DatasetChangedException">The dataset is broken, or no longer has what the criteria ask for.</exception>
    /// <exception cref="DatasetMovedException">Its tables were rebuilt since it was described; describe and open it again.</exception>
    public async Task<IRowReader> OpenAsync(
        Dataset dataset, Criteria criteria, string applicationName, bool isoIntervals, CancellationToken cancel)
    {
        if (dataset.Broken is { } reason)
        {
            throw new DatasetChangedException($"The dataset {dataset.Title} cannot be used: {reason}");
        }

        var query = new RowQuery(SelectStatement.Of(dataset, criteria), criteria.TimeZone, applicationName, isoIntervals, options.Value);
        var columns = criteria.Columns.Select(c => dataset.Has(c).ToFileColumn()).ToList();
        var pool = sources.Find(dataset.Definition.Source)
            ?? throw new DatasetChangedException($"The database of the dataset {dataset.Title} is no longer configured.");
        var connections = shared.GetOrAdd(pool, opened => new SourceConnections(opened));
        SourceLine? line = null;
        try
        {
            line = await connections.OpenAsync(applicationName, cancel);
            return await ReadAsync(new Opening(connections, line, query, columns, criteria.Limit), mayShare: true, cancel);
        }
        catch
        {
            await (line?.DisposeAsync() ?? ValueTask.CompletedTask);
            connections.Leave();
            throw;
        }
    }

    private async Task<RowReader> ReadAsync(Opening opening, bool mayShare, CancellationToken cancel)
    {
        var (connections, line, query, columns, limit) = opening;
        var connection = line.Connection;
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var (asOf, estimate) = await PrepareAsync(connection, query, limit, cancel);
        var tally = new RowTally(estimate, limit);
        var tooMany = estimate > options.Value.CountUpTo;
        if (!tooMany && estimate < options.Value.CountFirstBelow)
        {
            await RowCounting.FirstAsync(connection, query, tally, cancel);
        }

        SideCount? side = null;
        if (!tooMany && !tally.Selected.Exact && mayShare && connections.Borrow() is { } loan)
        {
            if (await ExportSnapshotAsync(connection, cancel) is not { } snapshot)
            {
                loan.Dispose();
                await transaction.DisposeAsync();
                return await ReadAsync(opening, mayShare: false, cancel);
            }

            side = new SideCount(loan, query, snapshot, tally);
        }

        var counting = new RowCounting(query, tally, options.Value.CountPatience, tooMany ? NotCounted.TooMany : null, side);
        var command = query.Rows(connection);
        try
        {
            var reader = await command.ExecuteReaderAsync(cancel);
            WireCheck.Demand(reader, columns);
            return new RowReader(connections, line, transaction, command, reader, counting)
            {
                Columns = columns, AsOf = asOf, Limit = limit, Repair = TextRepair.For(connection, columns),
            };
        }
        catch
        {
            // Closing the connection ends its transaction too, but would wait for the rest of an open result.
            await Task.Run(command.Cancel, CancellationToken.None);
            await counting.DisposeAsync();
            throw;
        }
    }

    private static async Task<(DateTimeOffset AsOf, long Estimate)> PrepareAsync(
        NpgsqlConnection connection, RowQuery query, long? limit, CancellationToken cancel)
    {
        await using var batch = connection.Batch(query.Settings(), query.Plan(), SnapshotCheck.Command());
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var asOf = reader.GetFieldValue<DateTimeOffset>(0);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        var planned = PlannedRows.Read(reader.GetString(0), withoutLimit: limit is not null);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        SnapshotCheck.Demand(moved: reader.GetBoolean(0));
        return (asOf, planned.Rows);
    }

    /// <summary>Null where it cannot be done: some poolers and relatives of PostgreSQL do not know it. The transaction is of no use then.</summary>
    private static async Task<string?> ExportSnapshotAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
        try
        {
            return (string)(await command.ExecuteScalarAsync(cancel))!;
        }
        catch (PostgresException refused) when (!SourceOutage.Is(refused))
        {
            return null;
        }
    }

    private sealed record Opening(
        SourceConnections Connections, SourceLine Line, RowQuery Query, IReadOnlyList<FileColumn> Columns, long? Limit);
}

/// <summary>A stream of rows; disposing it early cancels the query first, because disposing alone would drain the rest.</summary>
internal interface IRowReader : IAsyncDisposable
{
    IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>
    /// The instant of the snapshot: database time at the start of the transaction, which comes in one message with the statement that takes the
    /// snapshot. Whatever was committed before it is among the rows, so that who goes on from here next time misses nothing; what others
    /// commit in the microseconds until the snapshot is taken may be among them too.
    /// </summary>
    DateTimeOffset AsOf { get; }

    /// <summary>The version of the database server, such as `16.4`.</summary>
    string ServerVersion { get; }

    /// <summary>How many rows there will be; it may become exact while rows are read.</summary>
    RowTally Tally { get; }

    /// <summary>What cells had to be changed to be text at all; complete after the last row.</summary>
    IReadOnlyList<Remark> Remarks { get; }

    /// <summary>Fills <paramref name="row"/> with the next row; false after the last, or after as many as the limit allows.</summary>
    ValueTask<bool> ReadAsync(RawRow row, CancellationToken cancel);

    /// <summary>What the count found; null before it.</summary>
    SelectedRows? Selected { get; }

    /// <summary>After the last row: how many the criteria select, counted if that can be had in time.</summary>
    Task<SelectedRows> CountAsync(CancellationToken cancel);
}
