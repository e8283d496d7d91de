using System.Buffers.Binary;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>A time of day as a fraction of a day.</summary>
internal sealed class TimeCell : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write("""<c s="4"><v>"""u8);
        Serial.WriteTime(BinaryPrimitives.ReadInt64BigEndian(wire), to);
        to.Write("</v></c>"u8);
    }
}
