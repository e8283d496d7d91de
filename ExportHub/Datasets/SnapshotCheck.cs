using Npgsql;

namespace ExportHub.Datasets;

/// <summary>
/// Whether a snapshot can be believed. A snapshot is older than the locks of its first query, and what empties or rebuilds a table in between
/// (TRUNCATE, a rewriting ALTER TABLE, REFRESH MATERIALIZED VIEW, a table swapped for another or a partition dropped) is not undone for it: the
/// old rows are gone and the new ones not yet visible. Source: PostgreSQL manual, "Caveats" of concurrency control.
/// </summary>
internal static class SnapshotCheck
{
    /// <summary>To be asked when the transaction holds its locks: nothing of that kind can happen to these tables any more. True when it has.</summary>
    public static NpgsqlBatchCommand Command()
    {
        // pg_class and pg_inherits are read as the snapshot has them; pg_relation_filenode answers as things are now.
        const string Sql = """
            WITH locked AS MATERIALIZED (
                SELECT l.relation
                FROM pg_catalog.pg_locks AS l
                JOIN pg_catalog.pg_database AS d ON d.oid = l.database
                WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND d.datname = current_database()
            )
            SELECT EXISTS (
                SELECT
                FROM locked AS l
                LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
                WHERE c.oid IS NULL OR c.relfilenode <> 0 AND c.relfilenode IS DISTINCT FROM pg_relation_filenode(c.oid)
            ) OR EXISTS (
                SELECT
                FROM locked AS l
                JOIN pg_catalog.pg_inherits AS i ON i.inhparent = l.relation
                JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
                WHERE c.relfilenode <> 0 AND pg_relation_filenode(c.oid) IS NULL
            )
            """;
        return new NpgsqlBatchCommand(Sql);
    }

    /// <exception cref="DatasetMovedException">It has happened to a table.</exception>
    public static void Demand(bool moved)
    {
        if (moved)
        {
            throw new DatasetMovedException("A table was emptied or rebuilt between the snapshot and the first look at it.");
        }
    }
}
