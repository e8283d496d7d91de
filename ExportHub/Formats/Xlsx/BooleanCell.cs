using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>ECMA-376 part 1, 18.18.11 ST_CellType: `b`.</summary>
internal sealed class BooleanCell : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to) =>
        to.Write(wire[0] != 0 ? """<c t="b"><v>1</v></c>"""u8 : """<c t="b"><v>0</v></c>"""u8);
}
