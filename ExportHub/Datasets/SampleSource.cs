using System.Data;
using System.Globalization;
using ExportHub.Database;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// Looks at what criteria select before there is an export: some rows, a count. Nothing takes longer than its patience, after which the server itself
/// ends it; a database that does not do so in time, or is not there, is an exception of Npgsql.
/// </summary>
internal sealed class SampleSource(ISourceDatabases sources)
{
    private const string Name = "exporthub:preview";

    /// <summary>The first rows of the file in its order, and more; stop reading and dispose when there are enough.</summary>
    /// <param name="rows">How many are wanted.</param>
    public Task<Sample> FirstAsync(Dataset dataset, Criteria criteria, int rows, bool isoIntervals, TimeSpan patience, CancellationToken cancel)
    {
        // Without an order the database gives the rows in that of its plan, which a limit would change.
        var first = criteria is { Sort.Count: 0, Limit: null } ? criteria : criteria with { Limit = Math.Min(criteria.Limit ?? rows, rows) };
        return OpenAsync(dataset, first, SelectStatement.Of(dataset, first), SelectStatement.Of(dataset, Unordered(criteria)), isoIntervals, patience, cancel);
    }

    /// <summary>Rows from everywhere in the file, the same at each call while the data stay the same.</summary>
    /// <param name="share">How many of all, from 0 to 1.</param>
    public Task<Sample> SpreadAsync(Dataset dataset, Criteria criteria, double share, bool isoIntervals, TimeSpan patience, CancellationToken cancel)
    {
        var all = SelectStatement.Of(dataset, criteria);
        var some = all with { Rows = string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM ({all.Rows}) AS spread WHERE random() < {share:0.000000000}") };
        return OpenAsync(dataset, criteria with { Limit = null }, some, some, isoIntervals, patience, cancel);
    }

    /// <summary>How many rows the file will have.</summary>
    public async Task<long> CountAsync(Dataset dataset, Criteria criteria, TimeSpan patience, CancellationToken cancel)
    {
        var all = SelectStatement.Of(dataset, Unordered(criteria));
        var counted = criteria.Limit is { } limit
            ? all with { Count = string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT FROM ({all.Rows}) AS every LIMIT {limit}) AS counted") }
            : all;
        var query = new RowQuery(counted, criteria.TimeZone, Name, isoIntervals: false, Within(patience));
        await using var connection = await Pool(dataset).OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var batch = connection.Batch(query.Settings(), query.Count());
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetInt64(0);
    }

    private async Task<Sample> OpenAsync(
        Dataset dataset, Criteria criteria, SelectStatement rows, SelectStatement planned, bool isoIntervals, TimeSpan patience, CancellationToken cancel)
    {
        var columns = criteria.Columns.Select(c => dataset.Has(c).ToFileColumn()).ToList();
        var (query, plan) = (Query(rows), Query(planned));
        var connections = new SourceConnections(Pool(dataset));
        var line = await connections.OpenAsync(Name, cancel);
        try
        {
            var transaction = await line.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var (asOf, expected) = await PrepareAsync(line.Connection, query, plan, cancel);
            var counting = new RowCounting(query, new RowTally(expected.Rows, limit: null), TimeSpan.Zero, NotCounted.TooMany, side: null);
            var command = query.Rows(line.Connection);
            var reader = await command.ExecuteReaderAsync(cancel);
            WireCheck.Demand(reader, columns);
            return new Sample(
                new RowReader(connections, line, transaction, command, reader, counting)
                {
                    Columns = columns, AsOf = asOf, Limit = criteria.Limit, Repair = TextRepair.For(line.Connection, columns),
                },
                expected);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }

        RowQuery Query(SelectStatement statement) => new(statement, criteria.TimeZone, Name, isoIntervals, Within(patience));
    }

    private static async Task<(DateTimeOffset AsOf, PlannedRows Planned)> PrepareAsync(
        NpgsqlConnection connection, RowQuery query, RowQuery plan, CancellationToken cancel)
    {
        await using var batch = connection.Batch(query.Settings(), plan.Plan(), new("SELECT setseed(0.5)"));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var asOf = reader.GetFieldValue<DateTimeOffset>(0);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return (asOf, PlannedRows.Read(reader.GetString(0), withoutLimit: false));
    }

    private NpgsqlDataSource Pool(Dataset dataset) =>
        sources.Find(dataset.Definition.Source) ?? throw new DatasetChangedException($"The database of the dataset {dataset.Title} is no longer configured.");

    private static Criteria Unordered(Criteria criteria) => criteria with { Sort = [], Limit = null };

    private static DatasetsOptions Within(TimeSpan patience) => new() { StatementTimeout = patience, LockTimeout = patience };
}

/// <summary>Rows to look at.</summary>
/// <param name="Planned">What the planner expects of all that the criteria select, without their limit.</param>
internal sealed record Sample(IRowReader Reader, PlannedRows Planned) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Reader.DisposeAsync();
}
