using Npgsql;

namespace ExportHub.Tests.Faults;

/// <summary>Holds the queries of a test at pg_advisory_xact_lock_shared(<see cref="Key"/>) until it is disposed.</summary>
internal sealed class Gate : IAsyncDisposable
{
    public const int Key = 4711;

    private readonly NpgsqlConnection keeper;

    private Gate(NpgsqlConnection keeper) => this.keeper = keeper;

    public static async Task<Gate> CloseAsync(TestDatabase database)
    {
        // In a pool the lock would outlive the closing.
        var opened = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await opened.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Key})", opened);
        await command.ExecuteNonQueryAsync();
        return new Gate(opened);
    }

    public ValueTask DisposeAsync() => keeper.DisposeAsync();
}
