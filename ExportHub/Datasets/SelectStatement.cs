using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace ExportHub.Datasets;

/// <summary>
/// The statement that criteria ask for. Names come from the catalog and are quoted, values are parameters, always texts
/// (or arrays of texts) that PostgreSQL casts to the type of the column.
/// </summary>
/// <param name="Rows">Reads the rows, and one more than the limit, so that a limit which leaves rows out is noticed.</param>
/// <param name="Count">Counts what the criteria select without the limit.</param>
internal sealed record SelectStatement(string Rows, string Count, IReadOnlyList<object> Values)
{
    /// <exception cref="DatasetChangedException">The criteria name a column that the dataset no longer has.</exception>
    public static SelectStatement Of(Dataset dataset, Criteria criteria)
    {
        var values = new List<object>();
        var columns = criteria.Columns.Select(name => dataset.Has(name));
        var list = string.Join(", ", columns.Select(c => $"{Sql.Column(c.Name, c.SelectAs)} AS {Sql.Name(c.Name)}"));
        var body = $"FROM {dataset.Relation} AS t{Where(dataset, criteria, values)}";
        var limit = criteria.Limit is { } rows ? $" LIMIT {(rows + 1).ToString(CultureInfo.InvariantCulture)}" : "";
        return new(
            $"SELECT {list} {body}{OrderBy(dataset, criteria)}{limit}",
            $"SELECT count(*) {body}",
            values);
    }

    /// <summary>The values as fresh parameters, since a parameter belongs to one command.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var value in Values)
        {
            parameters.Add(value is string[]
                ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
                : new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text });
        }
    }

    private static string Where(Dataset dataset, Criteria criteria, List<object> values)
    {
        List<string> conditions = 
        [
            .. RowRule(dataset, values),
            .. criteria.Filters.Select(Condition),
            .. criteria.Groups.Select(group => $"({string.Join(" OR ", group.Select(Condition))})"),
        ];
        if (criteria.DateRange is { } range)
        {
            var sql = new FilterSql(Compared(dataset, criteria, range.Column), values);
            conditions.AddRange(range.From is { } from ? [sql.Compare(">=", from)] : []);
            conditions.AddRange(range.To is { } to ? [sql.Compare("<", to)] : []);
        }

        return conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";

        string Condition(Filter filter) => new FilterSql(Compared(dataset, criteria, filter.Column), values).Condition(filter);
    }

    /// <summary>How often each value of a column occurs among the first rows that the person may see, the most frequent first; null for rows without one.</summary>
    /// <param name="most">How many values.</param>
    public static SelectStatement OfValues(Dataset dataset, DatasetColumn column, int rows, int most)
    {
        var values = new List<object>();
        var rule = string.Concat(RowRule(dataset, values).Select(condition => $" WHERE {condition}"));
        var first = string.Create(
            CultureInfo.InvariantCulture, $"SELECT {Sql.Column(column.Name, column.FilterAs)}::text AS v FROM {dataset.Relation} AS t{rule} LIMIT {rows}");
        return new(
            string.Create(CultureInfo.InvariantCulture, $"SELECT v, count(*), sum(count(*)) OVER () FROM ({first}) AS first GROUP BY v ORDER BY count(*) DESC, v LIMIT {most}"),
            $"SELECT count(*) FROM ({first}) AS first",
            values);
    }

    /// <summary>Which rows the person may see, as a condition; none for all of them.</summary>
    private static IEnumerable<string> RowRule(Dataset dataset, List<object> values)
    {
        if (dataset.Definition.RowFilter is null || dataset.Permission?.Rows is { Filter: null })
        {
            return [];
        }

        return dataset is { RowFilter: { } filter, Permission.Rows: { } scope }
            ? [filter.Sql(claim => Parameter(filter.IsList(claim) ? scope.Values[claim].ToArray() : scope.Values[claim][0], values))]
            : throw new InvalidOperationException($"Nobody has said which rows of {dataset.Name} may be read.");
    }

    private static string Parameter(object value, List<object> values)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    private static DatasetColumn Compared(Dataset dataset, Criteria criteria, string name)
    {
        var column = dataset.Has(name);
        return criteria.Compared.TryGetValue(name, out var then) && then != column.ComparesAs
            ? throw new DatasetChangedException(
                $"The column {column.Title} is of type {column.DatabaseType} now, and the request compares it as {then}. Ask for the export again.")
            : column;
    }

    // Without a sort nothing is cut off and nobody asked for an order, so the database reads as it likes, which is fastest. With
    // a sort or a limit the key decides between equals, so that the same request gives the same rows in the same order.
    private static string OrderBy(Dataset dataset, Criteria criteria)
    {
        if (criteria.Sort.Count == 0 && criteria.Limit is null)
        {
            return "";
        }

        var keys = criteria.Sort.Select(k => Direction(dataset.Has(k.Column), k.Descending)).ToList();
        keys.AddRange(dataset.Key.Where(k => !criteria.Sort.Any(s => s.Column == k)).Select(Sql.Column));
        return keys.Count == 0 ? "" : $" ORDER BY {string.Join(", ", keys)}";
    }

    // NULLs come last in both directions, as people expect of "highest first"; said only where there can be any, since an index
    // on a NOT NULL column serves the plain spelling alone.
    private static string Direction(DatasetColumn column, bool descending) => (descending, column.Nullable) switch
    {
        (false, _) => Sql.Column(column.Name),
        (true, false) => $"{Sql.Column(column.Name)} DESC",
        (true, true) => $"{Sql.Column(column.Name)} DESC NULLS LAST",
    };
}

/// <summary>The dataset is no longer what the criteria were checked against; the message is for people.</summary>
internal sealed class DatasetChangedException(string message) : Exception(message);

/// <summary>Somebody rebuilt a table of the dataset in the very moment it was opened; opened again, it is whole.</summary>
internal sealed class DatasetMovedException(string message) : Exception(message);
