using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Reads from its database what a definition leaves open: columns, types, key. Runs nothing of the dataset's own query.</summary>
internal sealed class DatasetDescription(SourceInquiry inquiry)
{
    /// <summary>Never throws for a wrong definition or a silent database: the dataset says so itself.</summary>
    public async Task<Dataset> ReadAsync(DatasetDefinition definition, CancellationToken cancel)
    {
        if (DefinitionCheck.Fault(definition) is { } fault)
        {
            return Broken(definition, fault);
        }

        var answer = await inquiry.AskAsync(definition.Source, MemberOf(definition), (connection, token) => ReadAsync(definition, connection, token), cancel);
        return answer.Value ?? Broken(definition, answer.Fault!) with { Unreachable = answer.Unreachable };
    }

    /// <summary>All columns of the table or query, hidden ones too; no value where neither is given or there is no such table.</summary>
    public async Task<SourceAnswer<RelationDescription>> RelationAsync(DatasetDefinition definition, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(definition.From) == string.IsNullOrWhiteSpace(definition.Query)
            ? new(null)
            : await inquiry.AskAsync(definition.Source, MemberOf(definition), async (connection, token) => (await RelationAsync(definition, connection, token))!, cancel);

    private static string MemberOf(DatasetDefinition definition) => definition.From is null ? "query" : "from";

    private static Dataset Broken(DatasetDefinition definition, string reason) => new(definition, [], [], reason);

    private static async Task<RelationDescription?> RelationAsync(DatasetDefinition definition, NpgsqlConnection connection, CancellationToken cancel) =>
        definition.From is { } from
            ? await RelationDescription.OfTableAsync(connection, from, cancel)
            : await RelationDescription.OfQueryAsync(connection, definition.Query!, cancel);

    private static async Task<Dataset> ReadAsync(DatasetDefinition definition, NpgsqlConnection connection, CancellationToken cancel)
    {
        var relation = await RelationAsync(definition, connection, cancel);
        if (relation is null)
        {
            return Broken(definition, $"`from`: there is no table or view {definition.From}.");
        }

        if (Misfit(definition, relation) is { } misfit)
        {
            return Broken(definition, misfit);
        }

        var dataset = Assemble(definition, relation);
        if (DateColumnFault(dataset) is { } wrongDate)
        {
            return Broken(definition, wrongDate);
        }

        dataset = dataset with { Planned = await PlanAsync(connection, dataset, cancel) };
        try
        {
            return await RowFilterDescription.AddAsync(connection, dataset, cancel);
        }
        catch (PostgresException refused) when (!SourceOutage.Is(refused))
        {
            return Broken(definition, $"`rowFilter`: PostgreSQL says: {refused.MessageText}.");
        }
    }

    private static string? Misfit(DatasetDefinition definition, RelationDescription relation)
    {
        var names = relation.Columns.Select(c => c.Name).ToList();
        var there = $"There are: {ListOf.NamesForAll(names)}.";
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
        {
            return $"`query`: two columns are called {twice}; give one another name with AS.";
        }

        if (definition.Columns.Keys.FirstOrDefault(c => !names.Contains(c)) is { } column)
        {
            return $"`columns`: there is no column {column}. {there}";
        }

        if (definition.Key?.FirstOrDefault(c => !names.Contains(c)) is { } key)
        {
            return $"`key`: there is no column {key}. {there}";
        }

        return names.TrueForAll(n => IsHidden(definition, n)) ? "`columns`: every column is hidden." : null;
    }

    private static string? DateColumnFault(Dataset dataset)
    {
        var dates = dataset.Columns.Where(c => DateRangeCheck.Suits(c.Kind)).Select(c => c.Name).ToList();
        return dataset.Definition.DateColumn is { } named && !dates.Contains(named)
            ? $"`dateColumn`: {named} is not a visible column of type date, timestamp or timestamptz. There are: {ListOf.NamesForAll(dates)}."
            : null;
    }

    private static bool IsHidden(DatasetDefinition definition, string column) =>
        definition.Columns.TryGetValue(column, out var said) && said.Hidden;

    private static Dataset Assemble(DatasetDefinition definition, RelationDescription relation) =>
        new(definition,
            [.. relation.Columns.Where(c => !IsHidden(definition, c.Name)).Select(c => Column(definition, c))],
            definition.Key ?? relation.Key)
        {
            Relation = relation.Sql,
        };

    private static DatasetColumn Column(DatasetDefinition definition, RelationColumn column)
    {
        var type = ColumnType.Of(column.Type);
        return new DatasetColumn(
            column.Name, definition.TitleOf(column.Name), column.TypeName, type.Cell, type.Kind, type.SelectAs, type.CastAs,
            column.Type.Labels, type.Operators)
        {
            FilterAs = type.FilterAs,
            Sortable = column.Type.Sortable,
            Nullable = column.Nullable,
        };
    }

    // Planning checks what the catalog does not tell: the right to read, a key that has no order, a cast that does not exist.
    private static async Task<PlannedRows> PlanAsync(NpgsqlConnection connection, Dataset dataset, CancellationToken cancel)
    {
        var all = new Criteria { Columns = [.. dataset.Columns.Select(c => c.Name)], TimeZone = "UTC", Limit = 1 };
        var statement = SelectStatement.Of(dataset with { Definition = dataset.Definition with { RowFilter = null } }, all);
        await using var batch = connection.Batch(new NpgsqlBatchCommand($"EXPLAIN (FORMAT JSON) {statement.Rows}"));
        return PlannedRows.Read((string)(await batch.ExecuteScalarAsync(cancel))!, withoutLimit: true);
    }
}
