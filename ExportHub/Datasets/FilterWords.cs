using System.Globalization;
using System.Text.RegularExpressions;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>What a filter asks of its column, in words.</summary>
internal static partial class FilterWords
{
    private const int Named = 10;

    /// <summary>To stand behind the title of the column, such as "is paid or shipped"; of a long list only the first values.</summary>
    /// <param name="ofDates">Whether the column holds dates; a text that looks like one is shown as it is.</param>
    public static string Predicate(Filter filter, bool ofDates)
    {
        // One more than is shown tells whether there are more, however long the list.
        List<string> values = [.. filter.Values.Take(Named + 1).Select(v => filter.WholeDays ? Day(v[..Moment.Day.Length]) : Shown(v, ofDates))];
        var time = filter.Values is [var first, ..] && StartsAsDate().IsMatch(first);
        return filter.Op switch
        {
            Operators.Equal => Text.Of("is {0}", values[0]),
            Operators.NotEqual => Text.Of("is not {0}", values[0]),
            Operators.Less => time ? Text.Of("is before {0}", values[0]) : Text.Of("is less than {0}", values[0]),
            Operators.LessOrEqual => time ? Text.Of("is {0} or earlier", values[0]) : Text.Of("is at most {0}", values[0]),
            Operators.Greater => time ? Text.Of("is after {0}", values[0]) : Text.Of("is more than {0}", values[0]),
            Operators.GreaterOrEqual => time ? Text.Of("is {0} or later", values[0]) : Text.Of("is at least {0}", values[0]),
            Operators.Between => Text.Of("is from {0} to {1}, both included", values[0], values[1]),
            Operators.In => Text.Of("is {0}", Alternatives(values, filter.Values.Count)),
            Operators.NotIn => Text.Of("is not {0}", Alternatives(values, filter.Values.Count)),
            Operators.Contains => Text.Of("contains “{0}”", values[0]),
            Operators.StartsWith => Text.Of("starts with “{0}”", values[0]),
            Operators.EndsWith => Text.Of("ends with “{0}”", values[0]),
            Operators.IsNull => Text.Of("is empty"),
            Operators.IsNotNull => Text.Of("is not empty"),
            _ => filter.Op,
        };
    }

    /// <summary>A canonical value as people read it: a bound at midnight is a day, and nobody reads seconds or offsets that they did not write.</summary>
    public static string Shown(string value, bool isDate)
    {
        if (value.Length == 0)
        {
            return "“”";
        }

        var point = Point().Match(value);
        return !point.Success ? isDate ? Day(value) : value
            : point.Groups["time"].Value == "00:00:00" ? Day(point.Groups["day"].Value)
            : $"{Day(point.Groups["day"].Value)} {point.Groups["time"].Value}";
    }

    /// <summary>As the reader writes it; PostgreSQL has years that no calendar here has.</summary>
    private static string Day(string day) =>
        DateOnly.TryParseExact(day, Moment.Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
            ? known.ToString(Text.Of("yyyy-MM-dd"), CultureInfo.InvariantCulture)
            : day;

    private static string Alternatives(List<string> values, int count) => values.Count switch
    {
        0 => Text.Of("nothing"),
        1 => values[0],
        <= Named => Text.Of("{0} or {1}", string.Join(", ", values.Take(values.Count - 1)), values[^1]),
        _ => Text.Of("one of {0:N0} values: {1} and {2:N0} more", count, string.Join(", ", values.Take(Named)), count - Named),
    };

    [GeneratedRegex(@"\A\d{4,5}-\d\d-\d\d")]
    private static partial Regex StartsAsDate();

    [GeneratedRegex(@"\A(?<day>\d{4,5}-\d\d-\d\d)T(?<time>\d\d:\d\d:\d\d(\.\d+)?)([+-]\d\d:\d\d)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Point();
}
