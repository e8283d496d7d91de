using System.Text;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>
/// One object per row and line, keyed by column name: JSON Lines (https://jsonlines.org), or the same lines inside one JSON array (RFC 8259).
/// </summary>
internal sealed class JsonRowWriter : IRowWriter
{
    private readonly FileBuffer buffer = new();
    private readonly Remarks remarks = new();
    private readonly Stream output;
    private readonly bool array;
    private readonly byte[][] keys;
    private readonly ICellWriter[] cells;
    private long rows;

    public JsonRowWriter(FormatSettings settings, IReadOnlyList<FileColumn> columns, Stream output)
    {
        this.output = output;
        array = settings.Format == FileFormats.Json;
        keys = [.. columns.Select((column, i) => Key(column.Name, first: i == 0))];
        var spelling = Spelling.Machine(settings.TimeZone);
        cells = [.. columns.Select(column => CellFor(column, spelling))];
    }

    public ValueTask StartAsync(CancellationToken cancel)
    {
        if (array)
        {
            buffer.Write("["u8);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(RawRow row, CancellationToken cancel)
    {
        if (array)
        {
            buffer.Write(rows == 0 ? "\n"u8 : ",\n"u8);
        }

        for (var i = 0; i < cells.Length; i++)
        {
            buffer.Write(keys[i]);
            if (row.IsNull(i))
            {
                buffer.Write("null"u8);
            }
            else
            {
                cells[i].Write(row[i], buffer);
            }
        }

        buffer.Write(array ? "}"u8 : "}\n"u8);
        rows++;
        return buffer.IsFull ? buffer.FlushAsync(output, cancel) : ValueTask.CompletedTask;
    }

    public async ValueTask<WriterReport> FinishAsync(CancellationToken cancel)
    {
        if (array)
        {
            buffer.Write("\n]\n"u8);
        }

        await buffer.FlushAsync(output, cancel);
        return new WriterReport(rows, remarks.Made());
    }

    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What stands before a cell: `{"id":` for the first, `,"name":` for the others.</summary>
    private static byte[] Key(string name, bool first)
    {
        using var key = new FileBuffer();
        key.Write((byte)(first ? '{' : ','));
        JsonText.WriteString(Encoding.UTF8.GetBytes(name), key);
        key.Write((byte)':');
        return key.From(0).ToArray();
    }

    private ICellWriter CellFor(FileColumn column, Spelling spelling) => column.Type switch
    {
        CellType.Text => new JsonText(),
        CellType.Json => new JsonRaw(),
        CellType.Bytea => new JsonBytea(new ByteaText()),
        CellType.Float4 or CellType.Float8 or CellType.Numeric => new JsonFinite(CellTexts.For(column, spelling, remarks)),
        CellType.Boolean or CellType.Int16 or CellType.Int32 or CellType.Int64 => CellTexts.For(column, spelling, remarks),
        _ => new JsonQuoted(CellTexts.For(column, spelling, remarks)),
    };
}
