using System.Text.Json;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>How many rows a statement will give, within its own snapshot: counted where that is cheap, estimated otherwise.</summary>
internal sealed class RowTotal(DatasetsOptions options)
{
    private const string Savepoint = "count";

    public async Task<RowCount> OfAsync(NpgsqlTransaction transaction, SelectStatement statement, CancellationToken cancel)
    {
        var estimate = await EstimateAsync(transaction, statement, cancel);
        return estimate < options.ExactCountBelow && await CountAsync(transaction, statement, cancel) is { } counted
            ? new RowCount(counted, Exact: true)
            : new RowCount(estimate, Exact: false);
    }

    private static async Task<long> EstimateAsync(NpgsqlTransaction transaction, SelectStatement statement, CancellationToken cancel)
    {
        await using var command = Command(transaction, $"EXPLAIN (FORMAT JSON) {statement.Rows}", statement);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancel))!);
        return (long)plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    // Few rows can still take long to find, so the count gets little time of its own, and the savepoint keeps the transaction alive.
    private async Task<long?> CountAsync(NpgsqlTransaction transaction, SelectStatement statement, CancellationToken cancel)
    {
        await transaction.SaveAsync(Savepoint, cancel);
        await using var settings = new NpgsqlCommand(
            $"SET LOCAL statement_timeout = {(long)options.ExactCountTimeout.TotalMilliseconds}", transaction.Connection, transaction);
        await settings.ExecuteNonQueryAsync(cancel);
        await using var command = Command(transaction, statement.Count, statement);
        try
        {
            return (long)(await command.ExecuteScalarAsync(cancel))!;
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            // Rolling back also takes back the timeout, counted or not.
            await transaction.RollbackAsync(Savepoint, cancel);
        }
    }

    private static NpgsqlCommand Command(NpgsqlTransaction transaction, string sql, SelectStatement statement)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction) { CommandTimeout = 0 };
        statement.AddTo(command.Parameters);
        return command;
    }
}
