using ExportHub.Datasets;
using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>What kinds of values and operators are called on the page.</summary>
internal static class ColumnWords
{
    public static string Kind(ValueKind kind) => kind switch
    {
        ValueKind.Text => Text.Of("Text"),
        ValueKind.Number => Text.Of("Number"),
        ValueKind.Boolean => Text.Of("Yes or no"),
        ValueKind.Date => Text.Of("Date"),
        ValueKind.Time => Text.Of("Time of day"),
        ValueKind.Timestamp or ValueKind.TimestampTz => Text.Of("Date and time"),
        ValueKind.Uuid => Text.Of("Identifier"),
        ValueKind.Choice => Text.Of("Choice"),
        _ => Text.Of("Other"),
    };

    public static string Operator(string op, ValueKind kind) => op switch
    {
        "eq" => Text.Of("is"),
        "ne" => Text.Of("is not"),
        "lt" => IsTime(kind) ? Text.Of("is before") : Text.Of("is less than"),
        "lte" => IsTime(kind) ? Text.Of("is on or before") : Text.Of("is at most"),
        "gt" => IsTime(kind) ? Text.Of("is after") : Text.Of("is more than"),
        "gte" => IsTime(kind) ? Text.Of("is on or after") : Text.Of("is at least"),
        "between" => Text.Of("is between"),
        "in" => Text.Of("is one of"),
        "notIn" => Text.Of("is none of"),
        "contains" => Text.Of("contains"),
        "startsWith" => Text.Of("starts with"),
        "endsWith" => Text.Of("ends with"),
        "isNull" => Text.Of("is empty"),
        "isNotNull" => Text.Of("is not empty"),
        _ => op,
    };

    /// <summary>Ascending and descending in the words of the kind.</summary>
    public static (string Ascending, string Descending) Order(ValueKind kind) => kind switch
    {
        ValueKind.Number => (Text.Of("smallest first"), Text.Of("largest first")),
        ValueKind.Date or ValueKind.Time or ValueKind.Timestamp or ValueKind.TimestampTz => (Text.Of("oldest first"), Text.Of("newest first")),
        _ => (Text.Of("A to Z"), Text.Of("Z to A")),
    };

    public static bool IsTime(ValueKind kind) => kind is ValueKind.Date or ValueKind.Time or ValueKind.Timestamp or ValueKind.TimestampTz;
}
