using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Datasets;

/// <summary>Decodes wire bytes the plain way.</summary>
internal static class Wire
{
    public static string Text(CellType type, ReadOnlySpan<byte> bytes) => type switch
    {
        CellType.Boolean => bytes[0] == 1 ? "true" : "false",
        CellType.Int16 => $"{BinaryPrimitives.ReadInt16BigEndian(bytes)}",
        CellType.Int32 => $"{BinaryPrimitives.ReadInt32BigEndian(bytes)}",
        CellType.Int64 => $"{BinaryPrimitives.ReadInt64BigEndian(bytes)}",
        CellType.Float4 => Float(BinaryPrimitives.ReadSingleBigEndian(bytes).ToString("R", CultureInfo.InvariantCulture)),
        CellType.Float8 => Float(BinaryPrimitives.ReadDoubleBigEndian(bytes).ToString("R", CultureInfo.InvariantCulture)),
        CellType.Numeric => Numeric(bytes),
        CellType.Text or CellType.Json => Encoding.UTF8.GetString(bytes),
        CellType.Date => Date(BinaryPrimitives.ReadInt32BigEndian(bytes)),
        CellType.Time => Clock(BinaryPrimitives.ReadInt64BigEndian(bytes)),
        CellType.Timestamp => Timestamp(BinaryPrimitives.ReadInt64BigEndian(bytes), ""),
        CellType.TimestampTz => Timestamp(BinaryPrimitives.ReadInt64BigEndian(bytes), "+00"),
        CellType.Uuid => new Guid(bytes, bigEndian: true).ToString(),
        CellType.Bytea => @"\x" + Convert.ToHexStringLower(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Float(string text) => text.Replace("E", "e", StringComparison.Ordinal);

    private static string Date(int days) => days switch
    {
        int.MaxValue => "infinity",
        int.MinValue => "-infinity",
        _ => DateOnly.FromDateTime(new DateTime(2000, 1, 1).AddDays(days)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static string Clock(long microseconds) => microseconds == 86_400_000_000
        ? "24:00:00"
        : new TimeOnly(microseconds * 10).ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    private static string Timestamp(long microseconds, string zone) => microseconds switch
    {
        long.MaxValue => "infinity",
        long.MinValue => "-infinity",
        _ => new DateTime(2000, 1, 1).AddTicks(microseconds * 10).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) + zone,
    };

    // ndigits, weight, sign, dscale, then the digits to base 10,000, the first worth 10,000 to the weight.
    private static string Numeric(ReadOnlySpan<byte> bytes)
    {
        int digits = BinaryPrimitives.ReadInt16BigEndian(bytes), weight = BinaryPrimitives.ReadInt16BigEndian(bytes[2..]);
        int sign = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), scale = BinaryPrimitives.ReadInt16BigEndian(bytes[6..]);
        if (sign is 0xC000 or 0xD000 or 0xF000)
        {
            return sign switch { 0xC000 => "NaN", 0xD000 => "Infinity", _ => "-Infinity" };
        }

        var all = BigInteger.Zero;
        for (var i = 0; i < digits; i++)
        {
            all = (all * 10_000) + BinaryPrimitives.ReadInt16BigEndian(bytes[(8 + (2 * i))..]);
        }

        var exponent = (4 * (weight + 1 - digits)) + scale;
        all = exponent >= 0 ? all * BigInteger.Pow(10, exponent) : all / BigInteger.Pow(10, -exponent);
        var text = all.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (sign == 0x4000 ? "-" : "") + (scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
    }
}
