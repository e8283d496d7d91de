using System.Text.RegularExpressions;

namespace ExportHub.Datasets;

/// <summary>Criteria in words for people.</summary>
internal static partial class CriteriaWords
{
    /// <summary>
    /// One short phrase for each part that was asked for, such as "Status is paid or shipped", the columns first; titles instead of names.
    /// </summary>
    public static IReadOnlyList<string> Describe(DatasetDefinition definition, Criteria criteria)
    {
        var phrases = new List<string> { Columns(definition, criteria.Columns) };
        if (criteria.DateRange is { } range)
        {
            phrases.Add(Range(definition.TitleOf(range.Column), range, criteria.TimeZone));
        }

        phrases.AddRange(criteria.Filters.Select(f => $"{definition.TitleOf(f.Column)} {Predicate(f)}"));
        if (criteria.Sort.Count > 0)
        {
            phrases.Add($"Sorted by {string.Join(", then ", criteria.Sort.Select(k => Key(definition, k)))}");
        }

        if (criteria.Limit is { } limit)
        {
            phrases.Add(limit == 1 ? "At most 1 row" : $"At most {ListOf.Count(limit)} rows");
        }

        if (criteria.DateRange is null && criteria.TimeZone != "UTC")
        {
            phrases.Add($"Times in {criteria.TimeZone}");
        }

        return phrases;
    }

    private static string Columns(DatasetDefinition definition, IReadOnlyList<string> columns)
    {
        var titles = string.Join(", ", columns.Take(12).Select(definition.TitleOf));
        var more = columns.Count > 12 ? $" and {ListOf.Count(columns.Count - 12)} more" : "";
        return columns.Count == 1 ? $"1 column: {titles}" : $"{ListOf.Count(columns.Count)} columns: {titles}{more}";
    }

    private static string Range(string title, DateRange range, string zone)
    {
        var bounds = (range.From, range.To) switch
        {
            ({ } from, { } to) => $"from {Shown(from)} up to, not including, {Shown(to)}",
            ({ } from, null) => $"from {Shown(from)} on",
            (null, { } to) => $"before {Shown(to)}",
            _ => "at any time",
        };
        var asked = range.Relative is { } relative ? $" {relative.Replace('_', ' ')}:" : "";
        return $"{title}{asked} {bounds} ({zone})";
    }

    private static string Key(DatasetDefinition definition, SortKey key) =>
        key.Descending ? $"{definition.TitleOf(key.Column)}, highest first" : definition.TitleOf(key.Column);

    private static string Predicate(Filter filter)
    {
        List<string> values = [.. filter.Values.Select(v => filter.WholeDays ? v[..Moment.Day.Length] : Shown(v))];
        var time = values.Count > 0 && StartsAsDate().IsMatch(values[0]);
        return filter.Op switch
        {
            Operators.Equal => $"is {values[0]}",
            Operators.NotEqual => $"is not {values[0]}",
            Operators.Less => time ? $"is before {values[0]}" : $"is less than {values[0]}",
            Operators.LessOrEqual => time ? $"is {values[0]} or earlier" : $"is at most {values[0]}",
            Operators.Greater => time ? $"is after {values[0]}" : $"is more than {values[0]}",
            Operators.GreaterOrEqual => time ? $"is {values[0]} or later" : $"is at least {values[0]}",
            Operators.Between => $"is from {values[0]} to {values[1]}, both included",
            Operators.In => $"is {ListOf.Alternatives(values)}",
            Operators.NotIn => $"is not {ListOf.Alternatives(values)}",
            Operators.Contains => $"contains “{values[0]}”",
            Operators.StartsWith => $"starts with “{values[0]}”",
            Operators.EndsWith => $"ends with “{values[0]}”",
            Operators.IsNull => "is empty",
            Operators.IsNotNull => "is not empty",
            _ => filter.Op,
        };
    }

    // A bound at midnight is a day, and people do not read seconds or offsets they did not write.
    private static string Shown(string value)
    {
        if (value.Length == 0)
        {
            return "“”";
        }

        var point = Point().Match(value);
        return !point.Success ? value
            : point.Groups["time"].Value == "00:00:00" ? point.Groups["day"].Value
            : $"{point.Groups["day"].Value} {point.Groups["time"].Value}";
    }

    [GeneratedRegex(@"\A\d{4,5}-\d\d-\d\d")]
    private static partial Regex StartsAsDate();

    [GeneratedRegex(@"\A(?<day>\d{4,5}-\d\d-\d\d)T(?<time>\d\d:\d\d:\d\d(\.\d+)?)([+-]\d\d:\d\d)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Point();
}
