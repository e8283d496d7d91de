using System.Buffers.Binary;
using System.Text;
using ExportHub.Formats;
using ExportHub.Formats.Shown;

namespace ExportHub.Tests.Formats;

public sealed class ShownRowsTests
{
    private static readonly FileColumn[] Texts = [new("a", "A", CellType.Text), new("b", "B", CellType.Text)];

    [Theory]
    [InlineData("needed", "crlf", ",")]
    [InlineData("all", "lf", ";")]
    [InlineData("text", "crlf", "\t")]
    public async Task What_was_written_as_csv_is_read_back_as_it_was(string quote, string lineEnd, string delimiter)
    {
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Quote = quote, LineEnd = lineEnd, Delimiter = delimiter, Bom = true, Header = "title" });
        var file = await Written.By(settings, Texts, [Bytes("two\r\nlines, \"quoted\";\tand more"), Bytes("")], [null, Bytes("漢字")], [Bytes("x"), null]);

        var rows = ShownRows.Of(settings, Texts, file.Bytes);

        Assert.Equal([["A", "B"], ["two\r\nlines, \"quoted\";\tand more", ""], ["", "漢字"], ["x", ""]], rows);
    }

    [Fact]
    public async Task A_workbook_is_shown_as_excel_shows_it()
    {
        FileColumn[] columns = [new("n", "N", CellType.Int64), new("f", "F", CellType.Float8), new("yes", "Yes", CellType.Boolean), new("day", "Day", CellType.Date), new("text", "Text", CellType.Text)];
        var file = await Written.As(FileFormats.Xlsx, columns, [Long(123456789012), Float(0.1), [1], Int(0), Bytes("=1+1 <&>")], [null, null, [0], null, null]);

        Assert.Equal(
            [["N", "F", "Yes", "Day", "Text"], ["123456789012", "0.1", "TRUE", "2000-01-01", "=1+1 <&>"], ["", "", "FALSE", "", ""]],
            ShownRows.Of(Written.Settings(FileFormats.Xlsx), columns, file.Bytes));
    }

    [Fact]
    public async Task Without_rows_there_is_the_header_alone_and_in_json_nothing()
    {
        foreach (var format in FileFormats.All)
        {
            var file = await Written.As(format, Texts);

            Assert.Equal(ShownRows.HasHeader(format) ? 1 : 0, ShownRows.Of(Written.Settings(format), Texts, file.Bytes).Count);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Int(int value)
    {
        var wire = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(wire, value);
        return wire;
    }

    private static byte[] Long(long value)
    {
        var wire = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(wire, value);
        return wire;
    }

    private static byte[] Float(double value)
    {
        var wire = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(wire, value);
        return wire;
    }
}
