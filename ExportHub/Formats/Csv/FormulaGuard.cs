using System.Buffers;
using System.Globalization;
using System.Text;

namespace ExportHub.Formats.Csv;

/// <summary>
/// Spreadsheets run a cell of a CSV file as a formula when it begins like one, and a formula can send data away. An apostrophe before
/// it makes it text. The rule, and where it is from:
/// <list type="number">
/// <item>A text that begins with = + - @ TAB CR LF (OWASP, CSV Injection), or with a full-width = + - @, which Excel of East Asia takes for
/// the ASCII ones.</item>
/// <item>The same behind spaces, control and invisible characters and quotes, because importers trim them (csv-safe, pull request 25).</item>
/// <item>The same inside a text where a new cell begins (OWASP: "take care of the field separator and quotes"). For the file's own
/// delimiter the quotes of RFC 4180 see to it. A reader that expects another delimiter does not see those quotes and begins a cell after
/// its delimiter and on each line; there the formula gets an apostrophe too.</item>
/// </list>
/// Inside a text, a sign before nothing but digits and signs to the end, as in [1, -2], is left: without a letter it names no function, no
/// cell and no program.
/// </summary>
internal static class FormulaGuard
{
    private static readonly SearchValues<byte> Arithmetic = SearchValues.Create("0123456789 .,:;+-*/%()[]{}\"\r\n\t"u8);

    public static bool Threatens(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] is (byte)'\t' or (byte)'\r' or (byte)'\n' || IsFormula(text[Hidden(text)..]));

    /// <summary>Whether a whole text could do more than calculate with its own digits.</summary>
    public static bool CouldRun(ReadOnlySpan<byte> text) => Threatens(text) && text.ContainsAnyExcept(Arithmetic);

    /// <summary>Finds the formulas that begin inside a text for readers with other delimiters. Takes time in proportion to the text, whatever is in it.</summary>
    public ref struct BreakOuts(ReadOnlySpan<byte> text, SearchValues<byte> separators)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private int? lastHarmful;
        private int at = 0;

        /// <summary>Where the next formula begins; -1 after the last.</summary>
        public int Next()
        {
            for (int found; (found = text[at..].IndexOfAny(separators)) >= 0;)
            {
                at += found + 1;
                at += Hidden(text[at..]);
                if (IsFormula(text[at..]) && at <= (lastHarmful ??= text.LastIndexOfAnyExcept(Arithmetic)))
                {
                    return at;
                }
            }

            return -1;
        }
    }

    private static bool IsFormula(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] switch
        {
            (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' => true,
            0xEF => text.StartsWith("＝"u8) || text.StartsWith("＋"u8) || text.StartsWith("－"u8) || text.StartsWith("＠"u8),
            _ => false,
        };

    /// <summary>How many bytes at the beginning are spaces, control or invisible characters, or quotes.</summary>
    private static int Hidden(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && CellEnds.MayHide(text[at]) && HiddenAt(text[at..]) is > 0 and var length)
        {
            at += length;
        }

        return at;
    }

    private static int HiddenAt(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80)
        {
            return text[0] is <= (byte)' ' or 0x7F or (byte)'"' ? 1 : 0;
        }

        Rune.DecodeFromUtf8(text, out var rune, out var length);
        return Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? length : 0;
    }
}
