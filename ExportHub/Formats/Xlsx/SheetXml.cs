using System.Globalization;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>What stands around the rows of a worksheet (ECMA-376 part 1, 18.3.1.99).</summary>
internal static class SheetXml
{
    private const int WidestColumn = 60;

    // The button of the autofilter covers the end of a title.
    private const int FilterButtonWidth = 4;

    /// <summary>Views with the frozen header (18.3.1.66), column widths (18.3.1.17), and the start of the rows.</summary>
    public static string Head(IReadOnlyList<FileColumn> columns, IReadOnlyList<string> titles, bool first)
    {
        var xml = new StringBuilder("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        xml.Append("\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView ");
        xml.Append(first ? "tabSelected=\"1\" " : "");
        xml.Append("workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>");
        xml.Append("</sheetView></sheetViews><cols>");
        for (var i = 0; i < columns.Count; i++)
        {
            var width = Math.Min(WidestColumn, Math.Max(Width(columns[i].Type), titles[i].Length + FilterButtonWidth));
            xml.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{width}\" customWidth=\"1\"/>");
        }

        return xml.Append("</cols><sheetData>").ToString();
    }

    /// <summary>
    /// The autofilter (18.3.1.2) covers the header and every row, and Excel is told not to offer to make numbers of texts such as `01234` (18.3.1.50).
    /// </summary>
    public static string Foot(string filterRange)
    {
        var range = filterRange.Replace("$", "", StringComparison.Ordinal);
        return $"</sheetData><autoFilter ref=\"{range}\"/><ignoredErrors><ignoredError sqref=\"{range}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>";
    }

    /// <summary>Header and rows, such as `$A$1:$B$4`.</summary>
    public static string FilterRange(int columns, int rows) => string.Create(CultureInfo.InvariantCulture, $"$A$1:${ColumnLetters(columns)}${rows}");

    /// <summary>A for 1, Z for 26, AA for 27, XFD for 16,384.</summary>
    public static string ColumnLetters(int column) =>
        column <= 26 ? $"{(char)('A' + column - 1)}" : ColumnLetters((column - 1) / 26) + ColumnLetters(((column - 1) % 26) + 1);

    /// <summary>Characters that a usual value of the type takes.</summary>
    private static int Width(CellType type) => type switch
    {
        CellType.Boolean => 8,
        CellType.Int16 or CellType.Int32 or CellType.Date or CellType.Time => 12,
        CellType.Int64 or CellType.Float4 or CellType.Float8 or CellType.Numeric => 16,
        CellType.Timestamp or CellType.TimestampTz => 24,
        CellType.Uuid => 38,
        CellType.Json => 40,
        _ => 24,
    };
}
