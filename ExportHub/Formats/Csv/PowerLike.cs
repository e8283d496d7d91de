using System.Globalization;

namespace ExportHub.Formats.Csv;

/// <summary>Text that a spreadsheet takes for a number written as a power of ten: 1E5, 2310009E13, 1.5e-3.</summary>
internal static class PowerLike
{
    private const int LargestExponent = 307;

    /// <param name="rest">What follows the digits at the beginning.</param>
    public static bool Is(ReadOnlySpan<byte> rest, byte decimalSign)
    {
        if (rest[0] == decimalSign)
        {
            rest = rest[1..].TrimStart("0123456789"u8);
        }

        if (rest.IsEmpty || (rest[0] | 0x20) != 'e')
        {
            return false;
        }

        rest = rest[1..];
        rest = rest is [(byte)'+' or (byte)'-', ..] ? rest[1..] : rest;
        return rest.Length is >= 1 and <= 3 && !rest.ContainsAnyExceptInRange((byte)'0', (byte)'9') && int.Parse(rest, CultureInfo.InvariantCulture) <= LargestExponent;
    }
}
