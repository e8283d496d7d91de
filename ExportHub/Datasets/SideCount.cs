using System.Data;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Counts on a second connection, in the snapshot of the first, while rows are read there.</summary>
internal sealed class SideCount : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly Task<bool> counting;

    /// <param name="snapshot">What pg_export_snapshot() answered; it is valid while the transaction of the rows lasts.</param>
    public SideCount(SourceConnections.Loan loan, RowQuery query, string snapshot, RowTally tally)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(loan.Recalled);
        counting = CountAsync(loan, query, snapshot, tally, stop.Token);
    }

    /// <summary>True when it came to its end; false when it was stopped, lost its connection, or could not take over the snapshot.</summary>
    /// <exception cref="TimeoutException">It goes on for longer than <paramref name="patience"/>.</exception>
    public Task<bool> EndAsync(TimeSpan patience, CancellationToken cancel) => counting.WaitAsync(patience, cancel);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAny(counting);
        stop.Dispose();
    }

    private static async Task<bool> CountAsync(
        SourceConnections.Loan loan, RowQuery query, string snapshot, RowTally tally, CancellationToken cancel)
    {
        using var given = loan;
        try
        {
            await using var line = await loan.OpenAsync(query.ApplicationName, cancel);
            tally.Count(await AnswerAsync(line.Connection, query, snapshot, cancel));
            return true;
        }
        catch (Exception failed) when (failed is NpgsqlException or OperationCanceledException)
        {
            // Whatever it was, the rows can still be counted after the last one was read.
            return false;
        }
    }

    private static async Task<long> AnswerAsync(NpgsqlConnection connection, RowQuery query, string snapshot, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using var batch = connection.Batch(new($"SET TRANSACTION SNAPSHOT '{snapshot}'"), query.Settings(), query.Count());
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetInt64(0);
    }
}
