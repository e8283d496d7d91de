using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Csv;

/// <summary>
/// A field that is not text. It holds no quote and no line break, so it needs quotes only where a culture's decimal sign or date
/// separator is the delimiter, or where it equals what stands for NULL.
/// </summary>
internal sealed class CsvValue(ICellWriter value, byte delimiter, byte[] nullText) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var start = to.Position;
        value.Write(wire, to);
        var field = to.From(start);
        if (field.Contains(delimiter) || field.SequenceEqual(nullText))
        {
            to.Insert(start, (byte)'"');
            to.Write((byte)'"');
        }
    }
}
