using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>Hexadecimal with its one backslash escaped: `"\\xdeadbeef"`.</summary>
internal sealed class JsonBytea(ByteaText text) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write("\"\\"u8);
        text.Write(wire, to);
        to.Write((byte)'"');
    }
}
