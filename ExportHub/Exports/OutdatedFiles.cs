using Dapper;
using ExportHub.Database;
using ExportHub.Files;

namespace ExportHub.Exports;

/// <summary>
/// Ends files whose time is up: first the object goes, then the row says so. Stopped in between, or with a store that does not answer, the row stays completed and the
/// same is done again.
/// </summary>
internal sealed class OutdatedFiles(AppDatabase database, IFileStore files)
{
    /// <summary>Longest outdated first; kept ones are never among them.</summary>
    public async Task<IReadOnlyList<(Guid Id, string FileKey)>> FindAsync(CancellationToken cancel)
    {
        const string Sql = """
            SELECT id, file_key
            FROM exporthub.export
            WHERE status = 'completed'
                AND kept_at IS NULL
                AND expires_at <= now()
            ORDER BY expires_at
            LIMIT 1000
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<(Guid, string)>(new CommandDefinition(Sql, cancellationToken: cancel))];
    }

    /// <summary>Does it to one of them. Throws what the store throws, and nothing is changed then.</summary>
    public async Task ExpireAsync(Guid id, string fileKey, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET status = 'expired', file_key = NULL
            WHERE id = @id
                AND status = 'completed'
                AND kept_at IS NULL
                AND expires_at <= now()
            """;
        await files.DeleteAsync(fileKey, cancel);
        await database.ChangeAsync(Sql, new { id }, cancel);
    }
}
