using System.Text;
using CsvHelper;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Csv;

public sealed class CsvRowWriterTests
{
    private static readonly FileColumn[] Note = [new("note", "Note", CellType.Text)];

    [Fact]
    public async Task The_profile_machine_has_no_BOM_column_names_and_CRLF()
    {
        FileColumn[] columns = [new("id", "Number", CellType.Int32), new("note", "Note, long", CellType.Text)];

        var file = await Written.As(FileFormats.Csv, columns, [WireRow.Int32(7), WireRow.Text("a")], [null, WireRow.Text("b")]);

        Assert.Equal("id,note\r\n7,a\r\n,b\r\n", file.Text);
        Assert.Equal((byte)'i', file.Bytes[0]);
        Assert.Equal(2, file.Report.Rows);
        Assert.Empty(file.Warnings);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("a;b", "a;b")]
    [InlineData(" blank ", " blank ")]
    [InlineData("", "\"\"")]
    [InlineData("naïve 漢字 😀", "naïve 漢字 😀")]
    public async Task A_text_is_quoted_when_it_must_be(string text, string field)
    {
        Assert.Equal(field, await Written.Cell(Written.Settings(FileFormats.Csv), CellType.Text, WireRow.Text(text)));
    }

    [Fact]
    public async Task Null_and_the_empty_text_differ()
    {
        FileColumn[] columns = [.. Note, new("id", "Id", CellType.Int32)];

        var file = await Written.As(FileFormats.Csv, columns, [null, null], [[], null]);

        Assert.Equal("note,id\r\n,\r\n\"\",\r\n", file.Text);
    }

    [Fact]
    public async Task A_line_is_never_empty_because_readers_skip_empty_lines()
    {
        var file = await Written.As(FileFormats.Csv, Note, [null], [WireRow.Text("a")]);

        Assert.Equal("note\r\n\"\"\r\na\r\n", file.Text);
    }

    [Fact]
    public async Task What_equals_the_text_for_null_is_quoted()
    {
        FileColumn[] columns = [.. Note, new("value", "Value", CellType.Float8)];
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { NullText = "NaN" });

        var file = await Written.By(settings, columns, [null, null], [WireRow.Text("NaN"), WireRow.Float8(double.NaN)], [[], WireRow.Float8(1)]);

        Assert.Equal("note,value\r\nNaN,NaN\r\n\"NaN\",\"NaN\"\r\n,1\r\n", file.Text);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-", "'-")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("\n=1", "\"'\n'=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠a", "'＠a")]
    [InlineData("=cmd|' /C calc'!A0,\"x\"", "\"'=cmd|' /C calc'!A0,\"\"x\"\"\"")]
    [InlineData("1-1", "1-1")]
    [InlineData("，full-width comma", "，full-width comma")]
    public async Task A_text_that_begins_like_a_formula_gets_an_apostrophe(string text, string field)
    {
        var guarded = await Written.Cell(Written.Settings(FileFormats.Csv), CellType.Text, WireRow.Text(text));

        Assert.Equal(field, guarded);
    }

    [Fact]
    public async Task Numbers_and_dates_are_never_guarded_and_guarded_columns_are_named()
    {
        FileColumn[] columns = [new("=a", "Sum", CellType.Text), new("b", "B", CellType.Int32), new("c", "Data", CellType.Json), new("d", "D", CellType.Date)];

        var file = await Written.As(
            FileFormats.Csv, columns, [WireRow.Text("-x"), WireRow.Int32(-1), WireRow.Text("-5"), WireRow.Int32(int.MinValue)]);

        Assert.Equal("'=a,b,c,d\r\n'-x,-1,'-5,-infinity\r\n", file.Text);
        Assert.Equal(
            "3 cells in “Sum”, “Data” begin like a formula or have one inside and were given an apostrophe before it, so that no spreadsheet runs it.",
            Assert.Single(file.Warnings));
    }

    [Fact]
    public async Task Without_the_guard_texts_stay_as_they_are()
    {
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { FormulaGuard = false });

        var file = await Written.By(settings, Note, [WireRow.Text("=1")]);

        Assert.Equal("note\r\n=1\r\n", file.Text);
        Assert.Empty(file.Warnings);
    }

    [Fact]
    public async Task The_profile_excel_has_BOM_titles_and_the_forms_of_the_culture()
    {
        FileColumn[] columns =
        [
            new("a", "Betrag", CellType.Numeric), new("b", "Float", CellType.Float8), new("c", "Ja", CellType.Boolean), new("d", "Tag", CellType.Date),
            new("e", "Zeit", CellType.TimestampTz), new("f", "Uhr", CellType.Time), new("g", "Text", CellType.Text),
        ];
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Profile = "excel", Culture = "de-DE" }, "Europe/Berlin");
        var moment = WireRow.Timestamp(new DateTime(2026, 7, 1, 22, 30, 5).AddMilliseconds(250));

        var file = await Written.By(
            settings, columns,
            [WireRow.Numeric("-1234.50"), WireRow.Float8(0.5), WireRow.Boolean(true), WireRow.Date(new(2026, 1, 31)), moment, WireRow.Time(36_900_000_000), WireRow.Text("a;b")]);

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), file.Bytes[..3]);
        Assert.Equal(
            "Betrag;Float;Ja;Tag;Zeit;Uhr;Text\r\n-1234,50;0,5;TRUE;31.01.2026;02.07.2026 00:30:05;10:15:00;\"a;b\"\r\n",
            Encoding.UTF8.GetString(file.Bytes.AsSpan(3)));
        Assert.Equal("1 time in “Zeit” was written without its fraction of a second, which Excel shows badly.", Assert.Single(file.Warnings));
    }

    [Fact]
    public async Task A_number_that_holds_the_delimiter_is_quoted()
    {
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Profile = "excel", Culture = "de-DE", Delimiter = "," });

        var file = await Written.By(settings, [new("a", "A", CellType.Numeric)], [WireRow.Numeric("1.5")], [WireRow.Numeric("15")]);

        Assert.EndsWith("\r\n\"1,5\"\r\n15\r\n", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CsvHelper_reads_titles_with_everything_in_them()
    {
        FileColumn[] columns = [new("a", "A \"quoted\", title\r\nof two lines", CellType.Text), new("b", "B", CellType.Text)];
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { Header = "title", Delimiter = "\t" });

        var file = await Written.By(settings, columns, [WireRow.Text("a\tb"), null]);

        using var reader = CsvReader.Create(file.Bytes, new CsvReaderOptions { Separator = '\t' });
        Assert.True(reader.Read());
        Assert.Equal(columns.Select(column => column.Title), reader.Headers);
        Assert.Equal("a\tb", reader.GetString(0));
    }
}
