using DocumentFormat.OpenXml.Packaging;
using ExportHub.Formats;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Tests.Formats.Xlsx;

public sealed class AboutSheetTests
{
    private static readonly FileColumn[] Id = [new("id", "Order <id>", CellType.Int64)];

    private static readonly FileAbout Orders = new(
        "Orders: 2026/01", new(2026, 1, 31, 9, 15, 0, TimeSpan.Zero),
        [new("Asked for", "1 column: Order <id>"), new("", "Status is “paid”"), new("Data as of", "2026-01-31 10:15:00 +01:00")]);

    [Fact]
    public async Task The_last_sheet_says_what_the_file_is_and_what_had_to_be_changed_in_it()
    {
        var file = await Write(Orders, [WireRow.Int64(1)], [WireRow.Int64(long.MaxValue)]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var sheets = Workbook.Read(file.Bytes);
        Assert.Equal(["Orders- 2026-01", "About"], sheets.Select(sheet => sheet.Name));
        Assert.Equal(
            [
                ["Title", "Orders: 2026/01"], ["Rows", 2.0],
                ["Remarks", "1 number in “Order <id>” is stored as text, because Excel cannot hold it as it is."],
                ["Asked for", "1 column: Order <id>"], [null, "Status is “paid”"], ["Data as of", "2026-01-31 10:15:00 +01:00"],
            ],
            sheets[1].Rows);
    }

    [Fact]
    public async Task Remarks_stand_one_below_the_other_and_none_leave_no_row()
    {
        var file = await Write(Orders with { Sentences = report => [$"{report.Rows} rows.", "That is all."] }, [WireRow.Int64(1)]);

        Assert.Equal([["Remarks", "1 rows."], [null, "That is all."]], Workbook.Read(file.Bytes)[1].Rows.Skip(2).Take(2));
        Assert.Equal("Asked for", Workbook.Read((await Write(Orders, [WireRow.Int64(1)])).Bytes)[1].Rows[2][0]);
    }

    [Fact]
    public async Task A_program_that_opens_the_file_shows_the_data_first()
    {
        var file = await Write(Orders, [WireRow.Int64(1)]);

        Assert.DoesNotContain("activeTab", Workbook.Part(file.Bytes, "xl/workbook.xml"), StringComparison.Ordinal);
        Assert.Contains("tabSelected=\"1\"", Workbook.Part(file.Bytes, "xl/worksheets/sheet1.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("tabSelected", Workbook.Part(file.Bytes, "xl/worksheets/sheet2.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_properties_of_the_document_are_title_facts_and_the_instant_of_the_data()
    {
        var file = await Write(Orders, [WireRow.Int64(1)]);

        using var document = SpreadsheetDocument.Open(new MemoryStream(file.Bytes), isEditable: false);
        var properties = document.PackageProperties;
        Assert.Equal(("Orders: 2026/01", "ExportHub"), (properties.Title, properties.Creator));
        Assert.Equal("Asked for: 1 column: Order <id>\nStatus is “paid”\nData as of: 2026-01-31 10:15:00 +01:00", properties.Description);
        Assert.Equal(Orders.AsOf.UtcDateTime, properties.Created!.Value.ToUniversalTime());
        Assert.Equal("ExportHub", document.ExtendedFilePropertiesPart!.Properties.Application!.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("<x>&amp;</x> ]]> \"'")]
    [InlineData("_x0041_ _xD83D_")]
    [InlineData(" \t\r\n ")]
    [InlineData("\u0001\u001F\uFFFE\uFFFF")]
    public async Task A_hostile_text_is_shown_as_it_is(string text)
    {
        var file = await Write(new FileAbout(text, DateTimeOffset.MaxValue, [new("Label" + text, text)]), [WireRow.Int64(1)]);

        Assert.Empty(Workbook.Faults(file.Bytes));
        var about = Workbook.Read(file.Bytes)[1].Rows;
        Assert.Equal((text, text), (about[0][1] ?? "", about[2][1] ?? ""));
        Assert.Equal("Label" + text, about[2][0]);
    }

    [Fact]
    public async Task Half_a_character_and_a_text_without_end_make_no_broken_file()
    {
        var file = await Write(new FileAbout("\udc00", default, [new("Asked for", new string('x', 100_000))]));

        Assert.Empty(Workbook.Faults(file.Bytes));
        var about = Workbook.Read(file.Bytes)[1].Rows;
        Assert.Equal("\uFFFD", about[0][1]);
        Assert.EndsWith(" … [cut]", (string)about[2][1]!, StringComparison.Ordinal);
        Assert.Equal(3, about.Count);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task A_format_without_a_place_for_it_has_nothing_of_it(string format)
    {
        var settings = Written.Settings(FileFormats.All.Single(known => known.Name == format));
        byte[]?[][] rows = [[WireRow.Int64(1)]];

        var file = await Written.By(output => FileFormats.CreateWriter(settings, Id, Orders, output), Id.Length, rows);

        Assert.Equal((await Written.By(settings, Id, rows)).Bytes, file.Bytes);
    }

    private static Task<Written> Write(FileAbout about, params byte[]?[][] rows) =>
        Written.By(output => new XlsxRowWriter(Written.Settings(FileFormats.Xlsx), Id, about, output), Id.Length, rows);
}
