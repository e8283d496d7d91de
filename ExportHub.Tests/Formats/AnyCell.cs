using System.Globalization;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

/// <summary>A random value of a type: its wire bytes, and the value and text that it must read back as in Europe/Berlin.</summary>
internal sealed record AnyCell(CellType Type, byte[]? Wire, object? Value, string Text)
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly string[] Pieces =
    [
        ",", ";", "\"", "\r\n", "\n", "\r", "\t", "=", "+", "-", "@", "＝", "'", " ", "<", "&", ">", "_", "_x0041_", "\\", "{", "\u0001", "\u001f",
        "\uFFFE", "\uFFFF", "é", "漢", "😀", "ﾊ", "abc", "0", "123",
    ];

    private static readonly string[] Jsons =
        ["null", "-5", "\"a\\nb\\\"\"", "[1, 2.50]", "{\"a\":\n {\"b\": [null, true]}\r\n}", "{\"=x\": \"ä,;\"}", "[]"];

    public static AnyCell Of(CellType type, Random random) =>
        random.Next(8) == 0 ? new AnyCell(type, null, null, "") : type switch
        {
            CellType.Boolean => Of(type, random.Next(2) == 0, WireRow.Boolean, value => value ? "true" : "false"),
            CellType.Int16 => Of(type, (short)random.Next(short.MinValue, short.MaxValue), WireRow.Int16),
            CellType.Int32 => Of(type, random.Next(int.MinValue, int.MaxValue), WireRow.Int32),
            CellType.Int64 => Of(type, random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60), WireRow.Int64),
            CellType.Float4 => Of(type, BitConverter.UInt32BitsToSingle((uint)random.NextInt64(uint.MaxValue)), WireRow.Float4),
            CellType.Float8 => Of(type, BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)), WireRow.Float8),
            CellType.Numeric => Of(type, Digits(random), WireRow.Numeric, value => value),
            CellType.Text => Of(type, string.Concat(random.GetItems(Pieces, random.Next(12))), WireRow.Text, value => value),
            CellType.Json => Of(type, random.GetItems(Jsons, 1)[0], WireRow.Text, value => value),
            CellType.Date => Of(type, DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)), WireRow.Date, value => value.ToString("yyyy-MM-dd", null)),
            CellType.Time => Of(type, TimeSpan.FromMicroseconds(random.NextInt64(86_400_000_000)), value => WireRow.Time(value.Ticks / 10), value => Iso(DateTime.MinValue + value)[11..]),
            CellType.Timestamp => Of(type, Moment(random), WireRow.Timestamp, Iso),
            CellType.TimestampTz => Of(type, Moment(random), WireRow.Timestamp, IsoInZone),
            CellType.Uuid => Of(type, new Guid(Bytes(random, 16)), WireRow.Uuid, value => value.ToString("D")),
            CellType.Bytea => Of(type, Bytes(random, random.Next(40)), value => value, value => "\\x" + Convert.ToHexStringLower(value)),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };

    private static AnyCell Of<T>(CellType type, T value, Func<T, byte[]> wire, Func<T, string> text)
        where T : notnull => new(type, wire(value), value, text(value));

    private static AnyCell Of<T>(CellType type, T value, Func<T, byte[]> wire)
        where T : IFormattable => Of(type, value, wire, number => number.ToString(null, CultureInfo.InvariantCulture));

    private static string Digits(Random random)
    {
        var whole = string.Concat(random.GetItems<char>("0123456789", random.Next(1, 1 + (1 << random.Next(6))))).TrimStart('0');
        var scale = random.Next(3) == 0 ? random.Next(1, 25) : random.Next(3);
        var digits = (whole.Length == 0 ? "0" : whole) + (scale == 0 ? "" : "." + string.Concat(random.GetItems<char>("0000123456789", scale)));
        return random.Next(30) switch
        {
            0 => "NaN",
            1 => "-Infinity",
            < 12 when digits.AsSpan().ContainsAnyInRange('1', '9') => "-" + digits,
            _ => digits,
        };
    }

    private static DateTime Moment(Random random)
    {
        var micros = random.Next(2) == 0
            ? random.NextInt64(864_000_000_000, (DateTime.MaxValue.Ticks / 10) - 864_000_000_000)
            : (new DateTime(2020, 1, 1).Ticks / 10) + (random.NextInt64(300_000) * 900_000_000);
        return new DateTime(micros * 10);
    }

    private static string Iso(DateTime value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

    private static string IsoInZone(DateTime utc)
    {
        var offset = Zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        return Iso(utc + offset) + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
