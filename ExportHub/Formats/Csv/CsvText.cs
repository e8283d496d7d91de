using System.Buffers;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Csv;

/// <summary>
/// A field of text (RFC 4180, section 2, rules 5 to 7): in quotes when it holds the delimiter, a quote or a line break, or when it
/// equals what stands for NULL, so that the two can be told apart.
/// </summary>
/// <param name="guarded">Counts the fields that got an apostrophe against formulas; null leaves them as they are.</param>
internal sealed class CsvText(byte delimiter, byte[] nullText, CellCount? guarded) : ICellWriter
{
    private readonly SearchValues<byte> special = SearchValues.Create([delimiter, (byte)'"', (byte)'\r', (byte)'\n']);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        if (guarded is not null && FormulaGuard.Threatens(wire))
        {
            guarded.Cells++;
            WriteGuarded(wire, to);
        }
        else if (wire.ContainsAny(special) || wire.SequenceEqual(nullText))
        {
            to.Write((byte)'"');
            WriteQuoted(wire, to);
        }
        else
        {
            to.Write(wire);
        }
    }

    private void WriteGuarded(ReadOnlySpan<byte> text, FileBuffer to)
    {
        if (text.ContainsAny(special))
        {
            to.Write("\"'"u8);
            WriteQuoted(text, to);
        }
        else
        {
            to.Write((byte)'\'');
            to.Write(text);
        }
    }

    private static void WriteQuoted(ReadOnlySpan<byte> text, FileBuffer to)
    {
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            to.Write(text[..(quote + 1)]);
            to.Write((byte)'"');
        }

        to.Write(text);
        to.Write((byte)'"');
    }
}
