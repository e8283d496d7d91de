namespace ExportHub.Formats.Cells;

/// <summary>`true` or `false`, `TRUE` or `FALSE` for Excel.</summary>
internal sealed class BooleanText(bool capitals) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to) =>
        to.Write((wire[0] != 0, capitals) switch
        {
            (true, false) => "true"u8,
            (false, false) => "false"u8,
            (true, true) => "TRUE"u8,
            (false, true) => "FALSE"u8,
        });
}
