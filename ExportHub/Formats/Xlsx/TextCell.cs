using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>Text as an inline string (ECMA-376 part 1, 18.3.1.53 `is`): whatever it looks like, it is never a number or a formula.</summary>
internal sealed class TextCell(CellCount cut, bool header = false) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write(header ? """<c s="1" t="inlineStr"><is><t"""u8 : """<c t="inlineStr"><is><t"""u8);
        to.Write(XmlText.NeedsPreserve(wire) ? """ xml:space="preserve">"""u8 : ">"u8);
        if (CellLimit.Fits(wire))
        {
            XmlText.Write(wire, to);
        }
        else
        {
            cut.Cells++;
            XmlText.Write(CellLimit.BeforeMark(wire), to);
            to.Write(CellLimit.Mark);
        }

        to.Write("</t></is></c>"u8);
    }
}
