using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Csv;

public sealed class FormulaGuardTests
{
    private static readonly FileColumn[] Note = [new("note", "Note", CellType.Text)];

    [Theory]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("\u200B@a", "'\u200B@a")]
    [InlineData("\u3000 ＝1", "'\u3000 ＝1")]
    [InlineData("\u0001+1", "'\u0001+1")]
    [InlineData("\"=1\"", "\"'\"\"=1\"\"\"")]
    [InlineData(" ", " ")]
    [InlineData("\u00A0 text", "\u00A0 text")]
    [InlineData("“quoted”", "“quoted”")]
    [InlineData("ﾊ", "ﾊ")]
    public async Task A_formula_behind_what_importers_trim_is_guarded(string text, string field) => Assert.Equal(field, await CellAsync(text, ","));

    [Theory]
    [InlineData(",", "a;=1", "a;'=1")]
    [InlineData(",", "a; \"=1", "\"a; \"\"'=1\"")]
    [InlineData(",", "a\t@x", "a\t'@x")]
    [InlineData(",", "a|+x", "a|'+x")]
    [InlineData(",", "a;＝1;=2", "a;'＝1;'=2")]
    [InlineData(",", "a\n=1", "\"a\n'=1\"")]
    [InlineData(",", "a\r\n- b\r\n- c", "\"a\r\n'- b\r\n'- c\"")]
    [InlineData(",", "=1;=2", "'=1;'=2")]
    [InlineData(";", "a,=1", "a,'=1")]
    [InlineData("\t", "a,=1", "a,'=1")]
    [InlineData(",", "a,=1", "\"a,=1\"")]
    [InlineData(";", "a;=1", "\"a;=1\"")]
    [InlineData(",", "a\",=1", "\"a\"\",=1\"")]
    [InlineData(",", "a=1; b=2", "a=1; b=2")]
    public async Task A_formula_is_guarded_where_a_reader_with_another_delimiter_begins_a_cell(string delimiter, string text, string field) =>
        Assert.Equal(field, await CellAsync(text, delimiter));

    [Theory]
    [InlineData("[1, -2, -3.5]")]
    [InlineData("12,-5")]
    [InlineData("A, -5")]
    public async Task Inside_a_text_a_sign_before_nothing_but_digits_is_left(string text) => Assert.Equal(text, await CellAsync(text, ";"));

    [Theory]
    [InlineData("1,-2+3+cmd|' /C calc'!A0", "1,'-2+3+cmd|' /C calc'!A0")]
    [InlineData("1,-5,-a", "1,'-5,'-a")]
    public async Task But_not_when_a_letter_follows_anywhere(string text, string field) => Assert.Equal(field, await CellAsync(text, ";"));

    [Fact]
    public async Task A_cell_counts_once_however_many_apostrophes_it_got()
    {
        var file = await Written.As(FileFormats.Csv, Note, [WireRow.Text("=1;=2;=3")], [WireRow.Text("a;=2;=3")], [WireRow.Text("a;b")]);

        Assert.Equal([new Remark(RemarkKind.Guarded, "note", "Note", 2)], file.Report.Remarks);
    }

    [Fact]
    public async Task Text_of_nothing_but_separators_and_signs_takes_no_longer_than_its_length()
    {
        // Looking for the end of each formula from each sign would take hours.
        var hostile = string.Concat(Enumerable.Repeat(",-", 2_000_000)) + string.Concat(Enumerable.Repeat(", \t", 1_000_000));

        var file = await Written.By(Written.Settings(FileFormats.Csv, new FormatOptions { Delimiter = ";" }), Note, [WireRow.Text("x" + hostile)], [WireRow.Text(hostile + "x")]);

        Assert.Equal(1, Assert.Single(file.Report.Remarks, remark => remark.Kind == RemarkKind.Guarded).Cells);
    }

    [Theory]
    [InlineData("=1", true)]
    [InlineData("@", true)]
    [InlineData("-x", true)]
    [InlineData("-", false)]
    [InlineData("-999", false)]
    [InlineData("NULL", false)]
    public void A_text_for_null_is_no_formula_while_the_guard_is_on(string nullText, bool refused)
    {
        var faults = new List<string>();

        FileFormats.Settle("csv", new FormatOptions { NullText = nullText }, TimeZoneInfo.Utc, (field, _) => faults.Add(field));

        Assert.Equal(refused ? ["options.nullText"] : [], faults);
        Assert.NotNull(FileFormats.Settle("csv", new FormatOptions { NullText = nullText, FormulaGuard = false }, TimeZoneInfo.Utc, (field, _) => Assert.Fail(field)));
    }

    private static Task<string> CellAsync(string text, string delimiter) =>
        Written.Cell(Written.Settings(FileFormats.Csv, new FormatOptions { Delimiter = delimiter }), CellType.Text, Encoding.UTF8.GetBytes(text));
}
