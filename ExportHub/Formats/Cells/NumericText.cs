namespace ExportHub.Formats.Cells;

/// <summary>numeric, digit for digit as PostgreSQL prints it.</summary>
internal sealed class NumericText(byte decimalSign) : ICellWriter
{
    public void Write(ReadOnlySpan<byte> wire, FileBuffer to) => new WireNumeric(wire).Write(to, decimalSign);
}
