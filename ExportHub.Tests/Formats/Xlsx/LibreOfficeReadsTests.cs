using System.Text;
using System.Text.RegularExpressions;
using ExportHub.Formats;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>Workbooks opened in LibreOffice, which saves what it understood; that is compared cell by cell with what was meant.</summary>
public sealed partial class LibreOfficeReadsTests
{
    private const int RowsPerSheet = 120;

    // It saves 15 digits.
    private const double ErrorOfSaving = 1e-14;

    private static readonly FileColumn[] AllTypes =
        [.. Enum.GetValues<CellType>().Select(type => new FileColumn($"{type}", $"<{type}> _x0041_ & \"ä\"\n", type))];

    private static readonly FileAbout About = new(
        "[Sales]: 'North/South' 100 % <&>", new(2026, 1, 31, 9, 15, 0, TimeSpan.Zero),
        [new("Asked for", "=1+1 <b>&amp;</b> _x0041_\r\n\u0001 😀"), new("", " Status is “paid” "), new("Export ID", "01234")]);

    [LibreOfficeFact]
    public async Task Random_rows_of_every_type_on_several_sheets_are_the_same()
    {
        var random = new Random(31);
        List<AnyCell[]> rows = [.. Enumerable.Range(0, 300).Select(_ => AllTypes.Select(column => AnyCell.Of(column.Type, random)).ToArray())];
        var file = await Written.By(
            output => new XlsxRowWriter(Written.Settings(FileFormats.Xlsx, zone: AnyCell.Zone.Id), AllTypes, About, output, RowsPerSheet),
            AllTypes.Length,
            rows.Select(row => row.Select(cell => cell.Wire).ToArray()));

        var sheets = Workbook.Read(await LibreOffice.ConvertAsync(file.Bytes, "xlsx", "xlsx"));

        Assert.Equal(Workbook.Read(file.Bytes).Select(sheet => sheet.Name), sheets.Select(sheet => sheet.Name));
        var read = sheets.SkipLast(1).SelectMany(sheet => sheet.Rows.Skip(1)).ToList();
        Assert.All(sheets.SkipLast(1), sheet => Assert.Equal(AllTypes.Select(column => column.Title), sheet.Rows[0]));
        Assert.Equal(rows.Count, read.Count);
        foreach (var (row, cells) in rows.Zip(read))
        {
            Assert.All(row.Zip(cells), pair => ExcelCell.AssertSame(pair.First with { Text = OneLineEnd(pair.First.Text) }, Decoded(pair.Second), ErrorOfSaving));
        }

        List<(string Label, object Text)> about =
        [
            ("Title", About.Title), ("Rows", 300.0), .. file.Warnings.Select((words, i) => (i == 0 ? "Remarks" : "", (object)words)),
            .. About.Facts.Select(fact => (fact.Label, (object)OneLineEnd(fact.Text))),
        ];
        Assert.Equal(about, sheets[^1].Rows.Select(row => ((string)row[0]! ?? "", row[1]!)));
    }

    [LibreOfficeFact]
    public async Task Cells_show_what_PostgreSQL_prints()
    {
        FileColumn[] columns =
        [
            new("price", "Price", CellType.Numeric), new("rate", "Rate", CellType.Numeric), new("id", "Id", CellType.Int64), new("day", "Day", CellType.Date),
            new("at", "At", CellType.Timestamp), new("exact", "Exact", CellType.Timestamp), new("opens", "Opens", CellType.Time), new("lap", "Lap", CellType.Time),
            new("sku", "Sku", CellType.Text),
        ];
        var second = new DateTime(2026, 12, 31, 23, 59, 59);

        var file = await Written.As(
            FileFormats.Xlsx, columns,
            [
                WireRow.Numeric("1234567.50"), WireRow.Numeric("0.1250"), WireRow.Int64(123_456_789_012_345), WireRow.Date(new(2026, 1, 31)),
                WireRow.Timestamp(second), WireRow.Timestamp(second.AddMilliseconds(999)), WireRow.Time(86_400_000_000), WireRow.Time(86_399_500_000),
                WireRow.Text("007"),
            ]);

        // 44,34,76,1,,0,false,true: comma, quote, UTF-8, from line 1, and the cells as they are shown.
        var shown = await LibreOffice.ConvertAsync(file.Bytes, "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true");
        Assert.Equal(
            """
            Price,Rate,Id,Day,At,Exact,Opens,Lap,Sku
            "1,234,567.50",0.1250,123456789012345,2026-01-31,2026-12-31 23:59:59,2026-12-31 23:59:59.999,24:00:00,23:59:59.500,007

            """,
            Encoding.UTF8.GetString(shown));
    }

    /// <summary>LibreOffice knows one line end, whatever a text of several lines has.</summary>
    private static string OneLineEnd(string text) => LineEnd().Replace(text, "\n");

    /// <summary>LibreOffice escapes in small letters, which ExcelDataReader leaves as they are.</summary>
    private static object? Decoded(object? read) =>
        read is string text ? SmallEscape().Replace(OneLineEnd(text), match => $"{(char)Convert.ToInt32(match.Groups["code"].Value, 16)}") : read;

    [GeneratedRegex("\r\n|\n\r|\r")]
    private static partial Regex LineEnd();

    [GeneratedRegex("_x(?<code>fff[ef]|001[a-f])_", RegexOptions.ExplicitCapture)]
    private static partial Regex SmallEscape();
}
