using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>What Excel cannot hold, and what no text should be: the file is whole, and what was changed is counted.</summary>
public sealed class XlsxBadInputTests
{
    private const string Replaced = "1 text in “Note” is not valid UTF-8; what could not be read was replaced by “�”.";
    private const string Cut = "1 text in “Note” is longer than the 32,767 characters a cell of Excel holds; it ends with “ … [cut]”.";

    private static readonly FileColumn[] Note = [new("note", "Note", CellType.Text)];

    [Theory]
    [InlineData("4D FC 6C 6C 65 72", "M\uFFFDller")]
    [InlineData("FF", "\uFFFD")]
    [InlineData("E6 BC", "\uFFFD")]
    [InlineData("61 ED A0 BD 62", "a\uFFFD\uFFFD\uFFFDb")]
    [InlineData("C0 80 3C FE 26 01", "\uFFFD\uFFFD<\uFFFD&\u0001")]
    [InlineData("5F 78 30 30 34 31 5F FF 5F 78 30 30 34 31", "_x0041_\uFFFD_x0041")]
    [InlineData("20 FF 20", " \uFFFD ")]
    public async Task Bytes_that_are_no_UTF8_are_replaced_and_counted(string bytes, string read)
    {
        var file = await Write(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

        Assert.Equal(read, Read(file));
        Assert.Equal([Replaced], file.Warnings);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_also_cut_where_a_cell_ends()
    {
        var file = await Write([.. Enumerable.Repeat((byte)0xF0, 40_000)]);

        Assert.Equal(new string('\uFFFD', 32_759) + " … [cut]", Read(file));
        Assert.Equal([Cut, Replaced], file.Warnings);
    }

    [Fact]
    public async Task Bytes_behind_the_cut_are_not_counted()
    {
        var file = await Write([.. Enumerable.Repeat((byte)'x', 40_000), 0xFF]);

        Assert.Equal([Cut], file.Warnings);
    }

    [Theory]
    [InlineData(32_765, "😀", null)]
    [InlineData(32_766, "😀", 32_759)]
    [InlineData(32_758, "😀 and what would not fit", 32_758)]
    [InlineData(32_757, "😀 and what would not fit", 32_759)]
    [InlineData(32_766, "é", null)]
    [InlineData(32_767, "é", 32_759)]
    public async Task A_pair_of_units_is_never_torn_at_the_end_of_a_cell(int before, string end, int? kept)
    {
        var text = new string('x', before) + end;

        var file = await Write(Encoding.UTF8.GetBytes(text));

        Assert.Equal(kept is { } units ? text[..units] + " … [cut]" : text, Read(file));
        Assert.Equal(kept is null ? [] : [Cut], file.Warnings);
    }

    [Fact]
    public async Task Dates_that_Excel_does_not_have_are_text_and_counted()
    {
        FileColumn[] columns = [new("born", "Born", CellType.Date), new("at", "At", CellType.TimestampTz)];

        var file = await Written.As(
            FileFormats.Xlsx, columns,
            [WireRow.Date(new(1900, 1, 1)), WireRow.Timestamp(new(1899, 12, 31))],
            [WireRow.Date(new(1900, 2, 28)), WireRow.Int64(long.MaxValue)],
            [WireRow.Date(new(1900, 3, 1)), WireRow.Timestamp(new(9999, 12, 31, 23, 59, 59))],
            [WireRow.Int32(-730_120), null],
            [WireRow.Int32(int.MinValue), WireRow.Timestamp(new(1900, 3, 1))]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        Assert.Equal(
            [
                ["1900-01-01", "1899-12-31T00:00:00Z"], ["1900-02-28", "infinity"], [new DateTime(1900, 3, 1), new DateTime(9999, 12, 31, 23, 59, 59)],
                ["0001-12-31 BC", null], ["-infinity", new DateTime(1900, 3, 1)],
            ],
            Workbook.Read(file.Bytes)[0].Rows.Skip(1));
        Assert.Equal(["6 dates in “Born”, “At” are stored as text, because Excel has only dates from March 1900 to 9999."], file.Warnings);
    }

    [Fact]
    public async Task A_number_that_is_none_is_text_and_counted()
    {
        FileColumn[] columns = [new("n", "N", CellType.Numeric), new("f", "F", CellType.Float8)];

        var file = await Written.As(
            FileFormats.Xlsx, columns, [WireRow.Numeric("NaN"), WireRow.Float8(double.PositiveInfinity)], [WireRow.Numeric("-Infinity"), WireRow.Float8(1)]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        Assert.Equal([["NaN", "Infinity"], ["-Infinity", 1.0]], Workbook.Read(file.Bytes)[0].Rows.Skip(1));
        Assert.Equal(["3 numbers in “N”, “F” are stored as text, because Excel cannot hold them as they are."], file.Warnings);
    }

    [Fact]
    public async Task A_table_may_have_1600_columns()
    {
        FileColumn[] columns = [.. Enumerable.Range(1, 1_600).Select(i => new FileColumn($"c{i}", $"C {i}", CellType.Int32))];

        var file = await Written.As(FileFormats.Xlsx, columns, [.. Enumerable.Range(1, 1_600).Select(WireRow.Int32)]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var rows = Workbook.Read(file.Bytes)[0].Rows;
        Assert.Equal(columns.Select(column => column.Title), rows[0]);
        Assert.Equal(Enumerable.Range(1, 1_600).Select(i => (object)(double)i), rows[1]);
    }

    private static Task<Written> Write(byte[] text) => Written.As(FileFormats.Xlsx, Note, [text]);

    private static string Read(Written file)
    {
        Assert.Empty(Workbook.Faults(file.Bytes));
        return (string)Workbook.Read(file.Bytes)[0].Rows[1][0]!;
    }
}
