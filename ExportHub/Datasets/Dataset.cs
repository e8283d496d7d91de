using ExportHub.Formats;

namespace ExportHub.Datasets;

/// <summary>A definition together with what the database says of it.</summary>
/// <param name="Columns">Visible columns, for the person it was looked up for, in the order of the table; empty when broken.</param>
/// <param name="Key">Columns appended to every sort, also when hidden; empty when the dataset has no key.</param>
/// <param name="Broken">Why it cannot be used, for admins; null when it can.</param>
/// <param name="Unreachable">True when it is broken only because its database did not answer.</param>
internal sealed record Dataset(
    DatasetDefinition Definition, IReadOnlyList<DatasetColumn> Columns, IReadOnlyList<string> Key, string? Broken = null, bool Unreachable = false)
{
    public string Name => Definition.Name;

    public string Title => Definition.Title ?? Definition.Name;

    /// <summary>What stands behind FROM: the quoted name of the table, or the query in parentheses. Null when broken.</summary>
    public string? Relation { get; init; }

    /// <summary>The row filter as the database has read it; null without one, and when broken.</summary>
    public RowFilter? RowFilter { get; init; }

    /// <summary>What the planner expects of all rows, without row filter; null when broken.</summary>
    public PlannedRows? Planned { get; init; }

    /// <summary>What the person may do for whom it was looked up. Null in the catalog, which knows no persons; a dataset with a row filter cannot be read then.</summary>
    public Permission? Permission { get; init; }

    /// <summary>The most rows of one export; null means no limit.</summary>
    public long? RowLimit => Permission is { } permission ? permission.RowLimit : Definition.RowLimit;

    /// <summary>The column that a date range means when it names none; null when there is none, or not for this person.</summary>
    public string? DateColumn => Definition.DateColumn is { } column && Find(column) is not null ? column : null;

    /// <summary>A visible column by its exact name.</summary>
    public DatasetColumn? Find(string column) => Columns.FirstOrDefault(c => c.Name == column);

    /// <summary>A visible column that was there when the criteria were settled.</summary>
    /// <exception cref="DatasetChangedException">It is there no more.</exception>
    public DatasetColumn Has(string column) =>
        Find(column) ?? throw new DatasetChangedException($"The dataset {Title} no longer has the column {column}.");
}

/// <summary>What kind of value a filter on the column compares with; the page chooses its input by it.</summary>
internal enum ValueKind
{
    Text,
    Number,
    Boolean,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Uuid,
    Choice,
    Other,
}

/// <param name="DatabaseType">As PostgreSQL's format_type prints it, such as `numeric(12,2)`.</param>
/// <param name="SelectAs">SQL template for reading it, `{0}` being the qualified column, such as `{0}::text`.</param>
/// <param name="CastAs">The type a filter value is cast to, quoted where needed.</param>
/// <param name="Choices">The labels of an enum; empty otherwise.</param>
/// <param name="Operators">What a filter on it may use, in the spelling of the API.</param>
internal sealed record DatasetColumn(
    string Name, string Title, string DatabaseType, CellType Cell, ValueKind Kind, string SelectAs, string CastAs,
    IReadOnlyList<string> Choices, IReadOnlyList<string> Operators)
{
    /// <summary>SQL template for comparing it with a filter value.</summary>
    public string FilterAs { get; init; } = "{0}";

    /// <summary>False for types without an order, such as json and point: a request cannot sort by them.</summary>
    public bool Sortable { get; init; } = true;

    /// <summary>False only where the table says NOT NULL.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>Two types of which this is the same compare with values of a request in the same way.</summary>
    public string ComparesAs => Kind == ValueKind.Other ? CastAs : Kind.ToString().ToLowerInvariant();

    public FileColumn ToFileColumn() => new(Name, Title, Cell);
}
