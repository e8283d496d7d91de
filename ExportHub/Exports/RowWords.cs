using System.Globalization;
using ExportHub.Datasets;

namespace ExportHub.Exports;

/// <summary>The rows of a finished export in sentences.</summary>
internal static class RowWords
{
    /// <summary>Such as "1,000,000 of 1,284,332 rows, because the limit is 1,000,000."</summary>
    public static string Written(Export export) => export switch
    {
        { IsLimited: true, IsCounted: true } => $"{Number(export.Rows)} of {Rows(export.SelectedRows!.Value)}, because {Limit(export)}.",
        { IsLimited: true } => $"The first {Rows(export.Rows)}; there are more, because {Limit(export)}.",
        { IsCounted: true } => $"{Rows(export.Rows)}: all that were asked for, counted once more in the same snapshot.",
        _ => $"{Rows(export.Rows)}: all that the database gave.",
    };

    /// <summary>Null when rows were counted.</summary>
    public static string? NotCounted(Export export) => export.NotCounted switch
    {
        Datasets.NotCounted.TooMany => "So many rows were expected that they are not counted here.",
        Datasets.NotCounted.TooSlow => "Counting took longer than an export waits for it.",
        Datasets.NotCounted.Failed => "The database did not get the count done.",
        _ => export.SelectedRows is null ? "The file is from before rows were counted for a receipt." : null,
    };

    /// <summary>What is to be said of the rows that were out of reach; null when all were within it.</summary>
    public static string? Rule(Export export) => export.Scope is { Filter: not null } ? $"Only rows that {export.RequestedBy} may see" : null;

    private static string Limit(Export export) => export.Criteria.Limit == export.Dataset.RowLimit
        ? $"one export of this dataset holds at most {Number(export.Rows)}"
        : $"the limit is {Number(export.Rows)}";

    private static string Rows(long rows) => rows == 1 ? "1 row" : $"{Number(rows)} rows";

    private static string Number(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);
}
