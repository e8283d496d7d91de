using System.Globalization;
using System.Text.RegularExpressions;

namespace ExportHub.Pages.Users;

/// <summary>A size as people write it, in the decimal units in which pages tell sizes.</summary>
internal static partial class SizeText
{
    private static readonly string[] Units = ["", "KB", "MB", "GB", "TB"];

    /// <summary>Bytes, from 1 to 1000 TB, of a text such as "5 GB", "1,5 GB" or "5000000"; null where it is none.</summary>
    public static long? Parse(string? text)
    {
        var read = Written().Match(text ?? "");
        if (!read.Success || !decimal.TryParse(read.Groups["number"].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = Array.IndexOf(Units, read.Groups["unit"].Value.ToUpperInvariant());
        var bytes = number * Scale(unit);
        return bytes is >= 1 and <= 1_000_000_000_000_000 ? (long)bytes : null;
    }

    /// <summary>What <see cref="Parse"/> reads as exactly so many bytes, in the largest unit that needs no more than three places; empty for null.</summary>
    public static string Of(long? bytes)
    {
        if (bytes is not { } exact)
        {
            return "";
        }

        var unit = Enumerable.Range(0, Units.Length).Last(power => exact >= Scale(power) && exact % Scale(Math.Max(0, power - 1)) == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{exact / (decimal)Scale(unit):0.###} {Units[unit]}").TrimEnd();
    }

    private static long Scale(int power) => (long)Math.Pow(1000, power);

    [GeneratedRegex(@"\A\s*(?<number>[0-9]{1,16}([.,][0-9]{1,3})?)\s*(?<unit>([KMGT]B)?)(bytes)?\s*\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
