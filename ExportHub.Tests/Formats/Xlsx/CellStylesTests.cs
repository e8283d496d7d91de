using System.Globalization;
using System.Text.RegularExpressions;
using ExcelDataReader;
using ExportHub.Formats;

namespace ExportHub.Tests.Formats.Xlsx;

/// <summary>How a spreadsheet shows a value; the value itself is exact whatever is shown.</summary>
public sealed partial class CellStylesTests
{
    private static readonly DateTime Epoch = new(1899, 12, 30);

    [Theory]
    [InlineData("12", "0")]
    [InlineData("12.5", "0.0")]
    [InlineData("12.50", "#,##0.00")]
    [InlineData("-1234567.00", "#,##0.00")]
    [InlineData("0.1250", "0.0000")]
    [InlineData("0.000000000000001", "0.000000000000000")]
    [InlineData("0.25000000000000000000", "General")]
    public async Task A_numeric_shows_the_decimals_it_has(string digits, string format) =>
        Assert.Equal((format, double.Parse(digits, CultureInfo.InvariantCulture)), await Cell(CellType.Numeric, WireRow.Numeric(digits)));

    [Fact]
    public async Task A_whole_number_shows_all_its_digits_and_a_float_what_it_takes()
    {
        Assert.Equal(("0", 123_456_789_012_345.0), await Cell(CellType.Int64, WireRow.Int64(123_456_789_012_345)));
        Assert.Equal(("0", 2026.0), await Cell(CellType.Int16, WireRow.Int16(2026)));
        Assert.Equal(("General", 0.1), await Cell(CellType.Float4, WireRow.Float4(0.1f)));
    }

    [Fact]
    public async Task A_time_shows_a_fraction_of_a_second_where_it_has_one()
    {
        var noon = new DateTime(2026, 1, 31, 12, 0, 0);

        Assert.Equal((@"yyyy\-mm\-dd", noon.Date), await Cell(CellType.Date, WireRow.Date(new(2026, 1, 31))));
        Assert.Equal((@"yyyy\-mm\-dd\ hh:mm:ss", noon), await Cell(CellType.TimestampTz, WireRow.Timestamp(noon)));
        Assert.Equal((@"yyyy\-mm\-dd\ hh:mm:ss.000", noon.AddMilliseconds(5)), await Cell(CellType.Timestamp, WireRow.Timestamp(noon.AddMilliseconds(5))));
        Assert.Equal(("[hh]:mm:ss", TimeSpan.FromDays(1)), await Cell(CellType.Time, WireRow.Time(86_400_000_000)));
        Assert.Equal("[hh]:mm:ss.000", (await Cell(CellType.Time, WireRow.Time(500_000))).Format);
    }

    [Fact]
    public async Task A_point_in_time_is_exact_to_the_microsecond_until_2079()
    {
        // 65,536 days after 1899-12-30 a double has one bit less behind the point.
        var random = new Random(7);
        List<long> moments = [.. Enumerable.Range(0, 2_000).Select(_ => random.NextInt64(61L * 86_400_000_000, 65_536L * 86_400_000_000))];

        var file = await Written.As(
            FileFormats.Xlsx, [new("at", "At", CellType.Timestamp)],
            [.. moments.Select(micros => new byte[]?[] { WireRow.Timestamp(Epoch.AddTicks(micros * 10)) })]);

        var values = Values().Matches(Workbook.Part(file.Bytes, "xl/worksheets/sheet1.xml")).Select(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(moments, values.Select(value => (long)Math.Round((decimal)Math.Truncate(value) * 86_400_000_000m) + (long)Math.Round((value - Math.Truncate(value)) * 86_400_000_000)));
    }

    private static async Task<(string Format, object? Value)> Cell(CellType type, byte[] wire)
    {
        var file = await Written.As(FileFormats.Xlsx, [new("c", "C", type)], [wire]);
        Assert.Empty(Workbook.Faults(file.Bytes));
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file.Bytes));
        reader.Read();
        reader.Read();
        return (reader.GetNumberFormatString(0), reader.GetValue(0));
    }

    [GeneratedRegex("<v>(?<value>[^<]+)</v>", RegexOptions.ExplicitCapture)]
    private static partial Regex Values();
}
