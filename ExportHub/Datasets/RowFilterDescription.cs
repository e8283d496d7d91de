using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Has the database read the row filter of a dataset without running it, and learns from it which claims are compared as lists.</summary>
internal static class RowFilterDescription
{
    private const string Name = "exporthub_row_filter";

    /// <summary>What the database refuses comes as a PostgresException.</summary>
    public static async Task<Dataset> AddAsync(NpgsqlConnection connection, Dataset dataset, CancellationToken cancel)
    {
        if (dataset.Definition.RowFilter is not { } text)
        {
            return dataset;
        }

        var filter = RowFilter.Parse(text).Filter!;
        var types = await TypesAsync(connection, $"SELECT FROM {dataset.Relation} AS t WHERE {filter.UntypedSql()}", cancel);
        filter = filter with { Lists = filter.Claims.Where((_, i) => types[i].EndsWith("[]", StringComparison.Ordinal)).ToHashSet() };
        await using var plan = new NpgsqlCommand($"EXPLAIN SELECT FROM {dataset.Relation} AS t WHERE {filter.Sql(_ => "NULL")}", connection);
        await plan.ExecuteNonQueryAsync(cancel);
        return dataset with { RowFilter = filter };
    }

    /// <summary>What the server takes the parameters for.</summary>
    private static async Task<string[]> TypesAsync(NpgsqlConnection connection, string statement, CancellationToken cancel)
    {
        await using var batch = connection.Batch(
            new($"PREPARE {Name} AS {statement}"),
            new($"SELECT parameter_types::text[] FROM pg_catalog.pg_prepared_statements WHERE name = '{Name}'"),
            new($"DEALLOCATE {Name}"));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetFieldValue<string[]>(0);
    }
}
