using System.Text;
using System.Text.Json;

namespace ExportHub.Formats.Shown;

/// <summary>
/// Reads a small file that was just written back into the texts of its cells: what a person sees who opens it. It knows our own files only.
/// </summary>
internal static class ShownRows
{
    /// <summary>The header first where the format has one, see <see cref="HasHeader"/>. In JSON a cell is the value as it stands there, a text with its quotes.</summary>
    /// <param name="file">Not packed.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(FormatSettings settings, IReadOnlyList<FileColumn> columns, byte[] file) => settings.Format.Name switch
    {
        "csv" => ShownCsv.Read(Encoding.UTF8.GetString(file), settings),
        "xlsx" => ShownSheet.Read(file),
        "json" => OfJson(JsonDocument.Parse(file).RootElement.EnumerateArray(), columns),
        _ => OfJson(Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement), columns),
    };

    public static bool HasHeader(FileFormat format) => format == FileFormats.Csv || format == FileFormats.Xlsx;

    private static List<IReadOnlyList<string>> OfJson(IEnumerable<JsonElement> rows, IReadOnlyList<FileColumn> columns) =>
        [.. rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row.GetProperty(column.Name).GetRawText())])];
}
