using System.Globalization;

namespace ExportHub.Pages.Words;

/// <summary>Numbers as people read them; the pages are in English, so is their notation.</summary>
internal static class Quantity
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    public static string Number(long value) => value.ToString("N0", English);

    /// <summary>"1 row", "250,000 rows".</summary>
    public static string Of(long value, string one) => value == 1 ? $"1 {one}" : $"{Number(value)} {one}s";

    /// <summary>"2nd", "11th", "1,003rd".</summary>
    public static string Ordinal(long value) => Number(value) + (value / 10 % 10 == 1 ? "th" : (value % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });

    /// <summary>Decimal units as file managers show them: "820 bytes", "9.1 MB", "124 MB".</summary>
    public static string Size(long bytes)
    {
        var unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return bytes == 1 ? "1 byte" : value.ToString(unit > 0 && value < 99.95 ? "0.#" : "0", English) + " " + Units[unit];
    }
}
