using System.Globalization;
using System.Text;
using ExportHub.Formats.Cells;
using ExportHub.Formats.Csv;
using ExportHub.Language;

namespace ExportHub.Formats;

/// <summary>Checks the format and the options of one request; every fault is reported, none ends the check.</summary>
internal sealed class FormatCheck(FileFormat? format, FormatOptions options, Action<string, string> fault)
{
    private const int LongestNullText = 20;
    private const long FewestRowsPerFile = 1_000;
    private const string DefaultCulture = "en-US";

    private bool faulty = format is null;

    private bool IsExcel => options.Profile == "excel";

    public FormatSettings? Settle(TimeZoneInfo zone)
    {
        Choice("options.profile", options.Profile, ["machine", "excel"]);
        Choice("options.header", options.Header, ["title", "name"]);
        Choice("options.compression", options.Compression, ["none", "gzip", "zip"]);
        Choice("options.quote", options.Quote, ["needed", "text", "all"]);
        Choice("options.lineEnd", options.LineEnd, ["crlf", "lf"]);
        Choice("options.decimal", options.Decimal, [".", ","], Text.Of("a dot or a comma"));
        var culture = Culture();
        var delimiter = Delimiter(culture);
        var moments = Moments(culture);
        NullText(delimiter);
        Parts();
        Suitable();
        return faulty || format is null
            ? null
            : new FormatSettings
            {
                Format = format,
                ExcelProfile = IsExcel,
                Delimiter = delimiter,
                Culture = IsExcel ? culture.Name : "",
                Quote = options.Quote switch { "all" => QuoteRule.All, "text" => QuoteRule.Text, _ => QuoteRule.Needed },
                LineEnd = options.LineEnd == "lf" ? "\n" : "\r\n",
                Bom = options.Bom ?? IsExcel,
                DecimalSign = options.Decimal?[0] ?? (IsExcel && HasDecimalComma(culture) ? ',' : '.'),
                Moments = moments,
                FormulaGuard = options.FormulaGuard ?? true,
                NullText = options.NullText ?? "",
                HeaderTitles = options.Header is null ? IsExcel || format == FileFormats.Xlsx : options.Header == "title",
                Packing = options.Compression switch
                {
                    "gzip" => Packing.Gzip,
                    "zip" => Packing.Zip,
                    _ => options.RowsPerFile is null ? Packing.None : Packing.Zip,
                },
                RowsPerFile = options.RowsPerFile,
                TimeZone = zone,
            };
    }

    private void Fault(string field, string sentence)
    {
        faulty = true;
        fault(field, sentence);
    }

    private void Choice(string field, string? value, string[] allowed, string? inWords = null)
    {
        if (value is not null && !allowed.Contains(value))
        {
            Fault(field, Text.Of("“{0}” is not allowed here; write {1}.", value, inWords ?? Text.Of("{0} or {1}", string.Join(", ", allowed[..^1]), allowed[^1])));
        }
    }

    private CultureInfo Culture()
    {
        if (Known(options.Culture ?? DefaultCulture) is { } culture)
        {
            return culture;
        }

        Fault("options.culture", Text.Of("“{0}” is not a culture that is known here; write a name such as de-DE, en-US or fr-FR.", options.Culture));
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

        Fault("options.delimiter", Text.Of("“{0}” cannot divide columns; write a comma, a semicolon, a vertical bar or a TAB.", options.Delimiter));
        return ',';
    }

    /// <summary>What a culture's Excel divides columns by; a decimal comma leaves the semicolon.</summary>
    private static char ListSeparator(CultureInfo culture) =>
        culture.TextInfo.ListSeparator == "," && !HasDecimalComma(culture) ? ',' : ';';

    private static bool HasDecimalComma(CultureInfo culture) => culture.NumberFormat.NumberDecimalSeparator == ",";

    private MomentForm Moments(CultureInfo culture)
    {
        if (options.DateFormat is not { } format)
        {
            return IsExcel ? new MomentForm(DatePattern.Of(culture), iso: false) : MomentForm.Iso;
        }

        if (format != "iso" && DatePattern.Parse(format) is { } pattern)
        {
            return new MomentForm(pattern, iso: false);
        }

        if (format != "iso")
        {
            Fault("options.dateFormat", Text.Of("“{0}” is not a date format; write iso, or day, month and year once each as d or dd, M or MM and yyyy, with dots, slashes, hyphens or blanks between, such as dd.MM.yyyy.", format));
        }

        return MomentForm.Iso;
    }

    private void NullText(char delimiter)
    {
        if (options.NullText is not { } text)
        {
            return;
        }

        if (text.Length > LongestNullText)
        {
            Fault("options.nullText", Text.Of("The text for empty values has {0} characters; at most {1} are allowed.", text.Length, LongestNullText));
        }

        if (text.Any(c => char.IsControl(c) || c == '"' || c == delimiter))
        {
            Fault("options.nullText", Text.Of("The text for empty values must not contain a quote, a line break, another control character or the delimiter."));
        }

        if (options.FormulaGuard is not false && FormulaGuard.CouldRun(Encoding.UTF8.GetBytes(text)))
        {
            Fault("options.nullText", Text.Of("The text for empty values must not begin like a formula while the formula guard is on."));
        }
    }

    private void Parts()
    {
        if (options.RowsPerFile < FewestRowsPerFile)
        {
            Fault("options.rowsPerFile", Text.Of("{0} rows make too small a file; write 1000 or more.", options.RowsPerFile));
        }

        if (options.RowsPerFile is not null && options.Compression is "none" or "gzip")
        {
            Fault("options.rowsPerFile", Text.Of("Several files come in one ZIP archive; write zip as the compression or leave it out."));
        }
    }

    private void Suitable()
    {
        if (format is null)
        {
            return;
        }

        var csv = format == FileFormats.Csv;
        Suits("options.profile", options.Profile is null || csv, Text.Of("only for csv"));
        Suits("options.delimiter", options.Delimiter is null || csv, Text.Of("only for csv"));
        Suits("options.formulaGuard", options.FormulaGuard is null || csv, Text.Of("only for csv"));
        Suits("options.nullText", options.NullText is null || csv, Text.Of("only for csv"));
        Suits("options.quote", options.Quote is null || csv, Text.Of("only for csv"));
        Suits("options.lineEnd", options.LineEnd is null || csv, Text.Of("only for csv"));
        Suits("options.bom", options.Bom is null || csv, Text.Of("only for csv"));
        Suits("options.decimal", options.Decimal is null || csv, Text.Of("only for csv"));
        Suits("options.dateFormat", options.DateFormat is null || csv, Text.Of("only for csv"));
        Suits("options.header", options.Header is null || csv || format == FileFormats.Xlsx, Text.Of("only for csv and xlsx"));
        Suits("options.culture", options.Culture is null || (csv && IsExcel), Text.Of("only for csv with the profile excel"));
    }

    private void Suits(string field, bool suits, string where)
    {
        if (!suits)
        {
            Fault(field, Text.Of("This option is {0}; leave it out.", where));
        }
    }
}
