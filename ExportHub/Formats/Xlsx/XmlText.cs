using System.Buffers;
using System.Text;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// Text inside of an element. What XML 1.0 cannot hold, and the carriage return that an XML reader would turn into a line feed, is
/// written `_xHHHH_`; a text that looks like such an escape gets its underscore escaped (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
/// </summary>
internal static class XmlText
{
    // 0xEF begins U+FFFE and U+FFFF, which XML does not allow, and many characters that it does.
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Except(['\t', '\n']).Select(c => (byte)c), (byte)'&', (byte)'<', (byte)'>', (byte)'_', 0xEF]);

    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static void Write(ReadOnlySpan<byte> text, FileBuffer to)
    {
        for (int at; (at = text.IndexOfAny(Special)) >= 0;)
        {
            to.Write(text[..at]);
            text = text[at..];
            text = text[WriteSpecial(text, to)..];
        }

        to.Write(text);
    }

    /// <summary>Writes a text that is not UTF-8: each piece of it that is no character becomes U+FFFD.</summary>
    public static void WriteReadable(ReadOnlySpan<byte> text, FileBuffer to)
    {
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            {
                at += length;
                continue;
            }

            Write(text[..at], to);
            to.Write("\uFFFD"u8);
            text = text[(at + length)..];
            at = 0;
        }

        Write(text, to);
    }

    /// <summary>Whether an XML reader may take white space away: <c>xml:space="preserve"</c> keeps it.</summary>
    public static bool NeedsPreserve(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] <= ' ' || text[^1] <= ' ' || text.ContainsAny((byte)'\n', (byte)'\t'));

    /// <summary>Writes what the text begins with and returns how many bytes that was.</summary>
    private static int WriteSpecial(ReadOnlySpan<byte> text, FileBuffer to)
    {
        switch (text[0])
        {
            case (byte)'&':
                to.Write("&amp;"u8);
                return 1;
            case (byte)'<':
                to.Write("&lt;"u8);
                return 1;
            case (byte)'>':
                to.Write("&gt;"u8);
                return 1;
            case (byte)'_':
                to.Write(LooksLikeEscape(text) ? "_x005F_"u8 : "_"u8);
                return 1;
            case 0xEF:
                return WriteHighCharacter(text, to);
            default:
                to.Write("_x00"u8);
                Convert.TryToHexString(text[..1], to.Room(2), out var written);
                to.Advance(written);
                to.Write((byte)'_');
                return 1;
        }
    }

    private static int WriteHighCharacter(ReadOnlySpan<byte> text, FileBuffer to)
    {
        if (text.StartsWith("\uFFFE"u8) || text.StartsWith("\uFFFF"u8))
        {
            to.Write(text[2] == 0xBE ? "_xFFFE_"u8 : "_xFFFF_"u8);
            return 3;
        }

        to.Write(text[0]);
        return 1;
    }

    private static bool LooksLikeEscape(ReadOnlySpan<byte> text) =>
        text.Length >= 7 && text[1] == 'x' && text[6] == '_' && !text[2..6].ContainsAnyExcept(Hexadecimal);
}
