using ExportHub.Formats.Cells;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats.Csv;

/// <summary>
/// A field that is not text. It holds no quote and no line break, so it needs quotes only where a culture's decimal sign or date
/// separator is the delimiter, or where it equals what stands for NULL.
/// </summary>
/// <param name="quotes">Whether it stands in quotes always, sometimes or never.</param>
/// <param name="digits">Looks for numbers that a spreadsheet would change; null does not look.</param>
/// <param name="overlong">Counts the fields that are longer than a cell of a spreadsheet.</param>
internal sealed class CsvValue(ICellWriter value, byte delimiter, byte[] nullText, ValueQuotes quotes, LongDigits? digits, CellCount overlong) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        digits?.Look(wire);
        var start = to.Position;
        value.Write(wire, to);
        var field = to.From(start);
        if (field.Length > CellLimit.Units)
        {
            overlong.Cells++;
        }

        if (quotes != ValueQuotes.Never && (quotes == ValueQuotes.Always || field.Contains(delimiter) || field.SequenceEqual(nullText)))
        {
            to.Insert(start, (byte)'"');
            to.Write((byte)'"');
        }
    }
}

internal enum ValueQuotes
{
    /// <summary>The delimiter cannot be in it and nothing stands for NULL, so it need not be looked at.</summary>
    Never,
    WhereNeeded,
    Always,
}
