using Dapper;
using ExportHub.Access;
using ExportHub.Database;

namespace ExportHub.Exports;

/// <summary>Reads what attempts recorded of their files, by export, by hash and by name.</summary>
internal sealed class ReceiptStore(AppDatabase database)
{
    private const string Written = """
        SELECT id, dataset, coalesce(definition ->> 'title', dataset) AS title, file_name, part.name AS part,
            coalesce(part.bytes, export.bytes) AS bytes, coalesce(part.sha256, export.sha256) AS sha256, data_as_of, finished_at
        FROM exporthub.export
        """;

    private const string Parts = "jsonb_to_recordset(receipt -> 'parts') AS part (name text, bytes bigint, sha256 text)";

    static ReceiptStore() => ExportColumns.Register();

    /// <summary>Null when the export has none: it is not completed, or was before receipts.</summary>
    public async Task<ReceiptFacts?> FindAsync(Guid id, CancellationToken cancel)
    {
        const string Sql = "SELECT receipt FROM exporthub.export WHERE id = @id AND receipt IS NOT NULL";
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<ReceiptFacts>(new CommandDefinition(Sql, new { id }, cancellationToken: cancel));
    }

    /// <summary>
    /// The file, or part of one, with this hash. Of several, that of the export which is named, then one with the name, then the newest.
    /// </summary>
    public Task<KnownFile?> FindByHashAsync(string sha256, Guid? named, string? fileName, Viewer viewer, CancellationToken cancel) => FindFileAsync(
        $"""
        {Written}
        LEFT JOIN LATERAL {Parts} ON export.sha256 <> @sha256 AND part.sha256 = @sha256
        WHERE (export.sha256 = @sha256 OR receipt -> 'parts' @> jsonb_build_array(jsonb_build_object('sha256', @sha256)))
            AND (@SeesAll OR requested_by = @Name)
        ORDER BY id = @named DESC NULLS LAST, @fileName IN (file_name, part.name) DESC NULLS LAST, id DESC
        LIMIT 1
        """,
        new { sha256, named, fileName, viewer.SeesAll, viewer.Name },
        cancel);

    /// <summary>The file of an export or, when none is named, the newest file or part with a name. Null when there is none.</summary>
    public Task<KnownFile?> FindClaimedAsync(Guid? named, string? fileName, Viewer viewer, CancellationToken cancel) => FindFileAsync(
        $"""
        {Written}
        LEFT JOIN LATERAL {Parts} ON part.name = @fileName
        WHERE export.sha256 IS NOT NULL
            AND {(named is null
                ? "(file_name = @fileName OR receipt -> 'parts' @> jsonb_build_array(jsonb_build_object('name', @fileName)))"
                : "id = @named")}
            AND (@SeesAll OR requested_by = @Name)
        ORDER BY id DESC
        LIMIT 1
        """,
        new { named, fileName, viewer.SeesAll, viewer.Name },
        cancel);

    private async Task<KnownFile?> FindFileAsync(string sql, object parameters, CancellationToken cancel)
    {
        await using var connection = await database.Pool.OpenConnectionAsync(cancel);
        return await connection.QuerySingleOrDefaultAsync<KnownFile>(new CommandDefinition(sql, parameters, cancellationToken: cancel));
    }
}
