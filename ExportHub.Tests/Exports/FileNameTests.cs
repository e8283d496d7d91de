using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Tests.Exports;

public sealed class FileNameTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(null, null, "orders_2026-02-01T0030.csv")]
    [InlineData("2026-01-01", "2026-02-01", "orders_2026-01-01_2026-01-31_2026-02-01T0030.csv")]
    [InlineData("2026-01-01", null, "orders_from-2026-01-01_2026-02-01T0030.csv")]
    [InlineData("2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", "orders_2026-01-01_2026-01-31_2026-02-01T0030.csv")]
    [InlineData("2026-01-01T00:00:00+01:00", null, "orders_from-2026-01-01_2026-02-01T0030.csv")]
    [InlineData("2026-01-01T00:00:00", null, "orders_from-2026-01-01_2026-02-01T0030.csv")]
    [InlineData(null, "2026-02-01", "orders_to-2026-01-31_2026-02-01T0030.csv")]
    [InlineData("2026-01-05", "2026-01-06", "orders_2026-01-05_2026-01-05_2026-02-01T0030.csv")]
    [InlineData("2026-01-05T08:00:00+01:00", "2026-01-06T00:00:00.000001+01:00", "orders_2026-01-05_2026-01-06_2026-02-01T0030.csv")]
    // The days of Berlin's clock changes: 23 and 25 hours.
    [InlineData("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", "orders_2026-03-29_2026-03-29_2026-02-01T0030.csv")]
    [InlineData("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", "orders_2026-10-25_2026-10-25_2026-02-01T0030.csv")]
    [InlineData("0001-01-01", "9999-12-31", "orders_0001-01-01_9999-12-30_2026-02-01T0030.csv")]
    [InlineData("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00", "orders_0001-01-01_0001-01-01_2026-02-01T0030.csv")]
    public void A_file_is_named_after_its_dataset_its_range_and_its_moment_in_the_zone_of_the_export(string? from, string? to, string name)
    {
        var export = new Export
        {
            Id = Guid.Empty, Status = ExportStatus.Running, Dataset = new DatasetDefinition { Name = "orders" }, Format = "csv", Options = new(),
            Criteria = new Criteria
            {
                Columns = ["id"], TimeZone = "Europe/Berlin", DateRange = from is null && to is null ? null : new DateRange("ordered_at", from, to),
            },
        };

        var asOf = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.Zero);
        Assert.Equal(name, FileName.Of(export, new FormatSettings { Format = FileFormats.Csv, TimeZone = Berlin }, asOf));
    }
}
