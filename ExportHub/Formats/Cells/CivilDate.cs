using System.Runtime.InteropServices;

namespace ExportHub.Formats.Cells;

/// <summary>A day of the proleptic Gregorian calendar; year 0 is 1 BC, year -1 is 2 BC.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CivilDate(int Year, int Month, int Day)
{
    private const int DaysFrom0000March1To2000 = 730_425;
    private const int DaysOf400Years = 146_097;

    /// <summary>Whether ISO 8601 writes the year with four digits; PostgreSQL knows years from 4713 BC to 5874897.</summary>
    public bool HasFourDigitYear => Year is >= 1 and <= 9999;

    /// <summary>Days since 2000-01-01. Source: H. Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days.</summary>
    public static CivilDate FromDays(int daysSince2000)
    {
        var days = (long)daysSince2000 + DaysFrom0000March1To2000;
        var era = (int)((days >= 0 ? days : days - (DaysOf400Years - 1)) / DaysOf400Years);
        var dayOfEra = (int)(days - ((long)era * DaysOf400Years));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return new CivilDate(yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }
}
