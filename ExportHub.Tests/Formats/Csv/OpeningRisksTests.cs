using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Csv;

public sealed class OpeningRisksTests
{
    private static readonly FileColumn[] Sku = [new("sku", "SKU", CellType.Text)];

    [Theory]
    [InlineData("00123", nameof(RemarkKind.LosesZeros))]
    [InlineData("00", nameof(RemarkKind.LosesZeros))]
    [InlineData("007.5", nameof(RemarkKind.LosesZeros))]
    [InlineData("4111111111111111", nameof(RemarkKind.LosesDigits))]
    [InlineData("0001234567890123456", nameof(RemarkKind.LosesDigits))]
    [InlineData("1.2345678901234567", nameof(RemarkKind.LosesDigits))]
    [InlineData("1-2", nameof(RemarkKind.BecomesDate))]
    [InlineData("3/4", nameof(RemarkKind.BecomesDate))]
    [InlineData("12/2024", nameof(RemarkKind.BecomesDate))]
    [InlineData("2024-1-5", nameof(RemarkKind.BecomesDate))]
    [InlineData("31/12/99 10:15", nameof(RemarkKind.BecomesDate))]
    [InlineData("MAR1", nameof(RemarkKind.BecomesDate))]
    [InlineData("SEPT2", nameof(RemarkKind.BecomesDate))]
    [InlineData("march-7", nameof(RemarkKind.BecomesDate))]
    [InlineData("2-Sep", nameof(RemarkKind.BecomesDate))]
    [InlineData("12 September 2024 10:15", nameof(RemarkKind.BecomesDate))]
    [InlineData("16:9", nameof(RemarkKind.BecomesDate))]
    [InlineData("10:15:30", nameof(RemarkKind.BecomesDate))]
    [InlineData("1E5", nameof(RemarkKind.BecomesPower))]
    [InlineData("2310009e13", nameof(RemarkKind.BecomesPower))]
    [InlineData("1.5E-3", nameof(RemarkKind.BecomesPower))]
    public async Task A_text_is_counted_for_the_worst_that_opening_would_do_to_it(string text, string kind)
    {
        Assert.Equal([new Remark(Enum.Parse<RemarkKind>(kind), "sku", "SKU", 1)], await RemarksAsync(text));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("123")]
    [InlineData("0.5")]
    [InlineData("100000000000000000000")]
    [InlineData("1234567890123450")]
    [InlineData("12-14-16-18")]
    [InlineData("13-45")]
    [InlineData("0/0")]
    [InlineData("1 2")]
    [InlineData("10.1.2.3")]
    [InlineData("030/12345")]
    [InlineData("1.2.3")]
    [InlineData("16:99")]
    [InlineData("10:15 o'clock")]
    [InlineData("March")]
    [InlineData("Mar 5 Street")]
    [InlineData("MAR100")]
    [InlineData("Marc1")]
    [InlineData("12 Elm Street")]
    [InlineData("1E999")]
    [InlineData("1Ex")]
    [InlineData("12e")]
    [InlineData("123456789012345a")]
    [InlineData("7b")]
    [InlineData("٣/٤")]
    public async Task A_text_that_stays_what_it_is_is_not_counted(string text) => Assert.Empty(await RemarksAsync(text));

    [Fact]
    public async Task Where_dates_have_dots_and_numbers_commas_the_reader_of_that_culture_is_meant()
    {
        var german = new FormatOptions { Profile = "excel", Culture = "de-DE" };

        Assert.Equal(RemarkKind.BecomesDate, Assert.Single(await RemarksAsync("1.2", german)).Kind);
        Assert.Equal(RemarkKind.BecomesDate, Assert.Single(await RemarksAsync("1.2.3", german)).Kind);
        Assert.Equal(RemarkKind.LosesZeros, Assert.Single(await RemarksAsync("01,2", german)).Kind);
        Assert.Empty(await RemarksAsync("1.2", new FormatOptions { Profile = "excel" }));
    }

    [Fact]
    public async Task Quotes_protect_nothing_and_an_apostrophe_everything_but_the_length()
    {
        Assert.Equal(RemarkKind.LosesZeros, Assert.Single(await RemarksAsync("00123", new FormatOptions { Quote = "all" })).Kind);
        Assert.Equal([RemarkKind.Guarded], (await RemarksAsync("+0012")).Select(remark => remark.Kind));
        Assert.Equal([RemarkKind.Guarded, RemarkKind.Overlong], (await RemarksAsync("=" + new string('x', 40_000))).Select(remark => remark.Kind));
    }

    [Fact]
    public async Task Numbers_of_more_than_15_digits_are_counted_and_shorter_ones_not()
    {
        FileColumn[] columns = [new("id", "Id", CellType.Int64), new("n", "N", CellType.Numeric), new("f", "F", CellType.Float8)];

        var file = await Written.As(
            FileFormats.Csv, columns,
            [WireRow.Int64(long.MinValue), WireRow.Numeric("1234567890.1234567"), WireRow.Float8(0.1 + 0.2)],
            [WireRow.Int64(1_000_000_000_000_001), WireRow.Numeric("NaN"), WireRow.Float8(double.NaN)],
            [WireRow.Int64(999_999_999_999_999), WireRow.Numeric("12345678.1234567"), null],
            [WireRow.Int64(-999_999_999_999_999), WireRow.Numeric("0"), null]);

        Assert.Equal([new Remark(RemarkKind.LosesDigits, "id", "Id", 2), new Remark(RemarkKind.LosesDigits, "n", "N", 1)], file.Report.Remarks);
    }

    [Fact]
    public async Task Cells_longer_than_a_spreadsheets_are_counted_in_characters()
    {
        FileColumn[] columns = [new("t", "T", CellType.Text), new("b", "B", CellType.Bytea)];

        var file = await Written.As(
            FileFormats.Csv, columns,
            [WireRow.Text(new string('é', 32_767)), new byte[16_382]],
            [WireRow.Text(new string('é', 32_768)), new byte[16_383]]);

        Assert.Equal([new Remark(RemarkKind.Overlong, "t", "T", 1), new Remark(RemarkKind.Overlong, "b", "B", 1)], file.Report.Remarks);
    }

    [Theory]
    [InlineData(1_048_575, 0)]
    [InlineData(1_048_580, 5)]
    public async Task Rows_that_a_sheet_does_not_hold_are_counted(int rows, int beyond)
    {
        await using var writer = FileFormats.CreateWriter(Written.Settings(FileFormats.Csv), Sku, Written.About, Stream.Null);
        using var row = WireRow.Of(WireRow.Text("a"));
        await writer.StartAsync(CancellationToken.None);
        for (var i = 0; i < rows; i++)
        {
            await writer.WriteAsync(row, CancellationToken.None);
        }

        var report = await writer.FinishAsync(CancellationToken.None);

        Assert.Equal(beyond == 0 ? [] : [new Remark(RemarkKind.BeyondSheet, "", "", beyond)], report.Remarks);
    }

    [Fact]
    public async Task The_risks_are_said_in_sentences_that_name_the_column_and_the_way_out()
    {
        FileColumn[] columns = [.. Sku, new("zip", "ZIP", CellType.Text)];
        byte[]?[][] rows = [.. Enumerable.Range(0, 1203).Select(_ => new byte[]?[] { WireRow.Text("00123"), null }), [WireRow.Text("1-2"), WireRow.Text("01234")]];

        var file = await Written.As(FileFormats.Csv, columns, rows);

        Assert.Equal(
            [
                "“SKU”, “ZIP”: 1,204 values would lose their leading zeros if this file is opened by double click; take Excel instead.",
                "“SKU”: 1 value would become a date or a time if this file is opened by double click; take Excel instead.",
            ],
            file.Warnings);
        Assert.All(file.Report.Remarks, remark => Assert.True(remark.IsRisk));
    }

    [Fact]
    public void Every_kind_has_its_sentences_and_is_a_risk_or_a_change()
    {
        RemarkKind[] changes =
            [RemarkKind.Guarded, RemarkKind.Cut, RemarkKind.NumberAsText, RemarkKind.DateAsText, RemarkKind.Unreadable, RemarkKind.WholeSeconds];

        foreach (var kind in Enum.GetValues<RemarkKind>())
        {
            Assert.Equal(!changes.Contains(kind), new Remark(kind, "a", "A", 1).IsRisk);
            Assert.NotEqual(Remarks.Sentences([new Remark(kind, "a", "A", 1)]), Remarks.Sentences([new Remark(kind, "a", "A", 2)]));
        }
    }

    [Theory]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task Only_CSV_is_opened_that_way(string format) =>
        Assert.Empty((await Written.As(FileFormats.All.Single(known => known.Name == format), Sku, [WireRow.Text("00123")])).Report.Remarks);

    private static async Task<IReadOnlyList<Remark>> RemarksAsync(string text, FormatOptions? options = null) =>
        (await Written.By(Written.Settings(FileFormats.Csv, options), Sku, [WireRow.Text(text)])).Report.Remarks;
}
