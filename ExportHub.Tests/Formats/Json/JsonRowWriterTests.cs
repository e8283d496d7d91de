using System.Text.Json;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Json;

public sealed class JsonRowWriterTests
{
    private static readonly FileColumn[] Columns = [new("id", "Id", CellType.Int32), new("note \"x\"", "Note", CellType.Text)];

    [Fact]
    public async Task JSON_Lines_has_one_object_on_each_line()
    {
        var file = await Written.As(FileFormats.JsonLines, Columns, [WireRow.Int32(1), WireRow.Text("a\nb")], [WireRow.Int32(2), null]);

        Assert.Equal("{\"id\":1,\"note \\\"x\\\"\":\"a\\nb\"}\n{\"id\":2,\"note \\\"x\\\"\":null}\n", file.Text);
        Assert.Equal(2, file.Report.Rows);
    }

    [Fact]
    public async Task JSON_is_an_array_with_one_row_on_each_line()
    {
        var file = await Written.As(FileFormats.Json, Columns, [WireRow.Int32(1), null], [WireRow.Int32(2), null]);

        Assert.Equal("[\n{\"id\":1,\"note \\\"x\\\"\":null},\n{\"id\":2,\"note \\\"x\\\"\":null}\n]\n", file.Text);
    }

    [Fact]
    public async Task No_rows_are_an_empty_array_or_an_empty_file()
    {
        using var array = JsonDocument.Parse((await Written.As(FileFormats.Json, Columns)).Bytes);

        Assert.Equal(0, array.RootElement.GetArrayLength());
        Assert.Empty((await Written.As(FileFormats.JsonLines, Columns)).Bytes);
    }

    [Theory]
    [InlineData("1234567890123456789012345678901234567890.1234567890", "1234567890123456789012345678901234567890.1234567890")]
    [InlineData("0.00", "0.00")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("-Infinity", "\"-Infinity\"")]
    public async Task A_numeric_keeps_every_digit_and_what_JSON_has_no_number_for_is_a_string(string digits, string json)
    {
        Assert.Equal(json, await Cell(CellType.Numeric, WireRow.Numeric(digits)));
    }

    [Theory]
    [InlineData("quote \" and \\ backslash", "\"quote \\\" and \\\\ backslash\"")]
    [InlineData("\u0001\b\f\n\r\t\u001f", "\"\\u0001\\b\\f\\n\\r\\t\\u001f\"")]
    [InlineData("<a href='x'>ä 漢 😀 +</a>\u007f", "\"<a href='x'>ä 漢 😀 +</a>\u007f\"")]
    [InlineData("", "\"\"")]
    public async Task A_text_is_escaped_only_where_it_must_be(string text, string json)
    {
        Assert.Equal(json, await Cell(CellType.Text, WireRow.Text(text)));
    }

    [Fact]
    public async Task A_JSON_cell_is_embedded_on_one_line()
    {
        Assert.Equal("{   \"a\": [1, 2],  \"b\": \"x\\ny\" }", await Cell(CellType.Json, WireRow.Text("{\r\n \"a\": [1, 2],\n \"b\": \"x\\ny\"\n}")));
        Assert.Equal("null", await Cell(CellType.Json, WireRow.Text("null")));
    }

    [Fact]
    public async Task Other_types_are_strings_and_booleans_are_booleans()
    {
        Assert.Equal("\"\\\\xdead\"", await Cell(CellType.Bytea, [0xde, 0xad]));
        Assert.Equal("false", await Cell(CellType.Boolean, WireRow.Boolean(false)));
        Assert.Equal("\"24:00:00\"", await Cell(CellType.Time, WireRow.Time(86_400_000_000)));
        Assert.Equal("\"infinity\"", await Cell(CellType.Date, WireRow.Int32(int.MaxValue)));
        Assert.Equal("\"NaN\"", await Cell(CellType.Float4, WireRow.Float4(float.NaN)));
        Assert.Equal("1E+300", await Cell(CellType.Float8, WireRow.Float8(1e300)));
        Assert.Equal("\"2026-01-31T10:15:00Z\"", await Cell(CellType.TimestampTz, WireRow.Timestamp(new DateTime(2026, 1, 31, 10, 15, 0))));
    }

    private static Task<string> Cell(CellType type, byte[] wire) => Written.Cell(Written.Settings(FileFormats.JsonLines), type, wire);
}
