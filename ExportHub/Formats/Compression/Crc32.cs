namespace ExportHub.Formats.Compression;

/// <summary>
/// The CRC-32 of gzip and ZIP (RFC 1952, section 8) of bytes whose parts were summed apart. A CRC is the remainder of a polynomial over GF(2),
/// so bytes that follow multiply what stands before them by x to the power of their bits: crc(a‖b) = crc(a)·x^(8·|b|) + crc(b).
/// </summary>
internal static class Crc32
{
    // Bit 31 is x^0, bit 30 x^1, and so on, as the CRC counts them.
    private const uint One = 1u << 31;
    private const uint X8 = One >> 8;
    private const uint Polynomial = 0xEDB88320;

    /// <summary>The CRC of two runs of bytes from the CRC of each and the length of the second.</summary>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(first, ShiftOf(secondLength)) ^ second;

    /// <summary>x^(8·bytes), by squaring.</summary>
    private static uint ShiftOf(long bytes)
    {
        var power = One;
        for (var square = X8; bytes > 0; bytes >>= 1, square = Multiply(square, square))
        {
            if ((bytes & 1) != 0)
            {
                power = Multiply(power, square);
            }
        }

        return power;
    }

    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (; a != 0; a <<= 1)
        {
            if ((a & One) != 0)
            {
                product ^= b;
            }

            b = (b >> 1) ^ ((b & 1) != 0 ? Polynomial : 0);
        }

        return product;
    }
}
