using ExportHub.Language;

namespace ExportHub.Pages.Words;

/// <summary>Numbers as people read them, in the notation of the reader's language. words.js says them alike while a page is open.</summary>
internal static class Quantity
{
    public static string Number(long value) => value.ToString("N0", Text.Culture);

    /// <summary>"1 row", "250,000 rows".</summary>
    public static string Rows(long value) => value == 1 ? Text.Of("1 row") : Text.Of("{0} rows", Number(value));

    public static string Columns(long value) => value == 1 ? Text.Of("1 column") : Text.Of("{0} columns", Number(value));

    public static string Files(long value) => value == 1 ? Text.Of("1 file") : Text.Of("{0} files", Number(value));

    public static string Cells(long value) => value == 1 ? Text.Of("1 cell") : Text.Of("{0} cells", Number(value));

    /// <summary>"2nd", "11th", "1,003rd".</summary>
    public static string Ordinal(long value) => (value / 10 % 10 == 1 ? 0 : value % 10) switch
    {
        1 => Text.Of("{0}st", Number(value)),
        2 => Text.Of("{0}nd", Number(value)),
        3 => Text.Of("{0}rd", Number(value)),
        _ => Text.Of("{0}th", Number(value)),
    };

    /// <summary>Decimal units as file managers show them: "820 bytes", "9.1 MB", "124 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        1 => Text.Of("1 byte"),
        < 1000 => Text.Of("{0} bytes", bytes),
        _ => InUnits(bytes),
    };

    private static string InUnits(double value)
    {
        var units = new[] { "", "KB", "MB", "GB", "TB" };
        var unit = 0;
        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(value < 99.95 ? "0.#" : "0", Text.Culture) + " " + units[unit];
    }
}
