using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

/// <summary>What a client may ask for, filled into the form and read from it again, asks for the same.</summary>
public sealed class FormFromRequestTests
{
    [Theory]
    [InlineData("""{ "column": "id", "op": "between", "value": [5, 9] }""")]
    [InlineData("""{ "column": "id", "op": "in", "value": [5, 9, "10"] }""")]
    [InlineData("""{ "column": "status", "op": "in", "value": ["paid", "shipped"] }""")]
    [InlineData("""{ "column": "status", "op": "eq", "value": "paid" }""")]
    [InlineData("""{ "column": "customer", "op": "notIn", "value": ["Zoë", "a, b"] }""")]
    [InlineData("""{ "column": "ordered_at", "op": "lte", "value": "2026-01-31" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "gt", "value": "2026-03-29T03:30" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "gt", "value": "2026-01-31T08:00:00Z" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "gt", "value": "2026-01-31T08:00:00.5-03:00" }""")]
    [InlineData("""{ "column": "gift", "op": "eq", "value": true }""")]
    [InlineData("""{ "column": "customer", "op": "isNull" }""")]
    public void A_filter_survives(string filter) =>
        Survives(new ExportRequest { Filters = [JsonSerializer.Deserialize<FilterRequest>(filter, JsonSerializerOptions.Web)!] });

    [Theory]
    [InlineData("""{ "relative": "previous_month" }""")]
    [InlineData("""{ "column": "due", "from": "2026-01-01", "to": "2026-02-01" }""")]
    [InlineData("""{ "from": "2026-01-01" }""")]
    [InlineData("""{ "to": "2026-02-01T00:00:00+01:00" }""")]
    public void A_date_range_survives(string range) =>
        Survives(new ExportRequest { DateRange = JsonSerializer.Deserialize<DateRangeRequest>(range, JsonSerializerOptions.Web) });

    [Fact]
    public void Columns_sort_limit_format_and_options_survive() =>
        Survives(new ExportRequest
        {
            Columns = ["due", "id"],
            Sort = [new SortRequest("due", Descending: true), new SortRequest("id")],
            Limit = 50_000,
            Options = new FormatOptions { Profile = "excel", Delimiter = "\t", Culture = "de-DE", FormulaGuard = false, Header = "name", Compression = "zip", RowsPerFile = 5000 },
        });

    [Fact]
    public void What_is_not_said_is_what_a_request_without_it_means()
    {
        var form = FormFromRequest.Fill(Sample.Dataset, new ExportRequest { Dataset = "orders" });

        Assert.Equal(Sample.Dataset.Columns.Select(column => column.Name), form.Columns);
        Assert.Equal(("all", "UTC", null), (form.Dates, form.TimeZone, form.Limit));
    }

    private static void Survives(ExportRequest asked)
    {
        asked = asked with { Dataset = "orders", Format = "csv", TimeZone = "Europe/Berlin", Options = asked.Options ?? new FormatOptions { Profile = "machine", FormulaGuard = true } };

        var again = FormToRequest.Read(FormFromRequest.Fill(Sample.Dataset, asked), Sample.Dataset);

        Assert.Equal((asked.Dataset, asked.Format, asked.Options), (again.Dataset, again.Format, again.Options));
        Assert.Equal(Settle(asked), Settle(again));
    }

    private static string Settle(ExportRequest request) => JsonSerializer.Serialize(CriteriaCheck.Settle(
        Sample.Dataset, request.Criteria, new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero), (field, text) => Assert.Fail($"{field}: {text}")));
}
