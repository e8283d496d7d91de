using Dapper;

namespace ExportHub.Datasets;

/// <summary>A table or view that a dataset may be made from.</summary>
/// <param name="Name">As a definition names it: schema and name, quoted where PostgreSQL needs that.</param>
/// <param name="Kind">pg_class.relkind: r table, p partitioned table, v view, m materialized view, f foreign table.</param>
/// <param name="Rows">What the server believes; null where it has no idea, as of a view.</param>
internal sealed record SourceTable(string Name, string Kind, long? Rows);

/// <summary>What there is to choose from in a source.</summary>
internal sealed class SourceTables(SourceInquiry inquiry)
{
    /// <summary>As many as one page lists.</summary>
    public const int Most = 100;

    /// <summary>The names of the sources; beside them there is ExportHub's own database, which has none.</summary>
    public IReadOnlyList<string> Sources => inquiry.Names;

    /// <summary>
    /// Those that the role of the source may read, by name, <see cref="Most"/> and one more at most. What belongs to the server, to ExportHub and to its job engines is not
    /// among them.
    /// </summary>
    /// <param name="search">A part of the name, in any case; null for all.</param>
    public Task<SourceAnswer<IReadOnlyList<SourceTable>>> ListAsync(string? source, string? search, CancellationToken cancel)
    {
        const string Sql = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind::text AS kind, CASE WHEN c.reltuples >= 0 AND c.relkind <> 'v' THEN c.reltuples::bigint END AS rows
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
                AND NOT c.relispartition
                AND n.nspname <> ALL (ARRAY['pg_catalog', 'information_schema', 'exporthub', 'hangfire', 'quartz'])
                AND n.nspname !~ '^pg_(toast|temp)'
                AND has_schema_privilege(n.oid, 'USAGE')
                AND has_any_column_privilege(c.oid, 'SELECT')
                AND (@search::text IS NULL OR strpos(lower(n.nspname || '.' || c.relname), lower(@search)) > 0)
            ORDER BY n.nspname, c.relname
            LIMIT @limit
            """;
        return inquiry.AskAsync<IReadOnlyList<SourceTable>>(
            source,
            "source",
            async (connection, token) =>
                [.. await connection.QueryAsync<SourceTable>(new CommandDefinition(Sql, new { search, limit = Most + 1 }, cancellationToken: token))],
            cancel);
    }
}
