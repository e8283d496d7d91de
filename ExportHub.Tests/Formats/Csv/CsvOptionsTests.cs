using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Csv;

public sealed class CsvOptionsTests
{
    private static readonly FileColumn[] Columns =
    [
        new("id", "Id", CellType.Int32), new("note", "Note", CellType.Text), new("day", "Day", CellType.Date), new("amount", "Amount", CellType.Numeric),
    ];

    private static readonly byte[]?[] Row = [WireRow.Int32(7), WireRow.Text("a"), WireRow.Date(new(2026, 1, 31)), WireRow.Numeric("1234.50")];
    private static readonly byte[]?[] Nulls = [null, null, null, null];

    [Theory]
    [InlineData("needed", "id,note,day,amount|7,a,2026-01-31,1234.50|,,,|")]
    [InlineData("text", "\"id\",\"note\",\"day\",\"amount\"|7,\"a\",2026-01-31,1234.50|,,,|")]
    [InlineData("all", "\"id\",\"note\",\"day\",\"amount\"|\"7\",\"a\",\"2026-01-31\",\"1234.50\"|,,,|")]
    public async Task Quotes_stand_where_the_rule_says_and_never_around_null(string quote, string lines) =>
        Assert.Equal(lines, await LinesAsync(new FormatOptions { Quote = quote }));

    [Fact]
    public async Task Line_end_BOM_decimal_sign_and_dates_are_as_asked()
    {
        var file = await Written.By(
            Written.Settings(FileFormats.Csv, new FormatOptions { LineEnd = "lf", Bom = true, Decimal = ",", DateFormat = "d/M/yyyy", Delimiter = ";" }), Columns, Row);

        Assert.Equal("\uFEFFid;note;day;amount\n7;a;31/1/2026;1234,50\n", Encoding.UTF8.GetString(file.Bytes));
    }

    [Fact]
    public async Task What_is_asked_for_wins_over_the_profile()
    {
        var options = new FormatOptions
        {
            Profile = "excel", Culture = "de-DE", Delimiter = ",", Bom = false, Decimal = ".", DateFormat = "iso", Header = "name", LineEnd = "lf",
        };

        var file = await Written.By(Written.Settings(FileFormats.Csv, options), Columns, Row);

        Assert.Equal("id,note,day,amount\n7,a,2026-01-31,1234.50\n", file.Text);
    }

    [Fact]
    public async Task A_decimal_sign_that_is_the_delimiter_is_put_in_quotes() =>
        Assert.Equal("id,note,day,amount|7,a,2026-01-31,\"1234,50\"|,,,|", await LinesAsync(new FormatOptions { Decimal = "," }));

    [Fact]
    public async Task A_date_format_gives_times_whole_seconds_and_says_so()
    {
        var settings = Written.Settings(FileFormats.Csv, new FormatOptions { DateFormat = "yyyy-MM-dd" }, "Asia/Kathmandu");

        var file = await Written.By(
            settings, [new("t", "T", CellType.TimestampTz)], [WireRow.Timestamp(new DateTime(2026, 7, 1, 22, 30, 5).AddMilliseconds(250))]);

        Assert.Equal("t\r\n2026-07-02 04:15:05\r\n", file.Text);
        Assert.Equal(RemarkKind.WholeSeconds, Assert.Single(file.Report.Remarks).Kind);
    }

    [Theory]
    [InlineData("options.quote", "needed, text or all")]
    [InlineData("options.lineEnd", "crlf or lf")]
    [InlineData("options.decimal", "a dot or a comma")]
    [InlineData("options.dateFormat", "dd.MM.yyyy")]
    public void A_wrong_option_is_told_by_its_field_with_what_is_allowed(string field, string allowed)
    {
        var faults = new Dictionary<string, string>();

        var settings = FileFormats.Settle(
            "csv", new FormatOptions { Quote = "never", LineEnd = "cr", Decimal = "", DateFormat = "yy" }, TimeZoneInfo.Utc, (where, fault) => faults.Add(where, fault));

        Assert.Null(settings);
        Assert.Equal(4, faults.Count);
        Assert.Contains(allowed, faults[field], StringComparison.Ordinal);
    }

    [Fact]
    public void None_of_them_suits_another_format()
    {
        var faults = new List<string>();
        var options = new FormatOptions { Quote = "all", LineEnd = "lf", Bom = true, Decimal = ",", DateFormat = "iso" };

        FileFormats.Settle("jsonl", options, TimeZoneInfo.Utc, (field, _) => faults.Add(field));

        Assert.Equal(["options.bom", "options.dateFormat", "options.decimal", "options.lineEnd", "options.quote"], faults.Order());
    }

    [Theory]
    [InlineData("ID", null, "\"ID\"\r\n")]
    [InlineData("IDs", null, "\"IDs\"\r\n")]
    [InlineData("ID", true, "\uFEFFID\r\n")]
    [InlineData("id", null, "id\r\n")]
    public async Task A_file_never_begins_with_the_mark_of_a_SYLK_file(string name, bool? bom, string header)
    {
        var file = await Written.By(Written.Settings(FileFormats.Csv, new FormatOptions { Bom = bom }), [new(name, name, CellType.Int32)]);

        Assert.Equal(header, Encoding.UTF8.GetString(file.Bytes));
    }

    private static async Task<string> LinesAsync(FormatOptions options) =>
        (await Written.By(Written.Settings(FileFormats.Csv, options), Columns, Row, Nulls)).Text.Replace("\r\n", "|", StringComparison.Ordinal);
}
