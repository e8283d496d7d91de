using System.Text;
using ExportHub.Formats;
using ExportHub.Formats.Cells;

namespace ExportHub.Tests.Formats.Cells;

public sealed class CellTextsTests
{
    public static TheoryData<string> Numerics => new(
        "0", "0.00", "1", "-1", "10000", "9999.9999", "0.0001", "0.00001", "-0.000000010", "123456789.12345", "100000000", "1.50", "20000.0000",
        "1234567890123456789012345678901234567890.1234567890", "NaN", "Infinity", "-Infinity", "0.10000", "99999999999999999999");

    [Theory]
    [MemberData(nameof(Numerics))]
    public void A_numeric_is_printed_as_PostgreSQL_prints_it(string digits)
    {
        Assert.Equal(digits, Text(CellType.Numeric, WireRow.Numeric(digits)));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.000", 0)]
    [InlineData("1.50", 2)]
    [InlineData("0.001234", 4)]
    [InlineData("10000", 5)]
    [InlineData("100000000", 9)]
    [InlineData("123456789012345678", 18)]
    [InlineData("12345.67890", 9)]
    [InlineData("-9999.0001", 8)]
    public void The_significant_digits_of_a_numeric_are_counted_from_the_first_to_the_last_or_the_units(string digits, int count)
    {
        Assert.Equal(count, new WireNumeric(WireRow.Numeric(digits)).SignificantDigits());
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(-1e300, "-1E+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_float8_is_the_shortest_text_that_reads_back(double value, string text)
    {
        Assert.Equal(text, Text(CellType.Float8, WireRow.Float8(value)));
    }

    [Fact]
    public void A_float4_has_the_digits_of_its_own_precision()
    {
        Assert.Equal("0.1", Text(CellType.Float4, WireRow.Float4(0.1f)));
        Assert.Equal("3.4028235E+38", Text(CellType.Float4, WireRow.Float4(float.MaxValue)));
    }

    [Fact]
    public void Integers_booleans_uuids_and_bytes_are_printed_as_PostgreSQL_prints_them()
    {
        Assert.Equal("-32768", Text(CellType.Int16, WireRow.Int16(short.MinValue)));
        Assert.Equal("-2147483648", Text(CellType.Int32, WireRow.Int32(int.MinValue)));
        Assert.Equal("-9223372036854775808", Text(CellType.Int64, WireRow.Int64(long.MinValue)));
        Assert.Equal("true", Text(CellType.Boolean, WireRow.Boolean(true)));
        Assert.Equal("\\xdeadbeef", Text(CellType.Bytea, [0xde, 0xad, 0xbe, 0xef]));
        Assert.Equal("\\x", Text(CellType.Bytea, []));
        Assert.Equal(
            "00112233-4455-6677-8899-aabbccddeeff", Text(CellType.Uuid, Convert.FromHexString("00112233445566778899aabbccddeeff")));
    }

    [Theory]
    [InlineData(0, "2000-01-01")]
    [InlineData(-1, "1999-12-31")]
    [InlineData(59, "2000-02-29")]
    [InlineData(-730_119, "0001-01-01")]
    [InlineData(-730_120, "0001-12-31 BC")]
    [InlineData(-746_117, "0044-03-15 BC")]
    [InlineData(2_921_939, "9999-12-31")]
    [InlineData(2_921_940, "10000-01-01")]
    [InlineData(2_145_031_948, "5874897-12-31")]
    [InlineData(-2_451_507, "4713-01-01 BC")]
    [InlineData(int.MaxValue, "infinity")]
    [InlineData(int.MinValue, "-infinity")]
    public void A_date_outside_the_years_of_ISO_is_printed_as_PostgreSQL_prints_it(int days, string text)
    {
        Assert.Equal(text, Text(CellType.Date, WireRow.Int32(days)));
    }

    [Theory]
    [InlineData(0, "00:00:00")]
    [InlineData(86_400_000_000, "24:00:00")]
    [InlineData(36_900_000_000, "10:15:00")]
    [InlineData(36_900_250_000, "10:15:00.25")]
    [InlineData(86_399_999_999, "23:59:59.999999")]
    [InlineData(1, "00:00:00.000001")]
    public void A_time_shows_its_fraction_only_when_there_is_one(long micros, string text)
    {
        Assert.Equal(text, Text(CellType.Time, WireRow.Time(micros)));
    }

    [Fact]
    public void A_timestamp_has_no_offset_and_a_timestamptz_has_that_of_the_zone()
    {
        var moment = WireRow.Timestamp(new DateTime(2026, 1, 31, 9, 15, 0).AddTicks(1_234_560));

        Assert.Equal("2026-01-31T09:15:00.123456", Text(CellType.Timestamp, moment));
        Assert.Equal("2026-01-31T09:15:00.123456Z", Text(CellType.TimestampTz, moment));
        Assert.Equal("2026-01-31T10:15:00.123456+01:00", Text(CellType.TimestampTz, moment, "Europe/Berlin"));
        Assert.Equal("2026-01-31T09:15:00.123456+00:00", Text(CellType.TimestampTz, moment, "Europe/London"));
        Assert.Equal("2026-01-31T05:45:00.123456-03:30", Text(CellType.TimestampTz, moment, "America/St_Johns"));
    }

    [Theory]
    [InlineData(false, long.MaxValue, "infinity")]
    [InlineData(true, long.MinValue, "-infinity")]
    [InlineData(false, 252_455_616_000_000_000, "10000-01-01 00:00:00")]
    [InlineData(true, 252_455_616_000_000_000, "10000-01-01 00:00:00+00")]
    [InlineData(true, 252_455_614_200_000_000, "10000-01-01 00:30:00+01")]
    [InlineData(false, -63_082_281_600_500_000, "0001-12-31 23:59:59.5 BC")]
    [InlineData(true, -63_082_281_600_500_000, "0001-12-31 23:59:59.5+00 BC")]
    public void Moments_outside_the_years_of_ISO_are_printed_as_PostgreSQL_prints_them(bool zoned, long micros, string text)
    {
        Assert.Equal(text, Text(zoned ? CellType.TimestampTz : CellType.Timestamp, WireRow.Int64(micros), "Europe/Berlin"));
    }

    private static string Text(CellType type, byte[] wire, string zone = "UTC")
    {
        using var buffer = new FileBuffer();
        var spelling = Spelling.Machine(TimeZoneInfo.FindSystemTimeZoneById(zone));
        CellTexts.For(new FileColumn("c", "c", type), spelling, new Remarks()).Write(wire, buffer);
        return Encoding.UTF8.GetString(buffer.From(0));
    }
}
