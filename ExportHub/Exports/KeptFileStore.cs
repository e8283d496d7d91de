using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>The transitions by which people keep and delete files, each one UPDATE that says in its WHERE what it may leave, with its entry in the audit by a trigger.</summary>
internal sealed class KeptFileStore(AppDatabase database, AuditedDatabase audited)
{
    /// <summary>False unless there is a file whose time is not up, nobody keeps it, and its owner has fewer than <paramref name="most"/> kept ones.</summary>
    public async Task<bool> KeepAsync(Guid id, Viewer viewer, int most, CancellationToken cancel)
    {
        // One transaction, and a snapshot for each statement: whoever waited for the lock counts what was kept meanwhile.
        const string Sql = """
            SELECT pg_advisory_xact_lock(hashtextextended(requested_by, 2))
            FROM exporthub.export
            WHERE id = @id;

            UPDATE exporthub.export
            SET kept_at = now(), kept_by = @Name
            WHERE id = @id
                AND (@SeesAll OR requested_by = @Name)
                AND status = 'completed'
                AND kept_at IS NULL
                AND deleted_at IS NULL
                AND expires_at > now()
                AND @most > (SELECT count(*) FROM exporthub.export AS other WHERE other.requested_by = export.requested_by AND other.kept_at IS NOT NULL)
            RETURNING true;
            """;
        return await audited.QueryAsync<bool>(Sql, new { id, most, viewer.SeesAll, viewer.Name }, cancel, before: 1);
    }

    /// <summary>It has its time again, a day of it at least. False when nobody keeps it.</summary>
    public Task<bool> ReleaseAsync(Guid id, Viewer viewer, CancellationToken cancel) => audited.ChangeAsync(
        """
        UPDATE exporthub.export
        SET kept_at = NULL, kept_by = NULL, expires_at = greatest(expires_at, now() + interval '1 day')
        WHERE id = @id
            AND (@SeesAll OR requested_by = @Name)
            AND kept_at IS NOT NULL
        """,
        new { id, viewer.SeesAll, viewer.Name },
        cancel);

    /// <summary>Its time is up, and nobody gets it any more. Null when there is no file, or somebody deleted it before.</summary>
    /// <returns>The key of the object, which is still there.</returns>
    public Task<string?> DeleteAsync(Guid id, Viewer viewer, AdminAct? act, CancellationToken cancel)
    {
        const string Sql = """
            UPDATE exporthub.export
            SET deleted_at = now(), expires_at = now(), kept_at = NULL, kept_by = NULL
            WHERE id = @id
                AND (@SeesAll OR requested_by = @Name)
                AND status = 'completed'
                AND deleted_at IS NULL
            RETURNING file_key
            """;
        return audited.QueryAsync<string>(Sql, new { id, viewer.SeesAll, viewer.Name }, cancel, act?.Reason);
    }

    /// <summary>What one person's files take.</summary>
    public async Task<(int Files, int Kept, long Bytes)> UsageAsync(string person, CancellationToken cancel)
    {
        const string Sql = """
            SELECT
                count(*)::int,
                (SELECT count(*)::int FROM exporthub.export WHERE requested_by = @person AND kept_at IS NOT NULL),
                coalesce(sum(bytes), 0)::bigint
            FROM exporthub.export
            WHERE requested_by = @person
                AND status = 'completed'
            """;
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<(int, int, long)>(new CommandDefinition(Sql, new { person }, cancellationToken: cancel));
    }
}
