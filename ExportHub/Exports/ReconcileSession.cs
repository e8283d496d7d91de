using Dapper;
using ExportHub.Database;
using Npgsql;

namespace ExportHub.Exports;

/// <summary>
/// What the reconciler asks of the rows to clean up files, under a lock that one instance has at a time. All of it is safe to stop at any point and to repeat.
/// </summary>
internal sealed class ReconcileSession : IAsyncDisposable
{
    /// <summary>Any number that no other advisory lock of ExportHub uses.</summary>
    private const long OneInstance = 0x45_78_70_48_75_62_01;

    private readonly NpgsqlConnection connection;

    private ReconcileSession(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>Null when another instance has the lock.</summary>
    public static async Task<ReconcileSession?> TryOpenAsync(AppDatabase database, CancellationToken cancel)
    {
        var opened = await database.Pool.OpenConnectionAsync(cancel);
        var command = new CommandDefinition("SELECT pg_try_advisory_lock(@OneInstance)", new { OneInstance }, cancellationToken: cancel);
        if (await opened.ExecuteScalarAsync<bool>(command))
        {
            return new ReconcileSession(opened);
        }

        await opened.DisposeAsync();
        return null;
    }

    /// <summary>Gives the lock back in so many words, because a connection in the pool keeps its locks.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(@OneInstance)", new { OneInstance });
        }
    }

    /// <summary>Of some objects in the store, those that no row names and that no attempt which still works may own.</summary>
    public async Task<IReadOnlyList<string>> FindOrphansAsync(
        IReadOnlyList<(Guid Id, int Attempt, string Name)> stored, CancellationToken cancel)
    {
        const string Sql = """
            SELECT stored.name
            FROM unnest(@Ids, @Attempts, @Names) AS stored (id, attempt, name)
            WHERE NOT EXISTS (
                SELECT FROM exporthub.export
                WHERE export.id = stored.id
                    AND (export.file_key = stored.name OR export.status = 'running' AND export.attempt = stored.attempt))
            """;
        var parameters = new
        {
            Ids = stored.Select(s => s.Id).ToArray(), Attempts = stored.Select(s => s.Attempt).ToArray(), Names = stored.Select(s => s.Name).ToArray(),
        };
        var names = await connection.QueryAsync<string>(new CommandDefinition(Sql, parameters, cancellationToken: cancel));
        return [.. names];
    }
}
