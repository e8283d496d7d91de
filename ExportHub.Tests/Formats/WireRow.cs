using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats;

/// <summary>PostgreSQL's binary form of .NET values, as a row reader would deliver them.</summary>
internal static class WireRow
{
    private static readonly DateTime Epoch = new(2000, 1, 1);

    public static RawRow Of(params byte[]?[] cells)
    {
        var row = new RawRow(cells.Length);
        Fill(row, cells);
        return row;
    }

    public static void Fill(RawRow row, params byte[]?[] cells)
    {
        row.Clear();
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                row.AppendNull();
            }
            else
            {
                row.Append(cell);
            }
        }
    }

    public static byte[] Boolean(bool value) => [(byte)(value ? 1 : 0)];

    public static byte[] Int16(short value) => Bytes(2, to => BinaryPrimitives.WriteInt16BigEndian(to, value));

    public static byte[] Int32(int value) => Bytes(4, to => BinaryPrimitives.WriteInt32BigEndian(to, value));

    public static byte[] Int64(long value) => Bytes(8, to => BinaryPrimitives.WriteInt64BigEndian(to, value));

    public static byte[] Float4(float value) => Bytes(4, to => BinaryPrimitives.WriteSingleBigEndian(to, value));

    public static byte[] Float8(double value) => Bytes(8, to => BinaryPrimitives.WriteDoubleBigEndian(to, value));

    public static byte[] Text(string value) => Encoding.UTF8.GetBytes(value);

    public static byte[] Date(DateOnly value) => Int32(value.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber);

    public static byte[] Time(long micros) => Int64(micros);

    /// <summary>Also for timestamptz, when the value is UTC.</summary>
    public static byte[] Timestamp(DateTime value) => Int64((value.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    public static byte[] Uuid(Guid value) => value.ToByteArray(bigEndian: true);

    /// <summary>From the digits PostgreSQL prints: `-12.50` has the display scale 2. Also NaN and the infinities.</summary>
    public static byte[] Numeric(string digits)
    {
        if (digits is "NaN" or "Infinity" or "-Infinity")
        {
            return Header(0, 0, digits switch { "NaN" => 0xC000, "Infinity" => 0xD000, _ => 0xF000 }, 0);
        }

        var parts = digits.TrimStart('-').Split('.');
        var fraction = parts.Length > 1 ? parts[1] : "";
        var whole = parts[0].PadLeft((parts[0].Length + 3) / 4 * 4, '0');
        var all = whole + fraction.PadRight((fraction.Length + 3) / 4 * 4, '0');
        var groups = all.Chunk(4).Select(group => short.Parse(group, CultureInfo.InvariantCulture)).ToList();
        var weight = (whole.Length / 4) - 1;
        while (groups.Count > 0 && groups[0] == 0)
        {
            groups.RemoveAt(0);
            weight--;
        }

        while (groups.Count > 0 && groups[^1] == 0)
        {
            groups.RemoveAt(groups.Count - 1);
        }

        var header = Header(groups.Count, groups.Count == 0 ? 0 : weight, digits.StartsWith('-') ? 0x4000 : 0, fraction.Length);
        return [.. header, .. groups.SelectMany(Int16)];
    }

    private static byte[] Header(int count, int weight, int sign, int scale) =>
        [.. Int16((short)count), .. Int16((short)weight), .. Int16(unchecked((short)sign)), .. Int16((short)scale)];

    private static byte[] Bytes(int length, Action<byte[]> write)
    {
        var bytes = new byte[length];
        write(bytes);
        return bytes;
    }
}
