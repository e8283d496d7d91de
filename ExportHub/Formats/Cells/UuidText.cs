using System.Buffers.Text;

namespace ExportHub.Formats.Cells;

/// <summary>16 bytes in the order they are printed, in five groups of hexadecimal digits (RFC 9562, section 4).</summary>
internal sealed class UuidText : ICellWriter
{
    private const int Length = 36;

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        Utf8Formatter.TryFormat(new Guid(wire, bigEndian: true), to.Room(Length), out var written);
        to.Advance(written);
    }
}
