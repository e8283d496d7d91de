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
        var lost = 0;
        try
        {
            await using var connection = await loan.OpenAsync(cancel);
            lost = connection.ProcessID;
            try
            {
                tally.Count(await AnswerAsync(connection, query, snapshot, cancel));
                return true;
            }
            finally
            {
                // A line that still stands has heard how the server ended.
                lost = connection.State == ConnectionState.Open ? 0 : lost;
            }
        }
        catch (Exception failed) when (failed is NpgsqlException or OperationCanceledException)
        {
            // Whatever it was, the rows can still be counted after the last one was read.
            await EndAsync(loan, lost, query.ApplicationName);
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

    /// <summary>
    /// A server that is asked to cancel before it has begun does not hear it; Npgsql hangs up then, and a server that counts sends nothing by
    /// which it would notice: it would go on for hours.
    /// </summary>
    private static async Task EndAsync(SourceConnections.Loan loan, int backend, string applicationName)
    {
        if (backend == 0)
        {
            return;
        }

        try
        {
            await using var connection = await loan.OpenAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND application_name = $2", connection)
            {
                Parameters = { new() { Value = backend }, new() { Value = applicationName } },
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // Who cannot reach the server cannot end anything there; statement_timeout will.
        }
    }
}
