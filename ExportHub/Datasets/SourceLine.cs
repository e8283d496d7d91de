using System.Data;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// A connection to a source that leaves no work behind when it is closed. A server that is asked to cancel before it has begun does not hear it;
/// Npgsql hangs up then, and a server that sorts or counts sends nothing by which it would notice: it would go on for hours.
/// </summary>
internal sealed class SourceLine(
    NpgsqlConnection connection, string applicationName, Func<CancellationToken, ValueTask<NpgsqlConnection>> openAnother) : IAsyncDisposable
{
    // Where no other connection can be had in this time, the server's own look at the line ends the work.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly int backend = connection.ProcessID;

    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        // A line that still stands has heard how the server ended.
        var hungUp = connection.State != ConnectionState.Open;
        await connection.DisposeAsync();
        if (hungUp)
        {
            await EndBackendAsync();
        }
    }

    private async Task EndBackendAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var other = await openAnother(patience.Token);
            await using var command = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND application_name = $2", other)
            {
                Parameters = { new() { Value = backend }, new() { Value = applicationName } },
            };
            await command.ExecuteNonQueryAsync(patience.Token);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or OperationCanceledException)
        {
            // Who cannot reach the server cannot end anything there.
        }
    }
}
