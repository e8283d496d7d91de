using System.Globalization;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>The part `styles.xml` (ECMA-376 part 1, 18.8.39), and the numbers by which cells name their format in it (18.8.10 cellXfs).</summary>
internal static class CellStyles
{
    public const int Plain = 0;
    public const int Bold = 1;

    /// <summary>Text that is broken into lines as long as the column is wide.</summary>
    public const int Wrapped = 2;

    /// <summary>A whole number with thousands separators.</summary>
    public const int Count = 3;

    public const int Date = 4;
    public const int Moment = 5;

    /// <summary>A time of day, which may be 24:00:00.</summary>
    public const int Time = 6;

    /// <summary>With milliseconds, the most that Excel shows: without them it would round up to a second, or a day, that was not yet.</summary>
    public const int MomentWithFraction = 7;

    public const int TimeWithFraction = 8;

    /// <summary>Excel keeps 15 digits, so no number has more decimals to show.</summary>
    public const int MostDecimals = 15;

    private const int FirstOfNumbers = 9;

    // 18.8.30 numFmt: the numbers below are for formats that Excel brings along.
    private const int FirstOwnFormat = 164;

    private const string Start =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        """;

    private const string FontsToBorders =
        """
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        """;

    /// <summary>The whole part.</summary>
    public static string Xml { get; } = Make();

    /// <summary>
    /// A number with all its decimals, 0 to 15 of them. Two are what money has, and money is read with thousands separators; a number
    /// without any may be an id or a year, which is not.
    /// </summary>
    public static int Number(int decimals) => FirstOfNumbers + decimals;

    private static string Make()
    {
        const string Top = """<alignment vertical="top"/>""";
        string[] codes =
        [
            "#,##0", @"yyyy\-mm\-dd", @"yyyy\-mm\-dd\ hh:mm:ss", "[hh]:mm:ss", @"yyyy\-mm\-dd\ hh:mm:ss.000", "[hh]:mm:ss.000", "0", "0.0", "#,##0.00",
            .. Enumerable.Range(3, MostDecimals - 2).Select(decimals => "0." + new string('0', decimals)),
        ];
        string[] styles =
        [
            Style(0), Style(0, font: 1, Top), Style(0, font: 0, """<alignment vertical="top" wrapText="1"/>"""), Style(FirstOwnFormat, font: 0, """<alignment horizontal="left"/>"""),
            .. codes.Skip(1).Select((_, i) => Style(FirstOwnFormat + 1 + i)),
        ];
        var formats = codes.Select((code, i) => string.Create(CultureInfo.InvariantCulture, $"<numFmt numFmtId=\"{FirstOwnFormat + i}\" formatCode=\"{code}\"/>"));
        return new StringBuilder(Start)
            .Append(CultureInfo.InvariantCulture, $"<numFmts count=\"{codes.Length}\">").AppendJoin("", formats).Append("</numFmts>").Append(FontsToBorders)
            .Append(CultureInfo.InvariantCulture, $"<cellXfs count=\"{styles.Length}\">").AppendJoin("", styles).Append("</cellXfs>")
            .Append("""<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""").ToString();
    }

    private static string Style(int format, int font = 0, string alignment = "") =>
        string.Create(CultureInfo.InvariantCulture, $"<xf numFmtId=\"{format}\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\"")
        + (format > 0 ? " applyNumberFormat=\"1\"" : "")
        + (font > 0 ? " applyFont=\"1\"" : "")
        + (alignment.Length > 0 ? $" applyAlignment=\"1\">{alignment}</xf>" : "/>");
}
