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
    public static FormatSettings? Settle(string? format, FormatOptions? options, TimeZoneInfo zone, Action<string, string> fault) =>
        throw new NotSupportedException();

    /// <summary>A writer for the settled format. With gzip the writer's bytes go through a GZipStream that FinishAsync ends.</summary>
    public static IRowWriter CreateWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, Stream output) =>
        throw new NotSupportedException();
}
