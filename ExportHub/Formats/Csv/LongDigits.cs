using System.Buffers.Binary;
using ExportHub.Formats.Cells;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats.Csv;

/// <summary>Counts the numbers of a column that a spreadsheet would not keep digit for digit.</summary>
internal sealed class LongDigits
{
    // A header of 8 bytes and three digits in base 10000.
    private const int NumericOfTwelveDigits = 14;

    private readonly bool integers;
    private readonly CellCount losesDigits;

    private LongDigits(bool integers, FileColumn column, Remarks remarks)
    {
        this.integers = integers;
        losesDigits = remarks.Counter(RemarkKind.LosesDigits, column);
    }

    /// <summary>Null for a type whose numbers are short enough, and for floats: whose digits past the 15th nobody typed.</summary>
    public static LongDigits? For(FileColumn column, Remarks remarks) =>
        column.Type is CellType.Int64 or CellType.Numeric ? new LongDigits(column.Type == CellType.Int64, column, remarks) : null;

    public void Look(ReadOnlySpan<byte> wire)
    {
        if (MayBeLong(wire) && IsLong(wire))
        {
            losesDigits.Cells++;
        }
    }

    private bool IsLong(ReadOnlySpan<byte> wire) =>
        integers ? NumberStyles.OfInteger(wire) is null : new WireNumeric(wire).IsFinite && NumberStyles.OfNumeric(wire) is null;

    /// <summary>Of an integer the highest 16 bits tell: from -3 to 2 it is nearer to zero than 3 × 2^48, which has 15 digits.</summary>
    private bool MayBeLong(ReadOnlySpan<byte> wire) =>
        integers ? BinaryPrimitives.ReadInt16BigEndian(wire) is < -3 or > 2 : wire.Length > NumericOfTwelveDigits;
}
