using ExportHub.Formats.Cells;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats.Csv;

/// <summary>
/// A field of text (RFC 4180, section 2, rules 5 to 7): in quotes when it holds the delimiter, a quote or a line break, or when it
/// equals what stands for NULL, so that the two can be told apart.
/// </summary>
/// <param name="quoted">In quotes whatever it holds.</param>
/// <param name="guarded">Counts the fields that got an apostrophe against formulas; null leaves them as they are.</param>
/// <param name="risks">Counts what a spreadsheet would make of the fields; null does not look.</param>
internal sealed class CsvText(Separators separators, byte[] nullText, bool quoted, CellCount? guarded, OpeningRisks? risks) : ICellWriter
{
    private const int Longest = CellLimit.Units;

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var apostrophe = !wire.IsEmpty && CellEnds.Of(wire[0], wire[^1]) is var looks and not CellLooks.None && Look(wire, looks);
        var special = wire.IndexOfAny(separators.Special);
        if (special < 0 && !apostrophe && !quoted && wire.Length <= Longest && !IsNullText(wire))
        {
            to.Write(wire);
        }
        else
        {
            WriteWithCare(wire, special, apostrophe, to);
        }
    }

    /// <param name="special">Where the first special byte is; -1 when there is none.</param>
    private void WriteWithCare(ReadOnlySpan<byte> wire, int special, bool apostrophe, FileBuffer to)
    {
        if (wire.Length > Longest)
        {
            risks?.LookAtLength(wire);
        }

        if (special < 0)
        {
            WriteWhole(wire, quoted || (IsNullText(wire) && !apostrophe), apostrophe, to);
        }
        else if (!wire[special..].ContainsAny(separators.Inner))
        {
            WriteWhole(wire, inQuotes: true, apostrophe, to);
        }
        else
        {
            WritePieces(wire, special, apostrophe, to);
        }
    }

    /// <summary>Whether it needs an apostrophe.</summary>
    private bool Look(ReadOnlySpan<byte> text, CellLooks looks)
    {
        switch (looks)
        {
            case CellLooks.Number:
                risks?.LookAtNumber(text);
                return false;
            case CellLooks.Month:
                risks?.LookAtMonth(text);
                return false;
            default:
                var threatens = guarded is not null && FormulaGuard.Threatens(text);
                guarded?.Cells += threatens ? 1 : 0;
                return threatens;
        }
    }

    private bool IsNullText(ReadOnlySpan<byte> text) => text.Length == nullText.Length && text.SequenceEqual(nullText);

    private static void WriteWhole(ReadOnlySpan<byte> text, bool inQuotes, bool apostrophe, FileBuffer to)
    {
        if (!inQuotes && !apostrophe)
        {
            to.Write(text);
            return;
        }

        to.Write((inQuotes, apostrophe) switch { (true, true) => "\"'"u8, (true, false) => "\""u8, _ => "'"u8 });
        to.Write(text);
        if (inQuotes)
        {
            to.Write((byte)'"');
        }
    }

    private void WritePieces(ReadOnlySpan<byte> text, int special, bool apostrophe, FileBuffer to)
    {
        var inQuotes = quoted || text[special..].ContainsAny(separators.Quoted) || (IsNullText(text) && !apostrophe);
        if (inQuotes)
        {
            to.Write((byte)'"');
        }

        if (apostrophe)
        {
            to.Write((byte)'\'');
        }

        to.Write(text[..special]);
        if (guarded is null)
        {
            WriteDoubled(text[special..], to);
        }
        else if (WriteGuarded(text[special..], to) && !apostrophe)
        {
            guarded.Cells++;
        }

        if (inQuotes)
        {
            to.Write((byte)'"');
        }
    }

    private bool WriteGuarded(ReadOnlySpan<byte> text, FileBuffer to)
    {
        var written = 0;
        var breakOuts = new FormulaGuard.BreakOuts(text, separators.Foreign);
        for (int at; (at = breakOuts.Next()) >= 0; written = at)
        {
            WriteDoubled(text[written..at], to);
            to.Write((byte)'\'');
        }

        WriteDoubled(text[written..], to);
        return written > 0;
    }

    private static void WriteDoubled(ReadOnlySpan<byte> text, FileBuffer to)
    {
        for (int quote; (quote = text.IndexOf((byte)'"')) >= 0; text = text[(quote + 1)..])
        {
            to.Write(text[..(quote + 1)]);
            to.Write((byte)'"');
        }

        to.Write(text);
    }
}
