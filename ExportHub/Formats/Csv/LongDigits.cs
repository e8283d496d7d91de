using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Csv;

/// <summary>Counts the numbers of a column that need more than the 15 digits a spreadsheet keeps (Excel specifications and limits).</summary>
internal sealed class LongDigits
{
    private const int ExcelDigits = 15;
    private const long FirstWith16Digits = 1_000_000_000_000_000;

    // A header of 8 bytes and three digits in base 10000.
    private const int NumericOfTwelveDigits = 14;

    private readonly bool integers;
    private readonly CellCount losesDigits;

    private LongDigits(bool integers, CellCount losesDigits)
    {
        this.integers = integers;
        this.losesDigits = losesDigits;
    }

    /// <summary>Null for a type whose numbers are short enough, and for floats: their digits past the 15th are those of the binary fraction.</summary>
    public static LongDigits? For(FileColumn column, Remarks remarks) =>
        column.Type is CellType.Int64 or CellType.Numeric
            ? new LongDigits(column.Type == CellType.Int64, remarks.Counter(RemarkKind.LosesDigits, column))
            : null;

    public void Look(ReadOnlySpan<byte> wire)
    {
        if (integers ? IntegerText.Read(wire) is <= -FirstWith16Digits or >= FirstWith16Digits : wire.Length > NumericOfTwelveDigits && IsLong(wire))
        {
            losesDigits.Cells++;
        }
    }

    private static bool IsLong(ReadOnlySpan<byte> wire)
    {
        var value = new WireNumeric(wire);
        return value.IsFinite && value.SignificantDigits() > ExcelDigits;
    }
}
