namespace ExportHub.Formats.Cells;

/// <summary>Decimal digits of a fixed width.</summary>
internal static class Digits
{
    public static void Two(Span<byte> to, int value)
    {
        to[1] = (byte)('0' + (value % 10));
        to[0] = (byte)('0' + (value / 10));
    }

    public static void Four(Span<byte> to, int value)
    {
        Two(to, value / 100);
        Two(to[2..], value % 100);
    }

    /// <summary>How many decimal digits a number from 0 to 9999 has; 0 for 0.</summary>
    public static int Count(int value) => value switch { 0 => 0, < 10 => 1, < 100 => 2, < 1000 => 3, _ => 4 };

    /// <summary>How many zeros a number from 1 to 9999 ends with.</summary>
    public static int TrailingZeros(int value) => value % 10 != 0 ? 0 : value % 100 != 0 ? 1 : value % 1000 != 0 ? 2 : 3;
}
