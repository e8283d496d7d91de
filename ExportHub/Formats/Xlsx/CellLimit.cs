using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A cell of Excel holds 32,767 UTF-16 units (Excel specifications and limits, "Total number of characters that a cell can contain").
/// A longer text is cut so that it fits together with a mark at its end.
/// </summary>
internal static class CellLimit
{
    public const int Units = 32_767;

    // Blank, ellipsis, blank, [cut].
    private const int MarkUnits = 8;

    public const int UnitsBeforeMark = Units - MarkUnits;

    public static ReadOnlySpan<byte> Mark => " … [cut]"u8;

    /// <summary>A UTF-16 unit takes at least one byte of UTF-8, so short texts need no counting.</summary>
    public static bool Fits(ReadOnlySpan<byte> text) => text.Length <= Units || Encoding.UTF8.GetCharCount(text) <= Units;

    /// <summary>As much of a text that does not fit as stands before the mark, without a torn character.</summary>
    public static ReadOnlySpan<byte> BeforeMark(ReadOnlySpan<byte> text)
    {
        var units = 0;
        var at = 0;
        while (at < text.Length)
        {
            // A character of four bytes is a pair of units.
            var (bytes, more) = text[at] switch { < 0x80 => (1, 1), < 0xE0 => (2, 1), < 0xF0 => (3, 1), _ => (4, 2) };
            if (units + more > UnitsBeforeMark)
            {
                break;
            }

            units += more;
            at += bytes;
        }

        return text[..at];
    }
}
