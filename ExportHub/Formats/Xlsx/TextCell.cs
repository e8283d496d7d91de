using System.Text;
using System.Text.Unicode;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>Text as an inline string (ECMA-376 part 1, 18.3.1.53 `is`): whatever it looks like, it is never a number or a formula.</summary>
internal sealed class TextCell(Remarks remarks, FileColumn column, int style = CellStyles.Plain) : ICellWriter
{
    private readonly CellCount cut = remarks.Counter(RemarkKind.Cut, column);
    private readonly CellCount unreadable = remarks.Counter(RemarkKind.Unreadable, column);
    private readonly byte[] open = Encoding.UTF8.GetBytes(style == CellStyles.Plain ? """<c t="inlineStr"><is><t""" : $"""<c s="{style}" t="inlineStr"><is><t""");

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write(open);
        to.Write(XmlText.NeedsPreserve(wire) ? """ xml:space="preserve">"""u8 : ">"u8);
        if (CellLimit.Fits(wire))
        {
            WriteText(wire, to);
        }
        else
        {
            cut.Cells++;
            WriteText(CellLimit.BeforeMark(wire), to);
            to.Write(CellLimit.Mark);
        }

        to.Write("</t></is></c>"u8);
    }

    private void WriteText(ReadOnlySpan<byte> text, FileBuffer to)
    {
        if (Utf8.IsValid(text))
        {
            XmlText.Write(text, to);
        }
        else
        {
            unreadable.Cells++;
            XmlText.WriteReadable(text, to);
        }
    }
}
