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
    public static bool Fits(ReadOnlySpan<byte> text) => text.Length <= Units || Within(Units, text).Length == text.Length;

    /// <summary>As much of a text that does not fit as stands before the mark, without a torn character.</summary>
    public static ReadOnlySpan<byte> BeforeMark(ReadOnlySpan<byte> text) => Within(UnitsBeforeMark, text);

    private static ReadOnlySpan<byte> Within(int units, ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var (bytes, taken) = text[at] < 0x80 ? (1, 1) : Character(text[at..]);
            if (taken > units)
            {
                break;
            }

            units -= taken;
            at += bytes;
        }

        return text[..at];
    }

    /// <summary>What the text begins with, in bytes and units; bytes that are no character are read as one, U+FFFD.</summary>
    private static (int Bytes, int Units) Character(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var character, out var bytes);
        return (bytes, character.Utf16SequenceLength);
    }
}
