using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Tests.Formats.Xlsx;

namespace ExportHub.Tests.Exports;

public sealed class AboutExportTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void What_was_asked_for_is_said_in_words_and_times_in_the_zone_of_the_export()
    {
        var id = Guid.CreateVersion7();
        var export = new Export
        {
            Id = id,
            Status = ExportStatus.Running,
            Dataset = new DatasetDefinition { Name = "open_orders", Title = "Open orders", Description = "Paid and not yet left." },
            Criteria = new Criteria { Columns = ["id"], Limit = 5, TimeZone = "Asia/Kathmandu" },
            Format = "xlsx",
            Options = new(),
            RequestedAt = new(2026, 1, 31, 23, 15, 0, TimeSpan.Zero),
        };

        var about = AboutExport.Of(export, new(2026, 1, 31, 23, 15, 1, TimeSpan.Zero));

        Assert.Equal("Open orders", about.Title);
        Assert.Equal(
            [
                ("Description", "Paid and not yet left."), ("Asked for", "1 column: Id"), ("", "At most 5 rows"), ("", "Times in Asia/Kathmandu"),
                ("Data as of", "2026-02-01 05:00:01 +05:45"), ("Times are those of", "Asia/Kathmandu"), ("Requested", "2026-02-01 05:00:00 +05:45"),
                ("Export ID", $"{id}"), ("Written by", $"ExportHub {typeof(AboutExport).Assembly.GetName().Version!.ToString(3)}"),
            ],
            about.Facts.Select(fact => (fact.Label, fact.Text)));
    }

    [Fact]
    public void A_file_made_under_a_row_filter_says_whose_rows_it_holds()
    {
        var export = new Export
        {
            Id = Guid.CreateVersion7(), Status = ExportStatus.Running, Dataset = new DatasetDefinition { Name = "orders" }, Format = "xlsx", Options = new(),
            Criteria = new Criteria { Columns = ["id"], TimeZone = "UTC" }, RequestedBy = "anna",
        };

        Assert.DoesNotContain("Which rows", AboutExport.Of(export with { Scope = RowScope.AllRows }, DateTimeOffset.UnixEpoch).Facts.Select(fact => fact.Label));
        Assert.Contains(
            ("Which rows", "Only rows that anna may see"),
            AboutExport.Of(export with { Scope = RowScope.AllRows with { Filter = "true" } }, DateTimeOffset.UnixEpoch).Facts.Select(fact => (fact.Label, fact.Text)));
    }

    [Fact]
    public async Task An_exported_workbook_says_of_itself_what_the_status_document_says_of_it()
    {
        var document = await app.ExportAsync(new { dataset = "orders", format = "xlsx", limit = 3, timeZone = "Europe/Berlin" });

        var about = Workbook.Read(await app.DownloadAsync(document))[^1];

        Assert.Equal("About", about.Name);
        var rows = about.Rows.Where(row => row[0] is not null).ToDictionary(row => (string)row[0]!, row => row[1]);
        Assert.Equal(3.0, rows["Rows"]);
        Assert.Equal(document.GetProperty("id").GetString(), rows["Export ID"]);
        Assert.Equal("Europe/Berlin", rows["Times are those of"]);
        Assert.DoesNotContain("Remarks", rows);
        Assert.StartsWith(
            TimeZoneInfo.ConvertTimeBySystemTimeZoneId(document.GetProperty("dataAsOf").GetDateTimeOffset(), "Europe/Berlin").ToString("yyyy-MM-dd HH:mm:ss zzz", null),
            (string)rows["Data as of"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_without_rows_has_its_header_and_says_so_as_the_status_document_does()
    {
        var document = await app.ExportAsync(
            new { dataset = "orders", format = "xlsx", columns = new[] { "id" }, filters = new[] { new { column = "id", op = "lt", value = 0 } } });

        var sheets = Workbook.Read(await app.DownloadAsync(document));

        Assert.Equal("Id", Assert.Single(Assert.Single(sheets[0].Rows)));
        Assert.Equal([["Rows", 0.0], ["Remarks", document.GetProperty("warnings")[0].GetString()]], sheets[^1].Rows.Skip(1).Take(2));
        Assert.StartsWith("No rows matched", (string)sheets[^1].Rows[2][1]!, StringComparison.Ordinal);
    }
}
