using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>A number with every digit it has; JSON has no NaN and no infinities (RFC 8259, section 6), so those are strings.</summary>
internal sealed class JsonFinite(ICellWriter number) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var start = to.Position;
        number.Write(wire, to);

        // A number ends with a digit, `NaN` and `Infinity` with a letter.
        if (!char.IsAsciiDigit((char)to.From(start)[^1]))
        {
            to.Insert(start, (byte)'"');
            to.Write((byte)'"');
        }
    }
}
