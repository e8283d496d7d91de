using System.Globalization;
using ExportHub.Datasets;

namespace ExportHub.Pages.Datasets;

/// <summary>The fields of the page on which a definition is made, as they were typed: what cannot be read is still there to be mended.</summary>
internal sealed class DatasetForm
{
    /// <summary>Of the definition that was opened; null for a new one.</summary>
    public string? Stamp { get; set; }

    public string? Name { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>The name of a connection string; null is ExportHub's own database.</summary>
    public string? Source { get; set; }

    public string? From { get; set; }

    public string? Query { get; set; }

    /// <summary>A column on each line.</summary>
    public string? Key { get; set; }

    public string? DateColumn { get; set; }

    public string? RowLimit { get; set; }

    /// <summary>Days, or `d.hh:mm:ss`.</summary>
    public string? Retention { get; set; }

    public string? See { get; set; }

    public string? Export { get; set; }

    public string? Raw { get; set; }

    public string? AllRows { get; set; }

    /// <summary>`role=number` on each line.</summary>
    public string? RowLimits { get; set; }

    public string? RowFilter { get; set; }

    public List<ColumnRow> Columns { get; set; } = [];

    /// <summary>Whether it is to be saved although it does not work.</summary>
    public bool SaveBroken { get; set; }

    /// <summary>Whether the comments of the file may be lost.</summary>
    public bool Replace { get; set; }

    public static DatasetForm Of(DatasetDefinition definition, string? stamp) => new()
    {
        Stamp = stamp,
        Name = definition.Name,
        Title = definition.Title,
        Description = definition.Description,
        Source = definition.Source,
        From = definition.From,
        Query = definition.Query,
        Key = definition.Key is { } key ? string.Join('\n', key) : null,
        DateColumn = definition.DateColumn,
        RowLimit = definition.RowLimit?.ToString(CultureInfo.InvariantCulture),
        Retention = definition.Retention is { } time ? RetentionJson.Write(time) : null,
        See = Listed(definition.Rights?.See),
        Export = Listed(definition.Rights?.Export),
        Raw = Listed(definition.Rights?.Raw),
        AllRows = Listed(definition.Rights?.AllRows),
        RowLimits = definition.Rights is { } rights ? string.Join('\n', rights.RowLimits.Select(limit => $"{limit.Key}={limit.Value.ToString(CultureInfo.InvariantCulture)}")) : null,
        RowFilter = definition.RowFilter,
        Columns = [.. definition.Columns.Where(column => column.Value is not null).Select(column => ColumnRow.Of(column.Key, column.Value))],
    };

    private static string? Listed(IReadOnlyList<string>? roles) => roles is null ? null : string.Join(", ", roles);
}

/// <summary>What is said of one column.</summary>
internal sealed class ColumnRow
{
    public string? Name { get; set; }

    public string? Title { get; set; }

    public bool Hidden { get; set; }

    public string? Roles { get; set; }

    public bool SaysSomething => Title is not null || Hidden || Roles is not null;

    // An empty list means nobody but administrators, and an empty field everybody.
    public static ColumnRow Of(string name, ColumnDefinition column) => new()
    {
        Name = name,
        Title = column.Title,
        Hidden = column.Hidden,
        Roles = column.Roles switch { null => null, [] => ExportHub.Access.Roles.Admin, var roles => string.Join(", ", roles) },
    };
}
