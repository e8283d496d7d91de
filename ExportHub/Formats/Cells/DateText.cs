using System.Buffers.Binary;

namespace ExportHub.Formats.Cells;

/// <summary>int32 days since 2000-01-01.</summary>
internal sealed class DateText(MomentForm form) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var days = BinaryPrimitives.ReadInt32BigEndian(wire);
        if (days is int.MinValue or int.MaxValue)
        {
            PostgresDates.WriteInfinity(days > 0, to);
        }
        else
        {
            form.WriteDate(days, to);
        }
    }
}
