using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>A value as a string; its text must need no escape.</summary>
internal sealed class JsonQuoted(ICellWriter text) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write((byte)'"');
        text.Write(wire, to);
        to.Write((byte)'"');
    }
}
