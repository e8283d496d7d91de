using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>Hexadecimal text, cut where it is longer than a cell.</summary>
internal sealed class ByteaCell(ByteaText text, CellCount cut) : ICellWriter
{
    private const int PrefixUnits = 2;

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var fits = PrefixUnits + (wire.Length * 2L) <= CellLimit.Units;
        to.Write("""<c t="inlineStr"><is><t>"""u8);
        text.Write(fits ? wire : wire[..((CellLimit.UnitsBeforeMark - PrefixUnits) / 2)], to);
        if (!fits)
        {
            cut.Cells++;
            to.Write(CellLimit.Mark);
        }

        to.Write("</t></is></c>"u8);
    }
}
