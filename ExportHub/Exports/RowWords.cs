using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Exports;

/// <summary>The rows of a finished export in sentences.</summary>
internal static class RowWords
{
    /// <summary>Such as "1,000,000 of 1,284,332 rows, because the limit is 1,000,000."</summary>
    public static string Written(Export export) => export switch
    {
        { IsLimited: true, IsCounted: true } => Text.Of("{0:N0} of {1}, because {2}.", export.Rows, Rows(export.SelectedRows!.Value), Limit(export)),
        { IsLimited: true } => export.Rows == 1 ? Text.Of("The first row; there are more, because {0}.", Limit(export)) : Text.Of("The first {0:N0} rows; there are more, because {1}.", export.Rows, Limit(export)),
        { IsCounted: true } => Text.Of("{0}: all that were asked for, counted once more in the same snapshot.", Rows(export.Rows)),
        _ => Text.Of("{0}: all that the database gave.", Rows(export.Rows)),
    };

    /// <summary>Null when rows were counted.</summary>
    public static string? NotCounted(Export export) => export.NotCounted switch
    {
        Datasets.NotCounted.TooMany => Text.Of("So many rows were expected that they are not counted here."),
        Datasets.NotCounted.TooSlow => Text.Of("Counting took longer than an export waits for it."),
        Datasets.NotCounted.Failed => Text.Of("The database did not get the count done."),
        _ => export.SelectedRows is null ? Text.Of("The file is from before rows were counted for a receipt.") : null,
    };

    /// <summary>What is to be said of the rows that were out of reach; null when all were within it.</summary>
    public static string? Rule(Export export) => export.Scope is { Filter: not null } ? Text.Of("Only rows that {0} may see", export.RequestedBy) : null;

    private static string Limit(Export export) => export.Criteria.Limit == export.Dataset.RowLimit
        ? Text.Of("one export of this dataset holds at most {0:N0}", export.Rows)
        : Text.Of("the limit is {0:N0}", export.Rows);

    private static string Rows(long rows) => rows == 1 ? Text.Of("1 row") : Text.Of("{0:N0} rows", rows);
}
