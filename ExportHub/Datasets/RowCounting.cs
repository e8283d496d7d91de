using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// The independent count of the rows that criteria select, in the snapshot of the rows: before the first row where few are expected, else on a
/// second connection while rows are read, else after the last. It never fails an export that can be read.
/// </summary>
internal sealed class RowCounting(RowQuery query, RowTally tally, TimeSpan patience, NotCounted? refused, SideCount? side) : IAsyncDisposable
{
    private const string Savepoint = "counting";

    public RowTally Tally => tally;

    /// <summary>Few rows can still take long to find, so this count gets little time, and the savepoint keeps the transaction alive.</summary>
    public static async Task FirstAsync(NpgsqlConnection connection, RowQuery query, RowTally tally, CancellationToken cancel)
    {
        // Rolling back takes back the timeout too.
        NpgsqlBatchCommand[] back = [new($"ROLLBACK TO SAVEPOINT {Savepoint}"), new($"RELEASE SAVEPOINT {Savepoint}")];
        try
        {
            await using var batch = connection.Batch([new($"SAVEPOINT {Savepoint}"), query.Patience(), query.Count(), .. back]);
            tally.Count((long)(await batch.ExecuteScalarAsync(cancel))!);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
        {
            await using var batch = connection.Batch(back);
            await batch.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Waits for the count, or counts. Null when there is one; the connection must have nothing else to do in its transaction.</summary>
    public async Task<NotCounted?> EndAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            if (tally.Selected.Exact || refused is not null || (side is not null && await side.EndAsync(patience, cancel)))
            {
                return refused;
            }

            await using var batch = connection.Batch(query.Patience(), query.Count());
            tally.Count((long)(await batch.ExecuteScalarAsync(cancel))!);
            return null;
        }
        catch (Exception late) when (late is TimeoutException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } && !cancel.IsCancellationRequested)
        {
            return NotCounted.TooSlow;
        }
        catch (NpgsqlException) when (!cancel.IsCancellationRequested)
        {
            // All rows were read by then: what is missing is the second opinion, and the receipt says so.
            return NotCounted.Failed;
        }
    }

    public ValueTask DisposeAsync() => side?.DisposeAsync() ?? ValueTask.CompletedTask;
}
