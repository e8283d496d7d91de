using System.Globalization;

namespace ExportHub.Formats;

/// <summary>Checks the format and the options of one request; every fault is reported, none ends the check.</summary>
internal sealed class FormatCheck(FileFormat? format, FormatOptions options, Action<string, string> fault)
{
    private const int LongestNullText = 20;
    private const string DefaultCulture = "en-US";

    private bool faulty = format is null;

    private bool IsExcel => options.Profile == "excel";

    public FormatSettings? Settle(TimeZoneInfo zone)
    {
        Choice("options.profile", options.Profile, ["machine", "excel"]);
        Choice("options.header", options.Header, ["title", "name"]);
        Choice("options.compression", options.Compression, ["none", "gzip"]);
        var culture = Culture();
        var delimiter = Delimiter(culture);
        NullText(delimiter);
        Suitable();
        return faulty || format is null
            ? null
            : new FormatSettings
            {
                Format = format,
                ExcelProfile = IsExcel,
                Delimiter = delimiter,
                Culture = IsExcel ? culture.Name : "",
                FormulaGuard = options.FormulaGuard ?? true,
                NullText = options.NullText ?? "",
                HeaderTitles = options.Header is null ? IsExcel || format == FileFormats.Xlsx : options.Header == "title",
                Gzip = options.Compression == "gzip",
                TimeZone = zone,
            };
    }

    private void Fault(string field, string sentence)
    {
        faulty = true;
        fault(field, sentence);
    }

    private void Choice(string field, string? value, string[] allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            Fault(field, $"“{value}” is not allowed here; write {allowed[0]} or {allowed[1]}.");
        }
    }

    private CultureInfo Culture()
    {
        if (Known(options.Culture ?? DefaultCulture) is { } culture)
        {
            return culture;
        }

        Fault("options.culture", $"“{options.Culture}” is not a culture that is known here; write a name such as de-DE, en-US or fr-FR.");
        return CultureInfo.InvariantCulture;
    }

    private static CultureInfo? Known(string name)
    {
        try
        {
            return name.Length == 0 ? null : CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private char Delimiter(CultureInfo culture)
    {
        if (options.Delimiter is null)
        {
            return IsExcel ? ListSeparator(culture) : ',';
        }

        if (options.Delimiter is "," or ";" or "|" or "\t")
        {
            return options.Delimiter[0];
        }

        Fault("options.delimiter", $"“{options.Delimiter}” cannot divide columns; write a comma, a semicolon, a vertical bar or a TAB.");
        return ',';
    }

    /// <summary>What a culture's Excel divides columns by; a decimal comma leaves the semicolon.</summary>
    private static char ListSeparator(CultureInfo culture) =>
        culture.TextInfo.ListSeparator == "," && culture.NumberFormat.NumberDecimalSeparator != "," ? ',' : ';';

    private void NullText(char delimiter)
    {
        if (options.NullText is not { } text)
        {
            return;
        }

        if (text.Length > LongestNullText)
        {
            Fault("options.nullText", $"The text for empty values has {text.Length} characters; at most {LongestNullText} are allowed.");
        }

        if (text.Any(c => char.IsControl(c) || c == '"' || c == delimiter))
        {
            Fault("options.nullText", "The text for empty values must not contain a quote, a line break, another control character or the delimiter.");
        }
    }

    private void Suitable()
    {
        if (format is null)
        {
            return;
        }

        var csv = format == FileFormats.Csv;
        Suits("options.profile", options.Profile is null || csv, "only for csv");
        Suits("options.delimiter", options.Delimiter is null || csv, "only for csv");
        Suits("options.formulaGuard", options.FormulaGuard is null || csv, "only for csv");
        Suits("options.nullText", options.NullText is null || csv, "only for csv");
        Suits("options.header", options.Header is null || csv || format == FileFormats.Xlsx, "only for csv and xlsx");
        Suits("options.culture", options.Culture is null || (csv && IsExcel), "only for csv with the profile excel");
    }

    private void Suits(string field, bool suits, string where)
    {
        if (!suits)
        {
            Fault(field, $"This option is {where}; leave it out.");
        }
    }
}
