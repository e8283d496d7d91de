using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats.Shown;

/// <summary>The cells of the first sheet as Excel shows them in a column that is wide enough (ECMA-376 part 1, 18.3.1.4 and 18.8.30).</summary>
internal static class ShownSheet
{
    // Excel shows eleven characters of a number without a format, the point among them.
    private const string General = "G10";

    public static IReadOnlyList<IReadOnlyList<string>> Read(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var part = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var sheet = XElement.Load(part);
        XNamespace main = sheet.Name.Namespace;
        return [.. sheet.Descendants(main + "row").Select(row => (IReadOnlyList<string>)[.. row.Elements(main + "c").Select(Text)])];
    }

    private static string Text(XElement cell) => (string?)cell.Attribute("t") switch
    {
        "inlineStr" => cell.Value,
        "b" => cell.Value == "1" ? "TRUE" : "FALSE",
        _ when cell.Value.Length == 0 => "",
        _ => Number(cell.Value, (int?)cell.Attribute("s") ?? CellStyles.Plain),
    };

    private static string Number(string value, int style)
    {
        var number = double.Parse(value, CultureInfo.InvariantCulture);
        return style switch
        {
            CellStyles.Plain => number.ToString(General, CultureInfo.InvariantCulture),
            CellStyles.Date => Moment(number, "yyyy-MM-dd"),
            CellStyles.Moment => Moment(number, "yyyy-MM-dd HH:mm:ss"),
            CellStyles.MomentWithFraction => Moment(number, "yyyy-MM-dd HH:mm:ss.fff"),
            CellStyles.Time => Time(number, @"mm\:ss"),
            CellStyles.TimeWithFraction => Time(number, @"mm\:ss\.fff"),
            _ => decimal.TryParse(value, System.Globalization.NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
                ? exact.ToString(Decimals(style - CellStyles.Number(0)), CultureInfo.InvariantCulture)
                : value,
        };
    }

    private static string Decimals(int decimals) => (decimals == 2 ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture);

    private static string Moment(double serial, string pattern) => DateTime.FromOADate(serial).ToString(pattern, CultureInfo.InvariantCulture);

    private static string Time(double serial, string pattern)
    {
        var time = TimeSpan.FromMilliseconds(Math.Round(serial * TimeSpan.MillisecondsPerDay));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.ToString(pattern, CultureInfo.InvariantCulture)}");
    }
}
