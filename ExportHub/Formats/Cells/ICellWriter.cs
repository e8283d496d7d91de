namespace ExportHub.Formats.Cells;

/// <summary>
/// Turns the wire bytes of a cell that is not NULL into bytes of the file. One is chosen for each column before the first row; it
/// makes no strings and no objects. The *Text types spell a value as plain UTF-8; the file formats wrap them in what they need around it.
/// </summary>
internal interface ICellWriter
{
    void Write(ReadOnlySpan<byte> wire, FileBuffer to);
}
