using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExportHub.Language;

namespace ExportHub.Datasets;

/// <summary>Numbers in filters: as JSON numbers or as texts, exact, never through a double unless the column is one.</summary>
internal static partial class NumberValue
{
    private const int LongestNumber = 1_000;
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;

    /// <summary>Null and what is allowed when the value is no number of that type.</summary>
    public static FilterValue? Parse(string type, JsonElement value, out string allowed)
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : FilterValue.Unescape(value) ?? "";
        switch (type)
        {
            case "int2":
                return Integer(text, short.MinValue, short.MaxValue, out allowed);
            case "int4":
                return Integer(text, int.MinValue, int.MaxValue, out allowed);
            case "int8":
                return Integer(text, long.MinValue, long.MaxValue, out allowed);
            case "float4":
                allowed = Text.Of("Give a number such as 1234.5, of about {0} at most.", "3.4e38");
                return Float(text, float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single) ? single : null);
            case "float8":
                allowed = Text.Of("Give a number such as 1234.5, of about {0} at most.", "1.8e308");
                return Float(text, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null);
            default:
                allowed = Text.Of("Give a number such as 1234.5, with {0:N0} digits at most.", LongestNumber);
                return Numeric(text);
        }
    }

    private static FilterValue? Integer(string text, long least, long most, out string allowed)
    {
        allowed = Text.Of("Give a whole number from {0:N0} to {1:N0}.", least, most);
        return long.TryParse(text, Whole, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? new(number.ToString(CultureInfo.InvariantCulture), () => number)
            : null;
    }

    // PostgreSQL refuses what overflows to infinity or underflows to zero, .NET does not.
    private static FilterValue? Float(string text, double? number)
    {
        if (IsSpecial(text))
        {
            return new(text);
        }

        return Decimal().Match(text) is { Success: true } parts && number is { } finite && double.IsFinite(finite)
            && (finite != 0 || !parts.Groups["digits"].ValueSpan.ContainsAnyInRange('1', '9'))
            ? new(text, () => finite)
            : null;
    }

    private static FilterValue? Numeric(string text)
    {
        if (IsSpecial(text))
        {
            return new(text);
        }

        return text.Length <= LongestNumber
            && Decimal().Match(text) is { Success: true } parts && Math.Abs(Exponent(parts)) <= LongestNumber
            ? new(text, () => Scaled(parts))
            : null;
    }

    // Every accepted number is a whole multiple of 10 to the minus 2,000.
    private static BigInteger Scaled(Match parts)
    {
        var digits = parts.Groups["digits"].Value;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : digits.Length - point - 1;
        var whole = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var scaled = whole * BigInteger.Pow(10, (2 * LongestNumber) + Exponent(parts) - decimals);
        return parts.Groups["sign"].ValueSpan is "-" ? -scaled : scaled;
    }

    private static bool IsSpecial(string text) => text is "NaN" or "Infinity" or "-Infinity";

    private static int Exponent(Match parts) =>
        parts.Groups["exponent"] is { Success: true } said ? int.Parse(said.ValueSpan, Whole, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?<sign>[+-]?)(?<digits>[0-9]+(\.[0-9]*)?|\.[0-9]+)([eE](?<exponent>[+-]?[0-9]{1,4}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();
}
