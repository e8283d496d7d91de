using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using ExportHub.Formats;
using CellType = ExportHub.Formats.CellType;
using Workbook = ExportHub.Tests.Formats.Xlsx.Workbook;

namespace ExportHub.Tests.Formats.Csv;

/// <summary>
/// What people see who open a CSV file by double click. LibreOffice asks a person for the delimiter where Excel takes that of the Windows
/// region without asking; so the tests give LibreOffice by hand what Excel of a region would take: its list separator, its language, and
/// the encoding, which is UTF-8 where the file begins with a BOM and the region's code page where it does not. Every field is read as if it
/// were typed, in quotes or not.
/// </summary>
public sealed class CsvInLibreOfficeTests
{
    private const int German = 1031;
    private const int English = 1033;
    private const int French = 1036;

    private static readonly FileColumn[] Columns =
    [
        new("n", "Größe", CellType.Int32), new("m", "Betrag; €", CellType.Numeric), new("f", "Anteil", CellType.Float8), new("b", "Bezahlt", CellType.Boolean),
        new("d", "Tag", CellType.Date), new("t", "Zeit", CellType.TimestampTz), new("c", "Uhr", CellType.Time), new("x", "Text", CellType.Text),
    ];

    private static readonly string[] Hostile =
    [
        "=1+1", "x;=1+1", "x,=1+1", "x\t=1+1", "x|=1+1", "x; =1+1", "x;\"=1+1", "x\";=1+1", "x\",=1+1", "x\n=1+1", "x\r\n=1+1", "\n=1+1", "\r=1+1", "\t=1+1",
        "\"\n=1+1", "x\";\"=1+1\"", "=HYPERLINK(\"http://x/?\"&A1,\"y\")", "x;-1;=1+1", "=cmd|' /C calc'!A0", "x,\n,=1+1", "'x';=1+1",
    ];

    [LibreOfficeTheory]
    [InlineData("de-DE", ';', German)]
    [InlineData("en-US", ',', English)]
    [InlineData("fr-FR", ';', French)]
    public async Task The_profile_excel_opens_as_it_was_meant(string culture, char listSeparator, int language)
    {
        string[] texts = ["a;b", "a,b", "say \"hi\"", "two\r\nlines", "Grüße, ñ, 漢字 😀", " blank ", "\"", "x'y"];
        byte[]?[][] rows = [.. texts.Select(text => new[]
        {
            WireRow.Int32(-7), WireRow.Numeric("-1234.50"), WireRow.Float8(0.125), WireRow.Boolean(true), WireRow.Date(new(2026, 1, 31)),
            WireRow.Timestamp(new DateTime(2026, 7, 1, 22, 30, 5)), WireRow.Time(36_905_000_000), WireRow.Text(text),
        })];
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Profile = "excel", Culture = culture }, "Europe/Berlin");

        var file = await Written.By(settings, Columns, [.. rows, new byte[]?[8]]);
        var read = Assert.Single(Workbook.Read(await OpenAsync(file.Bytes, $"{(int)listSeparator}", language))).Rows;

        // TRUE is a truth value in every English spreadsheet; the words of others follow the program's language, which no region tells.
        object paid = language == English ? true : "TRUE";
        Assert.Equal(Columns.Select(column => column.Title), read[0]);
        foreach (var (text, row) in texts.Zip(read.Skip(1)))
        {
            Assert.Equal((-7d, -1234.5, 0.125, paid, new DateTime(2026, 1, 31)), (row[0], row[1], row[2], row[3], row[4]));
            Assert.InRange((Assert.IsType<DateTime>(row[5]) - new DateTime(2026, 7, 2, 0, 30, 5)).Duration().TotalMilliseconds, 0, 1);
            Assert.InRange((TimeOf(row[6]) - new TimeSpan(10, 15, 5)).Duration().TotalMilliseconds, 0, 1);
            Assert.Equal(text.ReplaceLineEndings("\n"), Assert.IsType<string>(row[7]).ReplaceLineEndings("\n"));
        }

        Assert.All(read.Skip(1 + texts.Length).SelectMany(row => row), Assert.Null);
    }

    [LibreOfficeFact]
    public async Task Without_a_BOM_umlauts_break_so_the_profile_excel_has_one()
    {
        FileColumn[] columns = [new("x", "x", CellType.Text)];

        var file = await Written.As(FileFormats.Csv, columns, [WireRow.Text("Grüße")]);

        Assert.Equal("GrÃ¼ÃŸe", Assert.Single(Workbook.Read(await OpenAsync(file.Bytes, "44", English))).Rows[1][0]);
    }

    [LibreOfficeTheory]
    [InlineData(",", "44")]
    [InlineData(",", "59")]
    [InlineData(",", "9")]
    [InlineData(",", "124")]
    [InlineData(",", "44/59/9")]
    [InlineData(";", "44")]
    [InlineData(";", "59")]
    [InlineData("\t", "59")]
    public async Task No_guarded_cell_becomes_a_formula_whatever_delimiter_the_reader_expects(string delimiter, string readers)
    {
        FormatOptions[] guarded = [.. new[] { "needed", "all" }.Select(quote => new FormatOptions { Delimiter = delimiter, Quote = quote, Bom = true })];

        var found = await FormulasAsync([.. guarded, .. guarded.Select(options => options with { FormulaGuard = false })], readers);

        Assert.All(found.Take(guarded.Length), Assert.Empty);
        Assert.All(found.Skip(guarded.Length), formulas => Assert.NotEmpty(formulas));
    }

    [LibreOfficeFact]
    public async Task What_is_counted_as_a_risk_is_destroyed_even_in_quotes_and_what_is_not_stays()
    {
        string[] destroyed = ["00123", "4111111111111111", "2024-1-5", "1E5", "16:9"];
        string[] kept = ["123", "12 Elm Street", "10.1.2.3", "MARCH", "13-45"];
        var options = new FormatOptions { Profile = "excel", Quote = "all" };

        var file = await Written.By(
            Written.Settings(FileFormats.Csv, options), [new("x", "x", CellType.Text)], [.. destroyed.Concat(kept).Select(text => new[] { WireRow.Text(text) })]);
        var read = Assert.Single(Workbook.Read(await OpenAsync(file.Bytes, "44", English))).Rows.Skip(1).Select(row => Convert.ToString(row[0], CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(destroyed.Length, file.Report.Remarks.Sum(remark => remark.Cells));
        Assert.All(destroyed.Zip(read), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(kept, read.Skip(destroyed.Length));
    }

    /// <summary>Hostile texts stand at the beginning of a line and in the middle of one, where no cell of the other reader begins.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> FormulasAsync(IEnumerable<FormatOptions> options, string readers)
    {
        FileColumn[] columns = [new("a", "=1+1", CellType.Text), new("b", "b", CellType.Text)];
        byte[]?[][] rows = [.. Hostile.Select(text => new[] { WireRow.Text(text), WireRow.Text("b") }), .. Hostile.Select(text => new[] { WireRow.Text("b"), WireRow.Text(text) })];
        var files = new List<byte[]>();
        foreach (var one in options)
        {
            files.Add((await Written.By(Written.Settings(FileFormats.Csv, one), columns, rows)).Bytes);
        }

        return [.. (await LibreOffice.ConvertAsync(files, "csv", "xlsx", Reading(files[0], readers, English))).Select(FormulasIn)];
    }

    private static List<string> FormulasIn(byte[] workbook)
    {
        using var opened = SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);
        var sheet = Assert.Single(opened.WorkbookPart!.WorksheetParts).Worksheet!;
        return [.. sheet.Descendants<Cell>().Where(cell => cell.CellFormula is not null).Select(cell => $"{cell.CellReference}: {cell.CellFormula!.Text}")];
    }

    private static Task<byte[]> OpenAsync(byte[] file, string separators, int language) =>
        LibreOffice.ConvertAsync(file, "csv", "xlsx", Reading(file, separators, language));

    /// <param name="separators">ASCII codes with slashes between.</param>
    private static string Reading(byte[] file, string separators, int language)
    {
        const int Utf8 = 76, Windows1252 = 1;
        var encoding = file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Utf8 : Windows1252;

        // Separators, quote, encoding, first line, column formats, language, quoted is text, detect dates, three of exports, evaluate formulas.
        return $"Text - txt - csv (StarCalc):{separators},34,{encoding},1,,{language},false,true,,,,,true";
    }

    private static TimeSpan TimeOf(object? cell) => cell is DateTime moment ? moment.TimeOfDay : Assert.IsType<TimeSpan>(cell);
}
