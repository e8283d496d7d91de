using ClosedXML.Excel;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.ClosedXml;

/// <summary>ClosedXML as another referee of workbooks; compiled only where the NuGet feed has it.</summary>
public sealed class ClosedXmlReadsTests
{
    [Fact]
    public async Task ClosedXML_reads_back_typed_cells()
    {
        FileColumn[] columns =
        [
            new("text", "Text", CellType.Text), new("number", "Number", CellType.Numeric), new("day", "Day", CellType.Date),
            new("yes", "Yes", CellType.Boolean), new("none", "None", CellType.Int32),
        ];

        var file = await Written.As(
            FileFormats.Xlsx, columns,
            [WireRow.Text(" 01234_x0041_\n"), WireRow.Numeric("12.50"), WireRow.Date(new(2026, 1, 31)), WireRow.Boolean(true), null]);

        using var stream = new MemoryStream(file.Bytes);
        using var workbook = new XLWorkbook(stream);
        var sheet = workbook.Worksheet("Data");
        Assert.Equal("Text", sheet.Cell(1, 1).GetText());
        Assert.True(sheet.Cell(1, 1).Style.Font.Bold);
        Assert.Equal(1, sheet.SheetView.SplitRow);
        Assert.True(sheet.AutoFilter.IsEnabled);
        Assert.Equal(" 01234_x0041_\n", sheet.Cell(2, 1).GetText());
        Assert.Equal(12.5, sheet.Cell(2, 2).GetDouble());
        Assert.Equal(new DateTime(2026, 1, 31), sheet.Cell(2, 3).GetDateTime());
        Assert.True(sheet.Cell(2, 4).GetBoolean());
        Assert.True(sheet.Cell(2, 5).IsEmpty());
    }
}
