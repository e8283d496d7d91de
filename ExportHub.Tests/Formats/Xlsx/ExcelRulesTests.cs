using System.IO.Compression;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>The referee itself: each rule finds a workbook that breaks it.</summary>
public sealed class ExcelRulesTests
{
    [Theory]
    [InlineData("[Content_Types].xml", "/xl/worksheets/sheet2.xml", "/xl/worksheets/sheet9.xml", "sheet9.xml, which is not there")]
    [InlineData("xl/_rels/workbook.xml.rels", "Id=\"rId2\"", "Id=\"rId1\"", "id RID1 is there 2 times")]
    [InlineData("xl/_rels/workbook.xml.rels", "Target=\"styles.xml\"", "Target=\"style.xml\"", "xl/style.xml, which is not there")]
    [InlineData("xl/workbook.xml", "name=\"About\"", "name=\"data\"", "sheet DATA is there 2 times")]
    [InlineData("xl/workbook.xml", "name=\"About\"", "name=\"About?\"", "no name for a sheet: About?")]
    [InlineData("xl/workbook.xml", "name=\"About\"", "name=\"'About\"", "no name for a sheet: 'About")]
    [InlineData("xl/workbook.xml", "name=\"About\"", "name=\"HISTORY\"", "no name for a sheet: HISTORY")]
    [InlineData("xl/workbook.xml", "sheetId=\"2\"", "sheetId=\"1\"", "sheetId 1 is there 2 times")]
    [InlineData("xl/workbook.xml", "$A$2", "$A$3", "the name of the filter A1:A2")]
    [InlineData("xl/styles.xml", "<fonts count=\"2\"", "<fonts count=\"3\"", "fonts are miscounted")]
    [InlineData("xl/styles.xml", "<xf numFmtId=\"165\"", "<xf numFmtId=\"999\"", "no number format 999")]
    [InlineData("xl/worksheets/sheet1.xml", "<c s=\"6\">", "<c s=\"99\">", "style 99")]
    [InlineData("xl/worksheets/sheet1.xml", "<v>0.5</v>", "<v>-0.5</v>", "number -0.5")]
    [InlineData("xl/worksheets/sheet1.xml", "width=\"12\"", "width=\"256\"", "column 1")]
    [InlineData("xl/worksheets/sheet1.xml", "tabSelected=\"1\"", "", "the first sheet alone is selected")]
    [InlineData("xl/worksheets/sheet1.xml", "A1:A2", "A1:A3", "the end of the filter A1:A3")]
    public async Task A_fault_that_Excel_would_repair_is_found(string part, string whole, string broken, string fault)
    {
        var file = await Written.As(FileFormats.Xlsx, [new("t", "T", CellType.Time)], [WireRow.Time(43_200_000_000)]);
        Assert.Empty(ExcelRules.Faults(file.Bytes));
        Assert.Contains(whole, Workbook.Part(file.Bytes, part), StringComparison.Ordinal);

        var faults = ExcelRules.Faults(Replaced(file.Bytes, part, whole, broken));

        Assert.Contains(faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    private static byte[] Replaced(byte[] bytes, string part, string whole, string broken)
    {
        using var stream = new MemoryStream();
        stream.Write(bytes);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var content = Workbook.Part(bytes, part).Replace(whole, broken, StringComparison.Ordinal);
            archive.GetEntry(part)!.Delete();
            using var writer = new StreamWriter(archive.CreateEntry(part).Open());
            writer.Write(content);
        }

        return stream.ToArray();
    }
}
