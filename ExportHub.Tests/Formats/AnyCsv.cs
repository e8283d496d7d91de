using System.Globalization;
using System.Text.RegularExpressions;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

/// <summary>Random options of CSV, and what a field must read back as under them, worked out in another way than the product does.</summary>
internal sealed record AnyCsv(FormatOptions Options, string DatePattern, char DecimalSign)
{
    private const string Hidden = "[\\p{Z}\\p{Cc}\\p{Cf}\"]*";
    private const string Formula = "[=+\\-@＝＋－＠]";

    private static readonly (string Culture, string Dates, char Sign)[] Cultures = [("de-DE", "dd.MM.yyyy", ','), ("en-US", "M/d/yyyy", '.'), ("fr-FR", "dd/MM/yyyy", ',')];

    private bool Excel => Options.Profile == "excel";

    public static AnyCsv Of(Random random)
    {
        var (culture, dates, sign) = random.GetItems(Cultures, 1)[0];
        var options = new FormatOptions
        {
            Profile = Pick("machine", "excel", null),
            Delimiter = Pick(",", ";", "\t", "|", null),
            Quote = Pick("needed", "text", "all", null),
            LineEnd = Pick("crlf", "lf", null),
            Bom = Pick("true", "false", null) is { } bom ? bool.Parse(bom) : null,
            Decimal = Pick(".", ",", null),
            DateFormat = Pick("iso", "d.M.yyyy", "yyyyMMdd", "MM-dd yyyy", null),
            NullText = Pick("NULL", "-", "abc", "0", null),
            FormulaGuard = Pick("false", null, null) is null ? null : false,
        };
        var excel = options.Profile == "excel";
        return new AnyCsv(
            excel ? options with { Culture = culture } : options, options.DateFormat ?? (excel ? dates : "iso"), options.Decimal?[0] ?? (excel ? sign : '.'));

        string? Pick(params string?[] choices) => random.GetItems(choices, 1)[0];
    }

    public string Field(AnyCell cell, char delimiter) => cell.Value switch
    {
        bool value when Excel => value ? "TRUE" : "FALSE",
        string text when cell.Type is CellType.Text or CellType.Json => Options.FormulaGuard is null ? Guarded(text, delimiter) : text,
        float or double or string => cell.Text.Replace('.', DecimalSign),
        DateOnly date when DatePattern != "iso" => date.ToString(Escaped, CultureInfo.InvariantCulture),
        TimeSpan time when DatePattern != "iso" => time.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture),
        DateTime moment when DatePattern != "iso" => Local(cell.Type, moment).ToString($"{Escaped} HH':'mm':'ss", CultureInfo.InvariantCulture),
        _ => cell.Text,
    };

    private string Escaped => DatePattern.Replace("/", "'/'", StringComparison.Ordinal);

    private static DateTime Local(CellType type, DateTime moment) =>
        type == CellType.TimestampTz ? moment + AnyCell.Zone.GetUtcOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)) : moment;

    private static string Guarded(string text, char delimiter)
    {
        var foreign = ",;\t|".Replace($"{delimiter}", "", StringComparison.Ordinal) + "\r\n";
        var harmful = Regex.Match(text, "[^0-9 .,:;+\\-*/%()\\[\\]{}\"\\r\\n\\t]", RegexOptions.RightToLeft);
        var inside = Regex.Replace(
            text, $"(?<=[{foreign}]{Hidden}){Formula}", at => harmful.Success && at.Index <= harmful.Index ? "'" + at.Value : at.Value);
        return Regex.IsMatch(text, $"^([\\t\\r\\n]|{Hidden}{Formula})") ? "'" + inside : inside;
    }
}
