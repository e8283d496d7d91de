using System.Data;
using Dapper;
using Npgsql;
using Npgsql.Schema;

namespace ExportHub.Datasets;

/// <summary>A table, view or query as the database knows it.</summary>
/// <param name="Sql">What stands behind FROM.</param>
/// <param name="Key">The primary key; empty without one.</param>
internal sealed record RelationDescription(string Sql, IReadOnlyList<RelationColumn> Columns, IReadOnlyList<string> Key)
{
    private sealed record TableRow(uint Oid, string Schema, string Name);

    private sealed record ColumnRow(string Name, uint Type, int Modifier, bool Nullable);

    // An Array, because that is what Npgsql announces and Dapper looks for.
    private sealed record TypeRow(
        uint Asked, int Modifier, string Printed, string Schema, string Name, string Group, string Category, Array Labels, bool Sortable);

    /// <summary>Null when there is no table, view, materialized view or foreign table of that name.</summary>
    public static async Task<RelationDescription?> OfTableAsync(NpgsqlConnection connection, string name, CancellationToken cancel)
    {
        // The name is resolved as a value, so that nothing in it is ever SQL; what is used from here on is the catalog's own spelling.
        const string find = """
            SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass(@name) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;
        var table = await connection.QuerySingleOrDefaultAsync<TableRow>(new CommandDefinition(find, new { name }, cancellationToken: cancel));
        if (table is null)
        {
            return null;
        }

        const string columns = """
            SELECT attname::text AS name, atttypid AS type, atttypmod AS modifier, NOT attnotnull AS nullable
            FROM pg_catalog.pg_attribute
            WHERE attrelid = @table::oid AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum
            """;
        const string key = """
            SELECT a.attname::text
            FROM pg_catalog.pg_constraint AS c
            CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
            WHERE c.conrelid = @table::oid AND c.contype = 'p'
            ORDER BY k.place
            """;
        var parameters = new { table = (long)table.Oid };
        var found = await connection.QueryAsync<ColumnRow>(new CommandDefinition(columns, parameters, cancellationToken: cancel));
        var primary = await connection.QueryAsync<string>(new CommandDefinition(key, parameters, cancellationToken: cancel));
        return new(Datasets.Sql.Name(table.Schema, table.Name), await WithTypesAsync(connection, [.. found], cancel), [.. primary]);
    }

    /// <summary>Has PostgreSQL parse the query without planning or running it; what it refuses comes as a PostgresException.</summary>
    public static async Task<RelationDescription> OfQueryAsync(NpgsqlConnection connection, string query, CancellationToken cancel)
    {
        // The line breaks keep a comment in the query's last line from swallowing the parenthesis. In a batch it is sent as one statement: a query that closes
        // the parenthesis and goes on with statements of its own is refused by PostgreSQL, here and so everywhere.
        var relation = $"(\n{query}\n)";
        List<ColumnRow> columns;
        await using (var batch = connection.Batch(new NpgsqlBatchCommand($"SELECT * FROM {relation} AS t")))
        await using (var reader = await batch.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel))
        {
            var schema = await reader.GetColumnSchemaAsync(cancel);
            columns = [.. schema.Cast<NpgsqlDbColumn>().Select(c => new ColumnRow(c.ColumnName, c.TypeOID, -1, true))];
        }

        return new(relation, await WithTypesAsync(connection, columns, cancel), []);
    }

    private static async Task<IReadOnlyList<RelationColumn>> WithTypesAsync(
        NpgsqlConnection connection, IReadOnlyList<ColumnRow> columns, CancellationToken cancel)
    {
        // Domains are followed down to a type that is none; an array is as sortable as its elements.
        const string statement = """
            WITH RECURSIVE asked AS (
                SELECT DISTINCT a.type::oid AS type, a.modifier
                FROM unnest(@types::int8[], @modifiers::int4[]) AS a (type, modifier)
            ), made_of AS (
                SELECT type AS asked, type FROM asked
                UNION
                SELECT m.asked, t.typbasetype
                FROM made_of AS m
                JOIN pg_catalog.pg_type AS t ON t.oid = m.type
                WHERE t.typtype = 'd'
            )
            SELECT a.type AS asked, a.modifier, format_type(a.type, nullif(a.modifier, -1)) AS printed,
                n.nspname::text AS schema, t.typname::text AS name, t.typtype::text AS "group", t.typcategory::text AS category,
                ARRAY(SELECT enumlabel::text FROM pg_catalog.pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) AS labels,
                s.typtype IN ('e', 'r', 'm') OR EXISTS (
                    SELECT
                    FROM pg_catalog.pg_opclass AS o
                    JOIN pg_catalog.pg_am AS m ON m.oid = o.opcmethod AND m.amname = 'btree'
                    WHERE o.opcdefault AND (o.opcintype = s.oid OR o.opcintype IN (
                        SELECT casttarget FROM pg_catalog.pg_cast WHERE castsource = s.oid AND castmethod = 'b' AND castcontext = 'i'))
                ) AS sortable
            FROM asked AS a
            JOIN made_of AS b ON b.asked = a.type
            JOIN pg_catalog.pg_type AS t ON t.oid = b.type AND t.typtype <> 'd'
            JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
            JOIN pg_catalog.pg_type AS s ON s.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
            """;
        var rows = await connection.QueryAsync<TypeRow>(new CommandDefinition(
            statement,
            new { types = columns.Select(c => (long)c.Type).ToArray(), modifiers = columns.Select(c => c.Modifier).ToArray() },
            cancellationToken: cancel));
        var types = rows.ToDictionary(t => (t.Asked, t.Modifier));
        return [.. columns.Select(c => Column(c, types[(c.Type, c.Modifier)]))];
    }

    private static RelationColumn Column(ColumnRow column, TypeRow type) => new(
        column.Name, type.Printed, column.Nullable,
        new DatabaseType(type.Schema, type.Name, type.Group, type.Category, (string[])type.Labels, type.Sortable));
}

/// <param name="TypeName">The type as declared, such as `numeric(12,2)` or the name of a domain; queries do not tell the length.</param>
internal sealed record RelationColumn(string Name, string TypeName, bool Nullable, DatabaseType Type);
