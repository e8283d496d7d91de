using System.Buffers.Binary;
using System.Globalization;

namespace ExportHub.Formats.Cells;

/// <summary>int2, int4 and int8: 2, 4 or 8 bytes, big endian.</summary>
internal sealed class IntegerText : ICellWriter
{
    private const int Longest = 20;

    public static long Read(ReadOnlySpan<byte> wire) => wire.Length switch
    {
        2 => BinaryPrimitives.ReadInt16BigEndian(wire),
        4 => BinaryPrimitives.ReadInt32BigEndian(wire),
        _ => BinaryPrimitives.ReadInt64BigEndian(wire),
    };

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        Read(wire).TryFormat(to.Room(Longest), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
    }
}
