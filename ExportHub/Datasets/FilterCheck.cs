using System.Text.Json;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Checks one filter.</summary>
internal static class FilterCheck
{
    public const int MostValues = 100_000;

    /// <summary>Null after a fault; <paramref name="field"/> is the filter's place, such as `filters[0]`.</summary>
    public static Filter? Settle(Dataset dataset, FilterRequest? request, string field, TimeZoneInfo zone, Action<string, string> fault)
    {
        if (request?.Column is not { } name || dataset.Find(name) is not { } column)
        {
            fault($"{field}.column", CriteriaCheck.NoSuchColumn(dataset));
            return null;
        }

        if (request.Op is not { } op || !column.Operators.Contains(op))
        {
            fault($"{field}.op", Text.Of("Column {0} takes: {1}.", column.Name, ListOf.Names(column.Operators)));
            return null;
        }

        var values = Values(op, column, request.Value ?? default, zone, out var problem);
        if (values is null)
        {
            fault($"{field}.value", problem);
            return null;
        }

        return values is [{ DayEnd: not null }, ..]
            ? new Filter(name, op, [.. values.Select(v => v.Text)], WholeDays: true, [.. values.Select(v => v.DayEnd!)])
            : new Filter(name, op, [.. values.Select(v => v.Text)]);
    }

    private static List<FilterValue>? Values(string op, DatasetColumn column, JsonElement value, TimeZoneInfo zone, out string problem)
    {
        var given = value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        problem = "";
        switch (op)
        {
            case Operators.IsNull or Operators.IsNotNull:
                problem = Text.Of("{0} takes no value.", op);
                return given ? null : [];
            case Operators.Between:
                problem = Text.Of("Give an array of two values, the lower one first.");
                return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
                    ? InOrder(Each(column, value, zone, ref problem), ref problem)
                    : null;
            case Operators.In or Operators.NotIn:
                problem = Text.Of("Give an array of 1 to {0:N0} values.", MostValues);
                return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is > 0 and <= MostValues
                    ? Each(column, value, zone, ref problem)
                    : null;
            case Operators.Contains or Operators.StartsWith or Operators.EndsWith:
                return FilterValue.Pattern(value, out problem) is { } pattern ? [pattern] : null;
            default:
                return FilterValue.Parse(column, value, zone, out problem) is { } one ? [one] : null;
        }
    }

    private static List<FilterValue>? Each(DatasetColumn column, JsonElement values, TimeZoneInfo zone, ref string problem)
    {
        var parsed = new List<FilterValue>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            if (FilterValue.Parse(column, value, zone, out var wrong) is not { } one)
            {
                problem = Text.Of("Value {0}: {1}", parsed.Count + 1, wrong);
                return null;
            }

            parsed.Add(one);
        }

        if (parsed.Select(v => v.DayEnd is null).Distinct().Count() > 1)
        {
            problem = Text.Of("Give either dates or times, not some of each.");
            return null;
        }

        return parsed;
    }

    // Texts carry no order here: theirs is the database's collation.
    private static List<FilterValue>? InOrder(List<FilterValue>? values, ref string problem)
    {
        if (values is not [{ Order: { } low }, { Order: { } high }] || low().CompareTo(high()) <= 0)
        {
            return values;
        }

        problem = Text.Of("The first value must not be greater than the second.");
        return null;
    }
}
