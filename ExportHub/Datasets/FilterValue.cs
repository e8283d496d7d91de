using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExportHub.Datasets;

/// <summary>One value of a filter, checked so far that PostgreSQL's cast to the column's type cannot fail.</summary>
/// <param name="Text">Canonical.</param>
/// <param name="Order">What orders values of the same column, worked out only when asked; null where the database alone knows the order.</param>
/// <param name="DayEnd">See <see cref="Moment.DayEnd"/>.</param>
internal sealed partial record FilterValue(string Text, Func<IComparable>? Order = null, string? DayEnd = null)
{
    public const int LongestText = 10_000;

    /// <summary>Null and what is allowed when the value does not suit the column.</summary>
    public static FilterValue? Parse(DatasetColumn column, JsonElement value, TimeZoneInfo zone, out string allowed)
    {
        allowed = "";
        if (column.Kind == ValueKind.Number)
        {
            return NumberValue.Parse(column.CastAs, value, out allowed);
        }

        if (column.Kind == ValueKind.Boolean)
        {
            allowed = Language.Text.Of("Give true or false.");
            return Boolean(value);
        }

        if (Read(value, out allowed) is not { } text)
        {
            return null;
        }

        switch (column.Kind)
        {
            case ValueKind.Date or ValueKind.Timestamp or ValueKind.TimestampTz:
                return Moment.Parse(text, column.Kind, zone, out allowed) is { } m ? new(m.Text, () => m.Order, m.DayEnd) : null;
            case ValueKind.Time:
                allowed = Language.Text.Of("Give a time such as 14:30 or 14:30:00.");
                return TimeOnly.TryParseExact(text, TimePatterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                    ? new(time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture), () => time.Ticks)
                    : null;
            case ValueKind.Uuid:
                allowed = Language.Text.Of("Give a UUID such as {0}.", "0198c5a2-7f3e-7c1d-9a4b-2f6e8d0c1b3a");
                return Guid.TryParseExact(text, "D", out var uuid) ? new(uuid.ToString("D")) : null;
            case ValueKind.Choice:
                allowed = Language.Text.Of("Give one of: {0}.", ListOf.Names(column.Choices));
                return column.Choices.Contains(text) ? new(text) : null;
            default:
                allowed = Language.Text.Of("Give an interval such as P1DT2H30M or 1 day 02:30:00.");
                return column.CastAs != "interval" || Interval().IsMatch(text) ? new(text) : null;
        }
    }

    /// <summary>What contains, startsWith and endsWith look for.</summary>
    public static FilterValue? Pattern(JsonElement value, out string allowed)
    {
        if (Read(value, out allowed) is not { } text)
        {
            return null;
        }

        allowed = Language.Text.Of("Give at least one character.");
        return text.Length > 0 ? new(text) : null;
    }

    private static readonly string[] TimePatterns = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF"];

    private static string? Read(JsonElement value, out string allowed)
    {
        allowed = Language.Text.Of("Give a text in quotes.");
        if (Unescape(value) is not { } text)
        {
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            allowed = Language.Text.Of("The text holds a NUL character, which no text in PostgreSQL can hold.");
            return null;
        }

        allowed = Language.Text.Of("Give a text of {0:N0} characters at most.", LongestText);
        return text.Length <= LongestText ? text : null;
    }

    /// <summary>The text of a JSON string; null for anything else.</summary>
    internal static string? Unescape(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, such as "\ud800", is no text; JsonElement says so with an exception.
            return null;
        }
    }

    private static FilterValue? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => new("true"),
        JsonValueKind.False => new("false"),
        JsonValueKind.String when value.ValueEquals("true") => new("true"),
        JsonValueKind.String when value.ValueEquals("false") => new("false"),
        _ => null,
    };

    // The two spellings in which intervals are exported, with as many digits as PostgreSQL can hold in any unit.
    [GeneratedRegex(
        @"\A-?P(?=.)(-?[0-9]{1,6}Y)?(-?[0-9]{1,6}M)?(-?[0-9]{1,6}W)?(-?[0-9]{1,6}D)?(T(?=.)(-?[0-9]{1,6}H)?(-?[0-9]{1,6}M)?(-?[0-9]{1,6}(\.[0-9]{1,6})?S)?)?\z" +
        @"|\A(-?[0-9]{1,6} years? ?)?(-?[0-9]{1,6} mons? ?)?(-?[0-9]{1,6} days? ?)?(-?[0-9]{1,6}:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?(?<=.)\z")]
    private static partial Regex Interval();
}
