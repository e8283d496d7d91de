using System.Text;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A workbook by ECMA-376 with one table over as many sheets as it needs; each has its own frozen header and autofilter. Cells carry no
/// references, which the standard leaves open (18.3.1.4) and which would make half of the bytes.
/// </summary>
internal sealed class XlsxRowWriter : IRowWriter
{
    private const int MostColumns = 16_384;
    private const int MostRows = 1_048_576;

    private readonly FileBuffer buffer = new();
    private readonly Remarks remarks = new();
    private readonly IReadOnlyList<FileColumn> columns;
    private readonly string[] titles;
    private readonly ICellWriter[] cells;
    private readonly XlsxPackage package;
    private readonly FileAbout about;
    private readonly SheetNames names;
    private readonly int rowsPerSheet;
    private readonly List<Sheet> sheets = [];
    private Stream sheet = Stream.Null;
    private int rowsInSheet;
    private long rows;

    /// <param name="rowsPerSheet">With the header; as many as Excel has, fewer in tests.</param>
    public XlsxRowWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, FileAbout about, Stream output, int rowsPerSheet = MostRows)
    {
        if (columns.Count > MostColumns)
        {
            throw new ArgumentException($"An Excel sheet holds 16,384 columns; this file would have {columns.Count}.", nameof(columns));
        }

        this.columns = columns;
        this.about = about;
        names = new SheetNames(about.Title);
        this.rowsPerSheet = rowsPerSheet;
        titles = [.. columns.Select(column => settings.HeaderTitles ? column.Title : column.Name)];
        var spelling = Spelling.Machine(settings.TimeZone);
        cells = [.. columns.Select(column => XlsxCells.For(column, spelling, remarks))];
        package = new XlsxPackage(output);
    }

    public async ValueTask StartAsync(CancellationToken cancel)
    {
        await package.StartAsync(about, cancel);
        await OpenSheetAsync(cancel);
    }

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel)
    {
        if (rowsInSheet == rowsPerSheet)
        {
            return WriteToNextSheetAsync(row, cancel);
        }

        WriteRow(row);
        return buffer.IsFull ? buffer.FlushAsync(sheet, cancel) : ValueTask.CompletedTask;
    }

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        await FinishSheetAsync(cancel);
        var report = new WriterReport(rows, remarks.Made());
        await AddAboutAsync(report, cancel);
        await package.FinishAsync(sheets, cancel);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        buffer.Dispose();
        await package.DisposeAsync();
    }

    private void WriteRow(RawRow row)
    {
        buffer.Write("<row>"u8);
        for (var i = 0; i < cells.Length; i++)
        {
            if (row.IsNull(i))
            {
                buffer.Write("<c/>"u8);
            }
            else
            {
                cells[i].Write(row[i], buffer);
            }
        }

        buffer.Write("</row>"u8);
        rowsInSheet++;
        rows++;
    }

    private async ValueTask WriteToNextSheetAsync(RawRow row, CancellationToken cancel)
    {
        await FinishSheetAsync(cancel);
        await OpenSheetAsync(cancel);
        WriteRow(row);
    }

    private async ValueTask OpenSheetAsync(CancellationToken cancel)
    {
        var number = sheets.Count + 1;
        sheet = await package.OpenSheetAsync(number, cancel);
        buffer.Write(Encoding.UTF8.GetBytes(SheetXml.Head(columns, titles, first: number == 1)));
        buffer.Write("<row>"u8);
        for (var i = 0; i < titles.Length; i++)
        {
            new TextCell(remarks, columns[i], CellStyles.Bold).Write(Encoding.UTF8.GetBytes(titles[i]), buffer);
        }

        buffer.Write("</row>"u8);
        rowsInSheet = 1;
    }

    private async ValueTask FinishSheetAsync(CancellationToken cancel)
    {
        var range = SheetXml.FilterRange(columns.Count, rowsInSheet);
        buffer.Write(Encoding.UTF8.GetBytes(SheetXml.Foot(range)));
        await buffer.FlushAsync(sheet, cancel);
        sheets.Add(new Sheet(names.Of(sheets.Count + 1), range));
    }

    private async ValueTask AddAboutAsync(WriterReport report, CancellationToken cancel)
    {
        sheet = await package.OpenSheetAsync(sheets.Count + 1, cancel);
        AboutSheet.Write(about, report, buffer);
        await buffer.FlushAsync(sheet, cancel);
        sheets.Add(new Sheet(SheetNames.About));
    }
}
