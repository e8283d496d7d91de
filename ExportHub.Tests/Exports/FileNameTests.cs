using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;

namespace ExportHub.Tests.Exports;

public sealed class FileNameTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(null, null, "orders_2026-02-01T0030.csv")]
    [InlineData("2026-01-01", "2026-02-01", "orders_2026-01-01_2026-02-01_2026-02-01T0030.csv")]
    [InlineData("2026-01-01", null, "orders_2026-01-01_2026-02-01T0030.csv")]
    [InlineData("2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", "orders_2026-01-01_2026-02-01_2026-02-01T0030.csv")]
    [InlineData("2026-01-01T00:00:00+01:00", null, "orders_2026-01-01_2026-02-01T0030.csv")]
    [InlineData("2026-01-01T00:00:00", null, "orders_2026-01-01_2026-02-01T0030.csv")]
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
