using System.Buffers;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>
/// A JSON string (RFC 8259, section 7). Only what must be escaped is escaped: the quote, the backslash and the control characters.
/// </summary>
internal sealed class JsonText : ICellWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to) => WriteString(wire, to);

    public static void WriteString(ReadOnlySpan<byte> text, FileBuffer to)
    {
        to.Write((byte)'"');
        for (int at; (at = text.IndexOfAny(Special)) >= 0; text = text[(at + 1)..])
        {
            to.Write(text[..at]);
            WriteEscaped(text[at], to);
        }

        to.Write(text);
        to.Write((byte)'"');
    }

    private static void WriteEscaped(byte value, FileBuffer to)
    {
        var letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            to.Write((byte)'\\');
            to.Write(letter);
            return;
        }

        to.Write("\\u00"u8);
        Convert.TryToHexStringLower([value], to.Room(2), out var written);
        to.Advance(written);
    }
}
