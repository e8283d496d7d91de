using System.Buffers.Binary;

namespace ExportHub.Formats.Cells;

/// <summary>int64 microseconds since midnight; `24:00:00` is a time in PostgreSQL.</summary>
internal sealed class TimeText(MomentForm form, CellCount fractions) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var micros = BinaryPrimitives.ReadInt64BigEndian(wire);
        if (form.WholeSeconds && micros % TimeOfDay.Second != 0)
        {
            fractions.Cells++;
        }

        TimeOfDay.Write(micros, fraction: !form.WholeSeconds, to);
    }
}
