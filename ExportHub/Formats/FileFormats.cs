using ExportHub.Formats.Csv;
using ExportHub.Formats.Json;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats;

/// <summary>A file format that a request can name.</summary>
/// <param name="Name">What stands in the request: csv, xlsx, json or jsonl.</param>
internal sealed record FileFormat(string Name, string Title, string Extension, string ContentType);

/// <summary>The format catalog.</summary>
internal static class FileFormats
{
    public static readonly FileFormat Csv = new("csv", "CSV", "csv", "text/csv; charset=utf-8");
    public static readonly FileFormat Xlsx = new("xlsx", "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    public static readonly FileFormat Json = new("json", "JSON", "json", "application/json");
    public static readonly FileFormat JsonLines = new("jsonl", "JSON Lines", "jsonl", "application/x-ndjson");

    public static readonly IReadOnlyList<FileFormat> All = [Csv, Xlsx, Json, JsonLines];

    /// <summary>
    /// Checks a request's format and options. Every fault is reported with the field it belongs to (`format`, `options.delimiter`, …)
    /// and a sentence that names what is allowed; the settings are then null.
    /// </summary>
    public static FormatSettings? Settle(string? format, FormatOptions? options, TimeZoneInfo zone, Action<string, string> fault)
    {
        var found = All.FirstOrDefault(known => known.Name == format);
        if (found is null)
        {
            fault("format", $"{(string.IsNullOrEmpty(format) ? "A format is missing" : $"“{format}” is not a format")}; write csv, xlsx, json or jsonl.");
        }

        return new FormatCheck(found, options ?? new FormatOptions(), fault).Settle(zone);
    }

    /// <summary>
    /// A writer for the settled format. There must be at least one column, and for xlsx at most 16,384; a result of PostgreSQL never has more
    /// than 1,664.
    /// </summary>
    /// <exception cref="ArgumentException">No column, or more than the format holds.</exception>
    public static IRowWriter CreateWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, FileAbout about, Stream output)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("A file needs at least one column.", nameof(columns));
        }

        return settings.Packing switch
        {
            Packing.Gzip => new GzipRowWriter(output, Plain),
            Packing.Zip => new ZippedRowWriter(settings, about, output, Plain),
            _ => Plain(output),
        };

        IRowWriter Plain(Stream to) => settings.Format.Name switch
        {
            "csv" => new CsvRowWriter(settings, columns, to),
            "xlsx" => new XlsxRowWriter(settings, columns, about, to),
            _ => new JsonRowWriter(settings, columns, to),
        };
    }
}
