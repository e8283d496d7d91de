namespace ExportHub.Formats.Cells;

/// <summary>`\x` and two lower-case hexadecimal digits for each byte, PostgreSQL's own hex format.</summary>
internal sealed class ByteaText : ICellWriter
{
    private const int Piece = 16 * 1024;

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        to.Write("\\x"u8);
        while (!wire.IsEmpty)
        {
            var piece = wire[..Math.Min(Piece, wire.Length)];
            Convert.TryToHexStringLower(piece, to.Room(piece.Length * 2), out var written);
            to.Advance(written);
            wire = wire[piece.Length..];
        }
    }
}
