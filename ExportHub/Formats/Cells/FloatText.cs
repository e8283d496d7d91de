using System.Buffers.Binary;
using System.Globalization;

namespace ExportHub.Formats.Cells;

/// <summary>
/// float4 and float8: the shortest digits that read back as the same number, in the precision of the type
/// (0.1 in a float4 column is `0.1`, not `0.10000000149011612`); `NaN`, `Infinity`, `-Infinity`.
/// </summary>
internal sealed class FloatText(byte decimalSign) : ICellWriter
{
    // -1.7976931348623157E+308 has 24 bytes; the names of the infinities are shorter.
    private const int Longest = 32;

    public static double Read(ReadOnlySpan<byte> wire) =>
        wire.Length == sizeof(float) ? BinaryPrimitives.ReadSingleBigEndian(wire) : BinaryPrimitives.ReadDoubleBigEndian(wire);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var room = to.Room(Longest);
        int written;
        if (wire.Length == sizeof(float))
        {
            BinaryPrimitives.ReadSingleBigEndian(wire).TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        }
        else
        {
            BinaryPrimitives.ReadDoubleBigEndian(wire).TryFormat(room, out written, default, CultureInfo.InvariantCulture);
        }

        room[..written].Replace((byte)'.', decimalSign);
        to.Advance(written);
    }
}
