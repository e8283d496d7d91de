using ExportHub.Datasets;

namespace ExportHub.Pages.Words;

/// <summary>What kinds of values and operators are called on the page.</summary>
internal static class ColumnWords
{
    public static string Kind(ValueKind kind) => kind switch
    {
        ValueKind.Text => "Text",
        ValueKind.Number => "Number",
        ValueKind.Boolean => "Yes or no",
        ValueKind.Date => "Date",
        ValueKind.Time => "Time of day",
        ValueKind.Timestamp or ValueKind.TimestampTz => "Date and time",
        ValueKind.Uuid => "Identifier",
        ValueKind.Choice => "Choice",
        _ => "Other",
    };

    public static string Operator(string op, ValueKind kind) => op switch
    {
        "eq" => "is",
        "ne" => "is not",
        "lt" => IsTime(kind) ? "is before" : "is less than",
        "lte" => IsTime(kind) ? "is on or before" : "is at most",
        "gt" => IsTime(kind) ? "is after" : "is more than",
        "gte" => IsTime(kind) ? "is on or after" : "is at least",
        "between" => "is between",
        "in" => "is one of",
        "notIn" => "is none of",
        "contains" => "contains",
        "startsWith" => "starts with",
        "endsWith" => "ends with",
        "isNull" => "is empty",
        "isNotNull" => "is not empty",
        _ => op,
    };

    /// <summary>Ascending and descending in the words of the kind.</summary>
    public static (string Ascending, string Descending) Order(ValueKind kind) => kind switch
    {
        ValueKind.Number => ("smallest first", "largest first"),
        ValueKind.Date or ValueKind.Time or ValueKind.Timestamp or ValueKind.TimestampTz => ("oldest first", "newest first"),
        _ => ("A to Z", "Z to A"),
    };

    public static bool IsTime(ValueKind kind) => kind is ValueKind.Date or ValueKind.Time or ValueKind.Timestamp or ValueKind.TimestampTz;
}
