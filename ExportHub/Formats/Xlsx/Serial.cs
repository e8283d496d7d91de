using System.Globalization;
using ExportHub.Formats.Cells;

namespace ExportHub.Formats.Xlsx;

/// <summary>
/// A date as Excel counts it (ECMA-376 part 1, 18.17.4.1, the 1900 date base): days since 1899-12-30, the time of day as a fraction. Only from
/// 1900-03-01 on, because Excel has a 29 February in 1900 that never was.
/// </summary>
internal static class Serial
{
    private const int Of2000January1 = 36_526;
    private const int Of1900March1 = 61;
    private const int Of9999December31 = 2_958_465;

    // With the five digits before the point these are all the digits a double has: 1e-12 of a day is a tenth of a microsecond.
    private const int FractionDigits = 12;

    public static bool HasDay(int daysSince2000) => daysSince2000 is >= Of1900March1 - Of2000January1 and <= Of9999December31 - Of2000January1;

    public static void WriteDay(int daysSince2000, FileBuffer to) => WriteInteger(daysSince2000 + Of2000January1, to);

    public static void WriteMoment(int daysSince2000, long timeOfDay, FileBuffer to)
    {
        WriteDay(daysSince2000, to);
        WriteFraction(timeOfDay, to);
    }

    /// <summary>24:00:00 is a whole day.</summary>
    public static void WriteTime(long timeOfDay, FileBuffer to)
    {
        WriteInteger((int)(timeOfDay / TimeOfDay.Day), to);
        WriteFraction(timeOfDay % TimeOfDay.Day, to);
    }

    private static void WriteInteger(int value, FileBuffer to)
    {
        value.TryFormat(to.Room(11), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    private static void WriteFraction(long timeOfDay, FileBuffer to)
    {
        if (timeOfDay == 0)
        {
            return;
        }

        // In two steps, because 1e12 × the microseconds of a day does not fit into a long.
        var (upper, rest) = Math.DivRem(timeOfDay * 100_000_000, TimeOfDay.Day);
        var fraction = (upper * 10_000) + (((rest * 10_000) + (TimeOfDay.Day / 2)) / TimeOfDay.Day);
        var length = FractionDigits;
        for (; fraction % 10 == 0; fraction /= 10)
        {
            length--;
        }

        var room = to.Room(FractionDigits + 1);
        room[0] = (byte)'.';
        for (var i = length; i > 0; i--, fraction /= 10)
        {
            room[i] = (byte)('0' + (fraction % 10));
        }

        to.Advance(length + 1);
    }
}
