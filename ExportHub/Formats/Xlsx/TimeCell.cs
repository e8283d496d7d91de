using System.Buffers.Binary;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>A time of day as a fraction of a day.</summary>
internal sealed class TimeCell : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(wire);
        NumberCell.Open(micros % TimeOfDay.Second == 0 ? CellStyles.Time : CellStyles.TimeWithFraction, to);
        Serial.WriteTime(micros, to);
        NumberCell.Close(to);
    }
}
