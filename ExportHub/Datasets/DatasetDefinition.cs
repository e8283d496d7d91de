using System.Text.Json.Serialization;

namespace ExportHub.Datasets;

/// <summary>
/// One file of the datasets folder: something that may be exported. Exactly one of <see cref="From"/> and <see cref="Query"/> is given.
/// A member that is not known here makes the definition broken, so that a misspelled or not yet supported rule is never silently ignored.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DatasetDefinition
{
    /// <summary>What requests call it: lower-case letters, digits and underscores. Default: the file name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What people call it. Default: the name.</summary>
    public string? Title { get; init; }

    /// <summary>One sentence on what is in it.</summary>
    public string? Description { get; init; }

    /// <summary>Name of the connection string to read from; null means ExportHub's own database.</summary>
    public string? Source { get; init; }

    /// <summary>A table or view, `schema.name`.</summary>
    public string? From { get; init; }

    /// <summary>A SELECT without a trailing semicolon.</summary>
    public string? Query { get; init; }

    /// <summary>Columns that together are unique; appended to every sort so that the order is total. Default: the table's primary key.</summary>
    public IReadOnlyList<string>? Key { get; init; }

    /// <summary>The column a date range means when it names none.</summary>
    public string? DateColumn { get; init; }

    /// <summary>The most rows one export may hold, from 1 to 1,000,000,000; null means no limit.</summary>
    public long? RowLimit { get; init; }

    /// <summary>How long its files are kept, from a second to 3650 days; null means as the person's roles or the settings say.</summary>
    [JsonConverter(typeof(RetentionJson))]
    public TimeSpan? Retention { get; init; }

    /// <summary>Who may see, export and more. Null means administrators only.</summary>
    public RightsDefinition? Rights { get; init; }

    /// <summary>
    /// A condition in SQL that a row must meet, over all columns of the table or query, hidden ones too. `@user.name`, `@user.roles` (a text[]) and `@user.{attribute}` stand
    /// for the person, see <see cref="Datasets.RowFilter"/>. It binds neither administrators nor the roles of <see cref="RightsDefinition.AllRows"/>. Null means
    /// that everybody sees all rows.
    /// </summary>
    public string? RowFilter { get; init; }

    /// <summary>Per column, by its name in the database.</summary>
    public IReadOnlyDictionary<string, ColumnDefinition> Columns { get; init; } = new Dictionary<string, ColumnDefinition>();

    /// <summary>What people call a column: its title, or its name with blanks, so that `ordered_at` reads "Ordered at".</summary>
    public string TitleOf(string column)
    {
        if (Columns.TryGetValue(column, out var said) && said.Title is { } title)
        {
            return title;
        }

        var words = column.Replace('_', ' ').Trim();
        return words.Length == 0 ? column : char.ToUpperInvariant(words[0]) + words[1..];
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ColumnDefinition
{
    public string? Title { get; init; }

    /// <summary>A hidden column can be neither exported, filtered nor sorted by.</summary>
    public bool Hidden { get; init; }

    /// <summary>The roles that may see the column; for all others it is as if it did not exist. Null means everybody who sees the dataset.</summary>
    public IReadOnlyList<string>? Roles { get; init; }
}
