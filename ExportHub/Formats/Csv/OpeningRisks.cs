using System.Globalization;
using ExportHub.Formats.Cells;
using ExportHub.Formats.Xlsx;

namespace ExportHub.Formats.Csv;

/// <summary>
/// Counts what a spreadsheet would destroy in a column when the file is opened by double click: it reads each field as if it had been
/// typed into a cell, in quotes or not. Source: Excel specifications and limits, and "Stop automatically changing numbers to dates" in
/// its support pages. Each field is counted once, for the worst that would happen to it.
/// </summary>
/// <param name="culture">The spreadsheet's: where dates have dots, 1.2 is one.</param>
internal sealed class OpeningRisks(Remarks remarks, FileColumn column, CultureInfo culture)
{
    private const int ExcelDigits = 15;

    private readonly byte decimalSign = (byte)(culture.NumberFormat.NumberDecimalSeparator == "," ? ',' : '.');
    private readonly bool dottedDates = culture.DateTimeFormat.DateSeparator == ".";
    private readonly CellCount zeros = remarks.Counter(RemarkKind.LosesZeros, column);
    private readonly CellCount digits = remarks.Counter(RemarkKind.LosesDigits, column);
    private readonly CellCount dates = remarks.Counter(RemarkKind.BecomesDate, column);
    private readonly CellCount powers = remarks.Counter(RemarkKind.BecomesPower, column);
    private readonly CellCount overlong = remarks.Counter(RemarkKind.Overlong, column);

    /// <summary>For a text that may begin with the name of a month.</summary>
    public void LookAtMonth(ReadOnlySpan<byte> text)
    {
        if (MonthNames.LengthAt(text) > 0 && DateLike.Is(text, dottedDates))
        {
            dates.Cells++;
        }
    }

    /// <summary>For a text that begins with a digit.</summary>
    public void LookAtNumber(ReadOnlySpan<byte> text)
    {
        var whole = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (whole < 0)
        {
            LookAtDigits(text, default);
        }
        else if (text[whole] == decimalSign && !text[(whole + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            LookAtDigits(text[..whole], text[(whole + 1)..]);
        }
        else if (text.Length <= DateLike.Longest && DateLike.MayGoOn(text[whole..]) && DateLike.Is(text, dottedDates))
        {
            dates.Cells++;
        }
        else if (PowerLike.Is(text[whole..], decimalSign))
        {
            powers.Cells++;
        }
    }

    public void LookAtLength(ReadOnlySpan<byte> text)
    {
        if (!CellLimit.Fits(text))
        {
            overlong.Cells++;
        }
    }

    private void LookAtDigits(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        if (whole.Length + fraction.Length > ExcelDigits && Significant(whole, fraction) > ExcelDigits)
        {
            digits.Cells++;
        }
        else if (whole[0] == '0' && whole.Length > 1)
        {
            zeros.Cells++;
        }
    }

    /// <summary>Digits from the first that is not zero to the last that is not zero.</summary>
    private static int Significant(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction)
    {
        whole = whole.TrimStart((byte)'0');
        fraction = fraction.TrimEnd((byte)'0');
        return (whole.IsEmpty, fraction.IsEmpty) switch
        {
            (_, true) => whole.TrimEnd((byte)'0').Length,
            (true, _) => fraction.TrimStart((byte)'0').Length,
            _ => whole.Length + fraction.Length,
        };
    }
}
