using ExportHub.Formats.Cells;

namespace ExportHub.Formats;

/// <summary>The `options` of a request, as the client sent them; null means the default. Checked by <see cref="FileFormats.Settle"/>.</summary>
internal sealed record FormatOptions
{
    /// <summary>
    /// CSV: `machine` (no BOM, ISO 8601, dot, comma) or `excel` (BOM, delimiter, decimal sign and dates of <see cref="Culture"/>). Default
    /// machine. It sets the other options of CSV; one that is given wins over it.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>CSV: `,` `;` `|` or a TAB.</summary>
    public string? Delimiter { get; init; }

    /// <summary>CSV, profile excel: a culture name such as `de-DE`; default `en-US`.</summary>
    public string? Culture { get; init; }

    /// <summary>
    /// CSV: `needed` puts quotes only around what could not be read without them, `text` around every text, `all` around every value. NULL
    /// never has quotes. Default needed.
    /// </summary>
    public string? Quote { get; init; }

    /// <summary>CSV: `crlf` or `lf` after each row; line ends inside a value stay as they are. Default crlf.</summary>
    public string? LineEnd { get; init; }

    /// <summary>CSV: whether the file begins with a byte order mark, which tells Excel that it is UTF-8. Default true for profile excel.</summary>
    public bool? Bom { get; init; }

    /// <summary>CSV: `.` or `,` before the fraction of a number. Default: dot, for profile excel that of the culture.</summary>
    public string? Decimal { get; init; }

    /// <summary>
    /// CSV: `iso`, or day, month and year once each as `d` or `dd`, `M` or `MM` and `yyyy` with `.` `/` `-` or a blank between, such as
    /// `dd.MM.yyyy`; times then have whole seconds and no offset. Default iso, for profile excel that of the culture.
    /// </summary>
    public string? DateFormat { get; init; }

    /// <summary>CSV: text cells and headers that a spreadsheet would run as a formula get an apostrophe before it. Default true.</summary>
    public bool? FormulaGuard { get; init; }

    /// <summary>CSV: what stands for NULL, at most 20 characters. Default: nothing between the delimiters; an empty text is then `""`.</summary>
    public string? NullText { get; init; }

    /// <summary>CSV and XLSX: `title` or `name`. Default: name for profile machine, title otherwise.</summary>
    public string? Header { get; init; }

    /// <summary>
    /// `none`, `gzip`, or `zip`: an archive that also holds the receipt and a manifest of SHA-256 sums. Default none, with
    /// <see cref="RowsPerFile"/> zip.
    /// </summary>
    public string? Compression { get; init; }

    /// <summary>At most so many rows in a file, 1,000 or more: numbered files in one ZIP archive. Default: all rows in one file.</summary>
    public long? RowsPerFile { get; init; }
}

/// <summary>Options after the check: nothing is null, everything is allowed for the format.</summary>
internal sealed record FormatSettings
{
    public required FileFormat Format { get; init; }

    public bool ExcelProfile { get; init; }

    public char Delimiter { get; init; } = ',';

    public string Culture { get; init; } = "";

    public QuoteRule Quote { get; init; }

    public string LineEnd { get; init; } = "\r\n";

    public bool Bom { get; init; }

    public char DecimalSign { get; init; } = '.';

    /// <summary>How CSV spells dates and points in time.</summary>
    public MomentForm Moments { get; init; } = MomentForm.Iso;

    public bool FormulaGuard { get; init; } = true;

    public string NullText { get; init; } = "";

    public bool HeaderTitles { get; init; }

    public Packing Packing { get; init; }

    /// <summary>Null for all rows in one file.</summary>
    public long? RowsPerFile { get; init; }

    /// <summary>The zone in which `timestamptz` cells are shown.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>File name ending without the leading dot, such as `csv`, `csv.gz` or `zip`.</summary>
    public string Extension => Packing switch
    {
        Packing.Gzip => Format.Extension + ".gz",
        Packing.Zip => "zip",
        _ => Format.Extension,
    };

    /// <summary>What was settled in the words of a request: every option that the format has, and null for those it has not.</summary>
    public FormatOptions ToOptions()
    {
        var csv = Format == FileFormats.Csv;
        return new()
        {
            Profile = csv ? ExcelProfile ? "excel" : "machine" : null,
            Delimiter = csv ? $"{Delimiter}" : null,
            Culture = csv && ExcelProfile ? Culture : null,
            Quote = csv ? Quote.ToString().ToLowerInvariant() : null,
            LineEnd = csv ? LineEnd == "\n" ? "lf" : "crlf" : null,
            Bom = csv ? Bom : null,
            Decimal = csv ? $"{DecimalSign}" : null,
            DateFormat = csv ? Moments.ToString() : null,
            FormulaGuard = csv ? FormulaGuard : null,
            NullText = csv ? NullText : null,
            Header = csv || Format == FileFormats.Xlsx ? HeaderTitles ? "title" : "name" : null,
            Compression = Packing.ToString().ToLowerInvariant(),
            RowsPerFile = RowsPerFile,
        };
    }

    public string ContentType => Packing switch
    {
        Packing.Gzip => "application/gzip",
        Packing.Zip => "application/zip",
        _ => Format.ContentType,
    };

    /// <summary>Whether people rather than programs read the file: intervals are then written as `1 day 02:03:04`, else as ISO 8601.</summary>
    public bool ForPeople => ExcelProfile || Format.Name == "xlsx";
}

/// <summary>How a file is packed.</summary>
internal enum Packing
{
    None,

    /// <summary>The file alone, by RFC 1952.</summary>
    Gzip,

    /// <summary>A ZIP archive of the file or its parts, with receipt and manifest.</summary>
    Zip,
}

/// <summary>Which fields of a CSV file stand in quotes; NULL never does.</summary>
internal enum QuoteRule
{
    /// <summary>What could not be read without them.</summary>
    Needed,

    /// <summary>Every text, the header among them.</summary>
    Text,

    /// <summary>Every value.</summary>
    All,
}
