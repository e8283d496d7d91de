using Dapper;
using ExportHub.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Datasets;

/// <summary>Reads from its database what a definition leaves open: columns, types, key. Runs nothing of the dataset's own query.</summary>
internal sealed class DatasetDescription(ISourceDatabases sources, IOptions<DatasetsOptions> options, TimeProvider clock)
{
    /// <summary>Never throws for a wrong definition or a silent database: the dataset says so itself.</summary>
    public async Task<Dataset> ReadAsync(DatasetDefinition definition, CancellationToken cancel)
    {
        if (DefinitionCheck.Fault(definition) is { } fault)
        {
            return Broken(definition, fault);
        }

        if (sources.Find(definition.Source) is not { } pool)
        {
            return Broken(
                definition, $"`source`: {Unknown(definition.Source)} There are: {ListOf.Names(sources.Names)}.");
        }

        using var timeout = new CancellationTokenSource(options.Value.DescribeTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return await ReadAsync(definition, pool, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return Silent(definition, $"Its database did not answer within {options.Value.DescribeTimeout.TotalSeconds:0} seconds.");
        }
        catch (NpgsqlException outage) when (SourceOutage.Is(outage))
        {
            return Silent(definition, $"Its database cannot be reached: {outage.Message}");
        }
        catch (PostgresException refused)
        {
            return Broken(definition, $"`{(definition.From is null ? "query" : "from")}`: PostgreSQL says: {refused.MessageText}.");
        }
    }

    /// <summary>Whoever writes the connection itself where its name is wanted must not see its password on every page.</summary>
    private static string Unknown(string? source) =>
        source?.Contains('=', StringComparison.Ordinal) == true ? "it has to be the name of a connection string." : $"there is no connection string `{source}`.";

    private static Dataset Broken(DatasetDefinition definition, string reason) => new(definition, [], [], reason);

    private static Dataset Silent(DatasetDefinition definition, string reason) => new(definition, [], [], reason, Unreachable: true);

    private static async Task<Dataset> ReadAsync(DatasetDefinition definition, NpgsqlDataSource pool, CancellationToken cancel)
    {
        await using var connection = await pool.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition("SET TRANSACTION READ ONLY", cancellationToken: cancel));
        var relation = definition.From is { } from
            ? await RelationDescription.OfTableAsync(connection, from, cancel)
            : await RelationDescription.OfQueryAsync(connection, definition.Query!, cancel);
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

        await TryPlanAsync(connection, dataset, cancel);
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
        var there = $"There are: {ListOf.Names(names)}.";
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
            ? $"`dateColumn`: {named} is not a visible column of type date, timestamp or timestamptz. There are: {ListOf.Names(dates)}."
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
    private static Task<int> TryPlanAsync(NpgsqlConnection connection, Dataset dataset, CancellationToken cancel)
    {
        var all = new Criteria { Columns = [.. dataset.Columns.Select(c => c.Name)], TimeZone = "UTC", Limit = 1 };
        var statement = SelectStatement.Of(dataset with { Definition = dataset.Definition with { RowFilter = null } }, all);
        return connection.ExecuteAsync(new CommandDefinition($"EXPLAIN {statement.Rows}", cancellationToken: cancel));
    }
}
