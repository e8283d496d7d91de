using System.Globalization;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>What a random value must be in a workbook, by the rules of Excel: not by those of the writer.</summary>
internal static class ExcelCell
{
    private static readonly DateTime FirstDay = new(1900, 3, 1);

    /// <param name="read">As ExcelDataReader reads the cell.</param>
    /// <param name="error">How far a float may be off, as a part of it: what the program rounded that saved the workbook last.</param>
    public static void AssertSame(AnyCell cell, object? read, double error = 0)
    {
        switch (cell.Value)
        {
            case null:
                Assert.Null(read);
                break;
            case bool:
                Assert.Equal(cell.Value, read);
                break;
            case short or int or long or float or double when read is double number:
                var expected = double.Parse(cell.Text, CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(number - expected) <= error * Math.Abs(expected), $"{cell.Text} became {number:R}");
                break;
            case long value:
                Assert.True(Math.Abs((decimal)value) >= 1_000_000_000_000_000m);
                Assert.Equal(cell.Text, read);
                break;
            case string when cell.Type == CellType.Numeric && read is double number:
                Assert.Equal(decimal.Parse(cell.Text, CultureInfo.InvariantCulture), (decimal)number);
                break;
            case DateOnly or DateTime when read is DateTime moment:
                // ExcelDataReader rounds to milliseconds; where the shown time begins is as far as the text goes.
                Assert.Equal(0, (moment - Shown(cell)).TotalMilliseconds, 1.0);
                Assert.True(moment >= FirstDay);
                break;
            case DateOnly or DateTime:
                Assert.True(Shown(cell) < FirstDay, cell.Text);
                Assert.Equal(cell.Text, read);
                break;
            case TimeSpan time:
                Assert.InRange((time - Assert.IsType<TimeSpan>(read)).Duration().TotalMilliseconds, 0, 1);
                break;
            default:
                // ExcelDataReader takes an empty text for no cell.
                Assert.Equal(cell.Text, read ?? "");
                break;
        }
    }

    /// <summary>What the clock on the wall shows: the text without its distance from UTC.</summary>
    private static DateTime Shown(AnyCell cell) =>
        DateTime.Parse(cell.Type == CellType.TimestampTz ? cell.Text[..^6] : cell.Text, CultureInfo.InvariantCulture);
}
