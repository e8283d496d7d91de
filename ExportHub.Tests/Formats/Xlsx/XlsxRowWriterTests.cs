using System.Globalization;
using ExportHub.Formats;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Tests.Formats.Xlsx;

public sealed class XlsxRowWriterTests
{
    private static readonly FileColumn[] Note = [new("note", "Note", CellType.Text)];

    [Fact]
    public async Task Every_type_is_a_typed_cell()
    {
        FileColumn[] columns = [.. Enum.GetValues<CellType>().Select(type => new FileColumn($"{type}", $"Title {type}", type))];
        var moment = WireRow.Timestamp(new DateTime(2026, 1, 31, 9, 15, 0));
        byte[]?[] row =
        [
            WireRow.Boolean(true), WireRow.Int16(-1), WireRow.Int32(2), WireRow.Int64(3), WireRow.Float4(0.1f), WireRow.Float8(1e300),
            WireRow.Numeric("12.50"), WireRow.Text("01234"), WireRow.Text("{\"a\":1}"), WireRow.Date(new(2026, 1, 31)),
            WireRow.Time(86_400_000_000), moment, moment, WireRow.Uuid(Guid.Empty), [1, 255],
        ];

        var file = await Written.By(Written.Settings(FileFormats.Xlsx, zone: "Europe/Berlin"), columns, row, new byte[]?[columns.Length]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var (name, rows) = Workbook.Read(file.Bytes)[0];
        Assert.Equal("Data", name);
        Assert.Equal(columns.Select(column => column.Title), rows[0]);
        Assert.Equal(
            [
                true, -1.0, 2.0, 3.0, 0.1, 1e300, 12.5, "01234", "{\"a\":1}", new DateTime(2026, 1, 31), TimeSpan.FromDays(1),
                new DateTime(2026, 1, 31, 9, 15, 0), new DateTime(2026, 1, 31, 10, 15, 0), $"{Guid.Empty}", "\\x01ff",
            ],
            rows[1]);
        Assert.All(rows[2], Assert.Null);
        Assert.Equal((2, 0), (file.Report.Rows, file.Warnings.Count));
    }

    [Theory]
    [InlineData("01234")]
    [InlineData("123456789012345678")]
    [InlineData("=1+1")]
    [InlineData("1E5")]
    [InlineData("2026-01-31")]
    public async Task A_text_that_looks_like_something_else_stays_text(string text)
    {
        Assert.Equal(text, await Cell(CellType.Text, WireRow.Text(text)));
    }

    [Fact]
    public async Task An_empty_text_is_a_cell_with_an_empty_text_and_null_a_cell_without_anything()
    {
        var file = await Written.As(FileFormats.Xlsx, [.. Note, .. Note], [WireRow.Text(""), null]);

        var sheet = Workbook.Part(file.Bytes, "xl/worksheets/sheet1.xml");
        Assert.Contains("<row><c t=\"inlineStr\"><is><t></t></is></c><c/></row>", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" blanks around ")]
    [InlineData("two\r\nlines\rand\nmore\ttab")]
    [InlineData("<b>&amp; \"x\" 'y' ]]>")]
    [InlineData("_x0041_ and _x005F_ and _x00zz_ and _x0041_x0042_")]
    [InlineData("\u0001\u0002\u001f\u007f\u0085")]
    [InlineData("\uFFFE\uFFFF ＝ 😀 漢字")]
    [InlineData("\u0001x0041_")]
    public async Task Any_text_reads_back_as_it_was(string text)
    {
        Assert.Equal(text, await Cell(CellType.Text, WireRow.Text(text)));
    }

    [Theory]
    [InlineData("999999999999999", 999_999_999_999_999.0)]
    [InlineData("1000000000000000", "1000000000000000")]
    [InlineData("-0.000123456789012345", -0.000123456789012345)]
    [InlineData("1.0000000000000001", "1.0000000000000001")]
    [InlineData("1234567890123456789012345678901234567890.10", "1234567890123456789012345678901234567890.10")]
    [InlineData("NaN", "NaN")]
    [InlineData("Infinity", "Infinity")]
    public async Task A_numeric_is_a_number_only_when_Excel_keeps_its_digits(string digits, object cell)
    {
        Assert.Equal(cell, await Cell(CellType.Numeric, WireRow.Numeric(digits)));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(double.Epsilon, "5E-324")]
    [InlineData(0.1 + 0.2, 0.1 + 0.2)]
    [InlineData(0.0, 0.0)]
    public async Task A_float_is_a_number_unless_Excel_has_no_such_number(double value, object cell)
    {
        Assert.Equal(cell, await Cell(CellType.Float8, WireRow.Float8(value)));
    }

    [Fact]
    public async Task Numbers_that_had_to_become_text_are_reported()
    {
        FileColumn[] columns = [new("id", "Order id", CellType.Int64)];

        var file = await Written.As(FileFormats.Xlsx, columns, [WireRow.Int64(123_456_789_012_345_678)], [WireRow.Int64(5)], [WireRow.Int64(long.MinValue)]);

        Assert.Equal(["Order id", "123456789012345678", 5.0, "-9223372036854775808"], Workbook.Read(file.Bytes)[0].Rows.Select(row => row[0]));
        Assert.Equal("2 numbers in “Order id” are stored as text, because Excel cannot hold them as they are.", Assert.Single(file.Warnings));
    }

    [Theory]
    [InlineData("1900-02-28", "1900-02-28")]
    [InlineData("0001-01-01", "0001-01-01")]
    public async Task A_date_before_March_1900_is_text(string date, string text)
    {
        Assert.Equal(text, await Cell(CellType.Date, WireRow.Date(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public async Task Dates_from_March_1900_to_9999_are_dates_and_others_text()
    {
        Assert.Equal(new DateTime(1900, 3, 1), await Cell(CellType.Date, WireRow.Date(new(1900, 3, 1))));
        Assert.Equal(new DateTime(9999, 12, 31), await Cell(CellType.Date, WireRow.Date(new(9999, 12, 31))));
        Assert.Equal("10000-01-01", await Cell(CellType.Date, WireRow.Int32(2_921_940)));
        Assert.Equal("-infinity", await Cell(CellType.Timestamp, WireRow.Int64(long.MinValue)));
        Assert.Equal("1850-05-01T10:00:00Z", await Cell(CellType.TimestampTz, WireRow.Timestamp(new DateTime(1850, 5, 1, 10, 0, 0))));
    }

    [Fact]
    public async Task A_timestamp_keeps_its_milliseconds()
    {
        var value = new DateTime(2026, 1, 31, 23, 59, 59).AddMilliseconds(999);

        Assert.Equal(value, await Cell(CellType.Timestamp, WireRow.Timestamp(value)));
    }

    [Theory]
    [InlineData("x", 32_767, 32_767, false)]
    [InlineData("x", 32_768, 32_767, true)]
    [InlineData("é", 32_767, 32_767, false)]
    [InlineData("😀", 16_383, 32_766, false)]
    [InlineData("😀", 16_384, 32_766, true)]
    public async Task A_text_too_long_for_a_cell_is_cut_with_a_mark(string character, int times, int length, bool cut)
    {
        var file = await Written.As(FileFormats.Xlsx, Note, [WireRow.Text(string.Concat(Enumerable.Repeat(character, times)))]);

        var text = (string)Workbook.Read(file.Bytes)[0].Rows[1][0]!;
        Assert.Equal(length, text.Length);
        Assert.Equal(cut, text.EndsWith($"{character} … [cut]", StringComparison.Ordinal));
        Assert.Equal(cut ? ["1 text in “Note” is longer than the 32,767 characters a cell of Excel holds; it ends with “ … [cut]”."] : [], file.Warnings);
    }

    [Fact]
    public async Task Bytes_too_long_for_a_cell_are_cut_with_a_mark()
    {
        FileColumn[] columns = [new("b", "B", CellType.Bytea)];

        var file = await Written.As(FileFormats.Xlsx, columns, [new byte[16_382]], [new byte[16_383]]);

        var cells = Workbook.Read(file.Bytes)[0].Rows.Skip(1).Select(row => (string)row[0]!).ToList();
        Assert.Equal([32_766, 32_766], cells.Select(cell => cell.Length));
        Assert.EndsWith("00 … [cut]", cells[1], StringComparison.Ordinal);
        Assert.Single(file.Warnings);
    }

    [Fact]
    public async Task Rows_past_the_end_of_a_sheet_go_on_in_the_next()
    {
        FileColumn[] columns = [new("id", "Id", CellType.Int32), .. Note];
        var rows = Enumerable.Range(1, 6).Select(i => new byte[]?[] { WireRow.Int32(i), WireRow.Text($"row {i}") });

        var file = await Written.By(
            output => new XlsxRowWriter(Written.Settings(FileFormats.Xlsx), columns, Written.About, output, rowsPerSheet: 4), columns.Length, rows);

        Assert.Empty(Workbook.Faults(file.Bytes));
        Assert.Equal(["Data", "Data 2", "About"], Workbook.Read(file.Bytes).Select(sheet => sheet.Name));
        var sheets = Workbook.Read(file.Bytes).SkipLast(1).ToList();
        Assert.All(sheets, sheet => Assert.Equal(["Id", "Note"], sheet.Rows[0]));
        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], sheets.SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => row[0]));
        Assert.Equal(6, file.Report.Rows);
        foreach (var name in new[] { "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml" })
        {
            var xml = Workbook.Part(file.Bytes, name);
            Assert.Contains("<autoFilter ref=\"A1:B4\"/>", xml, StringComparison.Ordinal);
            Assert.Contains("state=\"frozen\"", xml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_without_rows_has_its_header()
    {
        var file = await Written.As(FileFormats.Xlsx, Note);

        Assert.Empty(Workbook.Faults(file.Bytes));
        Assert.Equal(["Note"], Assert.Single(Workbook.Read(file.Bytes)[0].Rows));
    }

    [Fact]
    public async Task The_same_rows_make_the_same_file()
    {
        var first = await Written.As(FileFormats.Xlsx, Note, [WireRow.Text("a")]);
        var second = await Written.As(FileFormats.Xlsx, Note, [WireRow.Text("a")]);

        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public void Columns_have_the_letters_of_Excel()
    {
        Assert.Equal(["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"], new[] { 1, 26, 27, 52, 702, 703, 16_384 }.Select(SheetXml.ColumnLetters));
    }

    private static async Task<object?> Cell(CellType type, byte[] wire)
    {
        var file = await Written.As(FileFormats.Xlsx, [new("c", "C", type)], [wire]);
        Assert.Empty(Workbook.Faults(file.Bytes));
        return Workbook.Read(file.Bytes)[0].Rows[1][0];
    }
}
