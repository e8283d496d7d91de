using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Json;

/// <summary>
/// A cell that is JSON already, embedded as it is. A json column keeps the line breaks between its tokens, which become spaces here, so that
/// a row stays one line; inside of JSON strings there are none (RFC 8259, section 7).
/// </summary>
internal sealed class JsonRaw : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        var room = to.Room(wire.Length);
        wire.CopyTo(room);
        var copy = room[..wire.Length];
        copy.Replace((byte)'\n', (byte)' ');
        copy.Replace((byte)'\r', (byte)' ');
        to.Advance(wire.Length);
    }
}
