using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A number as a number where Excel keeps every digit of it, else as text: Excel keeps 15 significant digits (Excel specifications and
/// limits, "Number precision") and has neither NaN nor infinities.
/// </summary>
internal sealed class NumberCell(ICellWriter text, NumberFit fit, CellCount asText) : ICellWriter
{
    private readonly PlainCell plain = new(text);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        switch (fit(wire))
        {
            case Fit.Number:
                to.Write("<c><v>"u8);
                text.Write(wire, to);
                to.Write("</v></c>"u8);
                return;
            case Fit.LosesDigits:
                asText.Cells++;
                plain.Write(wire, to);
                return;
            default:
                plain.Write(wire, to);
                return;
        }
    }
}

internal enum Fit
{
    /// <summary>Excel shows the number that PostgreSQL has.</summary>
    Number,

    /// <summary>Excel would show another number.</summary>
    LosesDigits,

    /// <summary>NaN or an infinity.</summary>
    NoNumber,
}

/// <summary>Says from the wire bytes of a number whether Excel can hold it.</summary>
internal delegate Fit NumberFit(ReadOnlySpan<byte> wire);

internal static class NumberFits
{
    private const int ExcelDigits = 15;
    private const long FirstWith16Digits = 1_000_000_000_000_000;
    private const double Largest = 9.99999999999999E+307;
    private const double Smallest = 2.2251E-308;

    // 10000^-75 is 1e-300, far enough from the smallest number of Excel.
    private const int LowestWeight = -75;

    public static Fit Integer(ReadOnlySpan<byte> wire) =>
        IntegerText.Read(wire) is > -FirstWith16Digits and < FirstWith16Digits ? Fit.Number : Fit.LosesDigits;

    /// <summary>A float is in Excel the same double that it is in PostgreSQL, however many digits it takes to write it down.</summary>
    public static Fit Float(ReadOnlySpan<byte> wire)
    {
        var value = FloatText.Read(wire);
        return !double.IsFinite(value) ? Fit.NoNumber
            : value == 0 || Math.Abs(value) is >= Smallest and <= Largest ? Fit.Number
            : Fit.LosesDigits;
    }

    public static Fit Numeric(ReadOnlySpan<byte> wire)
    {
        var value = new WireNumeric(wire);
        return !value.IsFinite ? Fit.NoNumber
            : value.SignificantDigits() <= ExcelDigits && value.Weight > LowestWeight ? Fit.Number
            : Fit.LosesDigits;
    }
}
