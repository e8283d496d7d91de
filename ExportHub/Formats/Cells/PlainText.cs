namespace ExportHub.Formats.Cells;

/// <summary>Text and JSON are UTF-8 on the wire already.</summary>
internal sealed class PlainText : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to) => to.Write(wire);
}
