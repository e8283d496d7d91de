using System.Text.Json;
using ExportHub.Datasets;
using ExportHub.Exports;
using ExportHub.Formats;
using ExportHub.Pages.Request;

namespace ExportHub.Tests.Pages.Request;

/// <summary>What an export asked for, filled into the form and read from it again, asks for the same.</summary>
public sealed class FormFromExportTests
{
    [Theory]
    [InlineData("""{ "column": "id", "op": "between", "value": ["5", "9"] }""")]
    [InlineData("""{ "column": "status", "op": "in", "value": ["paid", "shipped"] }""")]
    [InlineData("""{ "column": "customer", "op": "notIn", "value": ["Zoë", "a, b"] }""")]
    [InlineData("""{ "column": "ordered_at", "op": "lte", "value": "2026-01-31" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "gt", "value": "2026-03-29T03:30:00" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "gt", "value": "2026-03-29T03:30:00.5" }""")]
    [InlineData("""{ "column": "ordered_at", "op": "between", "value": ["2026-01-01", "2026-01-31"] }""")]
    [InlineData("""{ "column": "due", "op": "eq", "value": "2026-01-31" }""")]
    [InlineData("""{ "column": "gift", "op": "eq", "value": "true" }""")]
    [InlineData("""{ "column": "customer", "op": "isNull" }""")]
    public void A_filter_survives(string filter)
    {
        var asked = new CriteriaRequest { TimeZone = "Europe/Berlin", Filters = [JsonSerializer.Deserialize<FilterRequest>(filter, JsonSerializerOptions.Web)!] };

        Survives(asked);
    }

    [Fact]
    public void Days_columns_order_and_limit_survive() =>
        Survives(new CriteriaRequest
        {
            Columns = ["due", "id"],
            DateRange = new DateRangeRequest("ordered_at", "2026-01-01", "2026-02-01"),
            Sort = [new SortRequest("due", Descending: true), new SortRequest("id")],
            Limit = 50_000,
            TimeZone = "America/New_York",
        });

    [Fact]
    public void A_relative_range_stays_relative()
    {
        var form = Fill(Settle(new CriteriaRequest { DateRange = new DateRangeRequest(Relative: "previous_month") }));

        Assert.Equal(("relative", "previous_month"), (form.Dates, form.Relative));
    }

    [Fact]
    public void Bounds_with_a_time_of_day_become_filters()
    {
        var form = Fill(Settle(new CriteriaRequest { DateRange = new DateRangeRequest("ordered_at", "2026-01-01T08:00", "2026-02-01") }));

        Assert.Equal("all", form.Dates);
        Assert.Equal([("gte", "2026-01-01", "08:00"), ("lt", "2026-02-01", "00:00")], form.Filters.Select(row => (row.Op!, row.Value!, row.Time!)));
    }

    [Fact]
    public void What_the_dataset_no_longer_has_is_left_out_and_named()
    {
        var criteria = new Criteria { Columns = ["gone", "id"], TimeZone = "UTC", Sort = [new SortKey("lost")], Filters = [new Filter("gone", "isNull", [])] };

        var (form, missing) = FormFromExport.Fill(Sample.Dataset, Export(criteria));

        Assert.Equal(["gone", "lost"], missing);
        Assert.Equal(["id"], form.Columns);
        Assert.Empty(form.Filters);
        Assert.Empty(form.Sort);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_option_of_CSV_survives(bool yes)
    {
        var options = new FormatOptions
        {
            Profile = "excel", Culture = "de-DE", Delimiter = "\t", Quote = "all", LineEnd = "lf", Bom = yes, Decimal = ".", DateFormat = "d.M.yyyy", FormulaGuard = !yes,
            NullText = "NULL", Header = "name", Compression = "zip", RowsPerFile = 5000,
        };
        var form = FormFromExport.Fill(Sample.Dataset, Export(new Criteria { Columns = ["id"], TimeZone = "UTC" }, options)).Form;

        Assert.All(typeof(FormatOptions).GetProperties(), option => Assert.NotNull(option.GetValue(options)));
        Assert.Equal(options, FormToRequest.Read(form, Sample.Dataset).Options);
    }

    private static void Survives(CriteriaRequest asked)
    {
        var criteria = Settle(asked);
        var again = Settle(FormToRequest.Read(Fill(criteria), Sample.Dataset).Criteria);

        Assert.Equal(JsonSerializer.Serialize(criteria), JsonSerializer.Serialize(again));
    }

    private static Criteria Settle(CriteriaRequest request) =>
        CriteriaCheck.Settle(Sample.Dataset, request, new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero), (field, text) => Assert.Fail($"{field}: {text}"))!;

    private static RequestForm Fill(Criteria criteria) => FormFromExport.Fill(Sample.Dataset, Export(criteria)).Form;

    private static Export Export(Criteria criteria, FormatOptions? options = null) => new()
    {
        Id = Guid.NewGuid(), Status = ExportStatus.Completed, Dataset = Sample.Dataset.Definition, Criteria = criteria, Format = "csv", Options = options ?? new FormatOptions(),
    };
}
