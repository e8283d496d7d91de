using System.Globalization;
using System.Text;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Csv;

/// <summary>
/// CSV by RFC 4180: a header, every line ended by CR LF. Written by hand: CsvHelper's byte overload cannot quote a single field, so it
/// cannot tell an empty text from NULL.
/// </summary>
internal sealed class CsvRowWriter : IRowWriter
{
    private readonly FileBuffer buffer = new();
    private readonly Remarks remarks = new();
    private readonly FormatSettings settings;
    private readonly IReadOnlyList<FileColumn> columns;
    private readonly Stream output;
    private readonly byte delimiter;
    private readonly byte[] nullText;
    private readonly byte[] nullCell;
    private readonly ICellWriter[] cells;
    private long rows;

    public CsvRowWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, Stream output)
    {
        this.settings = settings;
        this.columns = columns;
        this.output = output;
        delimiter = (byte)settings.Delimiter;
        nullText = Encoding.UTF8.GetBytes(settings.NullText);

        // An empty line is no row to most readers: where NULL would be all there is of a line, it is written like an empty text.
        nullCell = nullText.Length == 0 && columns.Count == 1 ? "\"\""u8.ToArray() : nullText;
        var spelling = settings.ExcelProfile ? ExcelSpelling(settings) : Spelling.Machine(settings.TimeZone);
        cells = [.. columns.Select(column => CellFor(column, spelling))];
    }

    public ValueTask StartAsync(CancellationToken cancel)
    {
        if (settings.ExcelProfile)
        {
            buffer.Write(Encoding.UTF8.Preamble);
        }

        for (var i = 0; i < columns.Count; i++)
        {
            WriteDelimiter(i);
            var title = settings.HeaderTitles ? columns[i].Title : columns[i].Name;
            TextCell(columns[i], []).Write(Encoding.UTF8.GetBytes(title), buffer);
        }

        buffer.Write("\r\n"u8);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            WriteDelimiter(i);
            if (row.IsNull(i))
            {
                buffer.Write(nullCell);
            }
            else
            {
                cells[i].Write(row[i], buffer);
            }
        }

        buffer.Write("\r\n"u8);
        rows++;
        return buffer.IsFull ? buffer.FlushAsync(output, cancel) : ValueTask.CompletedTask;
    }

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        await buffer.FlushAsync(output, cancel);
        return new WriterReport(rows, remarks.Made());
    }

    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Spelling ExcelSpelling(FormatSettings settings)
    {
        var culture = CultureInfo.GetCultureInfo(settings.Culture);
        var comma = culture.NumberFormat.NumberDecimalSeparator == ",";
        var moments = new MomentForm(DatePattern.Of(culture), iso: false);
        return new Spelling((byte)(comma ? ',' : '.'), Capitals: true, moments, new ZoneClock(settings.TimeZone));
    }

    private ICellWriter CellFor(FileColumn column, Spelling spelling) =>
        column.Type is CellType.Text or CellType.Json
            ? TextCell(column, nullText)
            : new CsvValue(CellTexts.For(column, spelling, remarks), delimiter, nullText);

    private CsvText TextCell(FileColumn column, byte[] quoted) =>
        new(delimiter, quoted, settings.FormulaGuard ? remarks.Counter(RemarkKind.Guarded, column) : null);

    private void WriteDelimiter(int column)
    {
        if (column > 0)
        {
            buffer.Write(delimiter);
        }
    }
}
