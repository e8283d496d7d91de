using System.Text;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A number as a number where Excel keeps every digit of it, else as text: Excel keeps 15 significant digits (Excel specifications and
/// limits, "Number precision") and has neither NaN nor infinities.
/// </summary>
internal sealed class NumberCell(ICellWriter text, NumberStyle styleOf, CellCount asText) : ICellWriter
{
    private static readonly byte[][] Opens =
        [.. Enumerable.Range(0, CellStyles.Number(CellStyles.MostDecimals) + 1).Select(style => Encoding.UTF8.GetBytes($"<c s=\"{style}\"><v>"))];

    private readonly PlainCell plain = new(text);

    /// <summary>Begins a cell with a number, which may also be a date; <see cref="Close"/> ends it.</summary>
    public static void Open(int style, FileBuffer to) => to.Write(style == CellStyles.Plain ? "<c><v>"u8 : Opens[style]);

    public static void Close(FileBuffer to) => to.Write("</v></c>"u8);

    public void Write(ReadOnlySpan<byte> wire, FileBuffer to)
    {
        if (styleOf(wire) is not { } style)
        {
            asText.Cells++;
            plain.Write(wire, to);
            return;
        }

        Open(style, to);
        text.Write(wire, to);
        Close(to);
    }
}

/// <summary>Says from the wire bytes of a number in which style Excel shows it as PostgreSQL does; null when Excel cannot hold it.</summary>
internal delegate int? NumberStyle(ReadOnlySpan<byte> wire);

internal static class NumberStyles
{
    private const int ExcelDigits = 15;
    private const long FirstWith16Digits = 1_000_000_000_000_000;
    private const double Largest = 9.99999999999999E+307;
    private const double Smallest = 2.2251E-308;

    // 10000^-75 is 1e-300, far enough from the smallest number of Excel.
    private const int LowestWeight = -75;

    /// <summary>Not plain: there Excel shows twelve digits as 1.23457E+11.</summary>
    public static int? OfInteger(ReadOnlySpan<byte> wire) =>
        IntegerText.Read(wire) is > -FirstWith16Digits and < FirstWith16Digits ? CellStyles.Number(decimals: 0) : null;

    /// <summary>A float is in Excel the same double that it is in PostgreSQL, however many digits it takes to write it down.</summary>
    public static int? OfFloat(ReadOnlySpan<byte> wire) =>
        Math.Abs(FloatText.Read(wire)) is 0 or (>= Smallest and <= Largest) ? CellStyles.Plain : null;

    /// <summary>
    /// With the decimals that PostgreSQL prints: those the column is declared with, or for a numeric without a scale those of the value. A quotient
    /// has more than Excel could show, most of them zeros, and is shown plain.
    /// </summary>
    public static int? OfNumeric(ReadOnlySpan<byte> wire)
    {
        var value = new WireNumeric(wire);
        return !value.IsFinite || value.SignificantDigits() > ExcelDigits || value.Weight <= LowestWeight ? null
            : value.Scale <= CellStyles.MostDecimals ? CellStyles.Number(value.Scale)
            : CellStyles.Plain;
    }
}
