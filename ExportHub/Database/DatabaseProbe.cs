using System.Net.Sockets;
using Npgsql;

namespace ExportHub.Database;

/// <summary>Whether the database answers now.</summary>
internal sealed class DatabaseProbe(AppDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Answers within two seconds and never throws; false when <paramref name="cancel"/> ends it.</summary>
    public async Task<bool> IsUpAsync(CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        if (await AnswersAsync(both.Token))
        {
            return true;
        }

        if (both.IsCancellationRequested)
        {
            return false;
        }

        // After an outage the pool still holds connections to the dead server.
        database.Pool.Clear();
        return await AnswersAsync(both.Token);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using var command = database.Pool.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancel);
            return true;
        }
        catch (Exception problem) when (problem is NpgsqlException or SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
