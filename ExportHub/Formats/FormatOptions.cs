namespace ExportHub.Formats;

/// <summary>The `options` of a request, as the client sent them; null means the default. Checked by <see cref="FileFormats.Settle"/>.</summary>
internal sealed record FormatOptions
{
    /// <summary>CSV: `machine` (no BOM, ISO 8601, dot, comma) or `excel` (BOM, delimiter, decimal sign and dates of <see cref="Culture"/>).</summary>
    public string? Profile { get; init; }

    /// <summary>CSV: `,` `;` `|` or a TAB.</summary>
    public string? Delimiter { get; init; }

    /// <summary>CSV, profile excel: a culture name such as `de-DE`; default `en-US`.</summary>
    public string? Culture { get; init; }

    /// <summary>CSV: text cells and headers that a spreadsheet would run as a formula get a leading apostrophe. Default true.</summary>
    public bool? FormulaGuard { get; init; }

    /// <summary>CSV: what stands for NULL, at most 20 characters. Default: nothing between the delimiters; an empty text is then `""`.</summary>
    public string? NullText { get; init; }

    /// <summary>CSV and XLSX: `title` or `name`. Default: name for profile machine, title otherwise.</summary>
    public string? Header { get; init; }

    /// <summary>`none` or `gzip`. Default none.</summary>
    public string? Compression { get; init; }
}

/// <summary>Options after the check: nothing is null, everything is allowed for the format.</summary>
internal sealed record FormatSettings
{
    public required FileFormat Format { get; init; }

    public bool ExcelProfile { get; init; }

    public char Delimiter { get; init; } = ',';

    public string Culture { get; init; } = "";

    public bool FormulaGuard { get; init; } = true;

    public string NullText { get; init; } = "";

    public bool HeaderTitles { get; init; }

    public bool Gzip { get; init; }

    /// <summary>The zone in which `timestamptz` cells are shown.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>File name ending without the leading dot, such as `csv` or `csv.gz`.</summary>
    public string Extension => Gzip ? Format.Extension + ".gz" : Format.Extension;

    /// <summary>What was settled in the words of a request: every option that the format has, and null for those it has not.</summary>
    public FormatOptions ToOptions()
    {
        var csv = Format == FileFormats.Csv;
        return new()
        {
            Profile = csv ? ExcelProfile ? "excel" : "machine" : null,
            Delimiter = csv ? Delimiter.ToString() : null,
            Culture = csv && ExcelProfile ? Culture : null,
            FormulaGuard = csv ? FormulaGuard : null,
            NullText = csv ? NullText : null,
            Header = csv || Format == FileFormats.Xlsx ? HeaderTitles ? "title" : "name" : null,
            Compression = Gzip ? "gzip" : "none",
        };
    }

    public string ContentType => Gzip ? "application/gzip" : Format.ContentType;

    /// <summary>Whether people rather than programs read the file: intervals are then written as `1 day 02:03:04`, else as ISO 8601.</summary>
    public bool ForPeople => ExcelProfile || Format.Name == "xlsx";
}
