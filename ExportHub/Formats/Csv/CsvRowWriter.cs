using System.Globalization;
using System.Text;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Csv;

/// <summary>
/// CSV by RFC 4180: a header, and every line ended, by CR LF unless the request says LF. Written by hand: CsvHelper's byte overload cannot quote a single field, so it
/// cannot tell an empty text from NULL.
/// </summary>
internal sealed class CsvRowWriter : IRowWriter
{
    private const long SheetRows = 1_048_576;

    private readonly FileBuffer buffer = new();
    private readonly Remarks remarks = new();
    private readonly FormatSettings settings;
    private readonly IReadOnlyList<FileColumn> columns;
    private readonly Stream output;
    private readonly Separators separators;
    private readonly byte[] lineEnd;
    private readonly byte[] nullText;
    private readonly byte[] nullCell;
    private readonly ICellWriter[] cells;
    private long rows;

    public CsvRowWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, Stream output)
    {
        this.settings = settings;
        this.columns = columns;
        this.output = output;
        separators = new Separators((byte)settings.Delimiter);
        lineEnd = Encoding.UTF8.GetBytes(settings.LineEnd);
        nullText = Encoding.UTF8.GetBytes(settings.NullText);

        // An empty line is no row to most readers: where NULL would be all there is of a line, it is written like an empty text.
        nullCell = nullText.Length == 0 && columns.Count == 1 ? "\"\""u8.ToArray() : nullText;
        var spelling = new Spelling((byte)settings.DecimalSign, settings.ExcelProfile, settings.Moments, new ZoneClock(settings.TimeZone));
        cells = [.. columns.Select(column => CellFor(column, spelling))];
    }

    public ValueTask StartAsync(CancellationToken cancel)
    {
        if (settings.Bom)
        {
            buffer.Write(Encoding.UTF8.Preamble);
        }

        for (var i = 0; i < columns.Count; i++)
        {
            WriteDelimiter(i);
            HeaderCell(i).Write(Title(i), buffer);
        }

        buffer.Write(lineEnd);
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

        buffer.Write(lineEnd);
        rows++;
        return buffer.IsFull ? buffer.FlushAsync(output, cancel) : ValueTask.CompletedTask;
    }

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        await buffer.FlushAsync(output, cancel);
        var beyond = rows - (SheetRows - 1);
        return new WriterReport(rows, beyond > 0 ? [.. remarks.Made(), new Remark(RemarkKind.BeyondSheet, "", "", beyond)] : remarks.Made());
    }

    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }

    private ICellWriter CellFor(FileColumn column, Spelling spelling)
    {
        if (column.Type is CellType.Text or CellType.Json)
        {
            var risks = new OpeningRisks(remarks, column, CultureInfo.GetCultureInfo(settings.Culture));
            return new CsvText(separators, nullText, settings.Quote != QuoteRule.Needed, Guard(column), risks);
        }

        return new CsvValue(
            CellTexts.For(column, spelling, remarks), separators.Delimiter, nullText, QuotesOfValues,
            LongDigits.For(column, remarks), remarks.Counter(RemarkKind.Overlong, column));
    }

    private CsvText HeaderCell(int column)
    {
        // Excel takes a file that begins with ID for a SYLK file and complains (Microsoft support, article 323626).
        var sylk = column == 0 && !settings.Bom && Title(column).AsSpan().StartsWith("ID"u8);
        return new CsvText(separators, [], sylk || settings.Quote != QuoteRule.Needed, Guard(columns[column]), risks: null);
    }

    /// <summary>With ISO dates only the comma of all delimiters can be in a value that is no text, as the sign before its fraction.</summary>
    private ValueQuotes QuotesOfValues =>
        settings.Quote == QuoteRule.All ? ValueQuotes.Always
        : settings.Delimiter == settings.DecimalSign || settings.Moments.WholeSeconds || nullText.Length > 0 ? ValueQuotes.WhereNeeded
        : ValueQuotes.Never;

    private byte[] Title(int column) => Encoding.UTF8.GetBytes(settings.HeaderTitles ? columns[column].Title : columns[column].Name);

    private CellCount? Guard(FileColumn column) => settings.FormulaGuard ? remarks.Counter(RemarkKind.Guarded, column) : null;

    private void WriteDelimiter(int column)
    {
        if (column > 0)
        {
            buffer.Write(separators.Delimiter);
        }
    }
}
