using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>A value as an inline string; its text must be short and need no escape.</summary>
internal sealed class PlainCell(ICellWriter text) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write("""<c t="inlineStr"><is><t>"""u8);
        text.Write(wire, to);
        to.Write("</t></is></c>"u8);
    }
}
