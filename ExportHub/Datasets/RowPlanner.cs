using System.Text.Json;
using ExportHub.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>What the database's planner expects of a query.</summary>
/// <param name="Rows">Never negative.</param>
/// <param name="RowBytes">Average width of a row as the database holds it.</param>
internal readonly record struct PlannedRows(long Rows, int RowBytes)
{
    /// <param name="json">The answer to EXPLAIN (FORMAT JSON).</param>
    /// <param name="withoutLimit">What there would be without the limit, which is the topmost node.</param>
    public static PlannedRows Read(string json, bool withoutLimit)
    {
        using var plan = JsonDocument.Parse(json);
        var top = plan.RootElement[0].GetProperty("Plan");
        var node = withoutLimit && top.GetProperty("Node Type").GetString() == "Limit" ? top.GetProperty("Plans")[0] : top;
        return new PlannedRows((long)node.GetProperty("Plan Rows").GetDouble(), node.GetProperty("Plan Width").GetInt32());
    }
}

/// <summary>Asks the planner before an export is accepted. It reads no rows and is never worth a refusal: what it cannot tell in time stays unknown.</summary>
internal sealed class RowPlanner(ISourceDatabases sources, IOptions<DatasetsOptions> options, TimeProvider time)
{
    // Planning takes milliseconds; a table that somebody has locked would take as long as the lock.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The rows of the file, the limit taken into account. Null when the database does not tell.</summary>
    public async Task<PlannedRows?> PlanAsync(Dataset dataset, Criteria criteria, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var query = new RowQuery(SelectStatement.Of(dataset, criteria), criteria.TimeZone, "exporthub:plan", isoIntervals: false, options.Value);
            await using var connection = await sources.Find(dataset.Definition.Source)!.OpenConnectionAsync(either.Token);
            await using var transaction = await connection.BeginTransactionAsync(either.Token);
            await using var batch = connection.Batch(query.Settings(), query.Plan());
            await using var reader = await batch.ExecuteReaderAsync(either.Token);
            await reader.NextResultAsync(either.Token);
            await reader.ReadAsync(either.Token);
            var planned = PlannedRows.Read(reader.GetString(0), withoutLimit: false);
            return criteria.Limit is { } limit && planned.Rows > limit ? planned with { Rows = limit } : planned;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && fault is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
