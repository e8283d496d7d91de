using System.Text.Json;
using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class CriteriaCheckTests
{
    private const string AllColumns = "id, amount, weight, big, note, paid, shipped_on, made_at, ordered_at, opens, lasts, ref, status, doc, bytes";

    [Fact]
    public void Nothing_asked_means_everything_in_UTC()
    {
        var criteria = Bench.Settle(Shop.Dataset, "{}");

        Assert.Equal(AllColumns, string.Join(", ", criteria.Columns));
        Assert.Equal("UTC", criteria.TimeZone);
        Assert.Null(criteria.Limit);
        Assert.Empty(criteria.Filters);
        Assert.Empty(criteria.Sort);
        Assert.Null(criteria.DateRange);
    }

    [Theory]
    [InlineData("""{ "columns": [] }""", "columns", "Name from 1 to 1,664 columns, or leave columns out for all of them.")]
    [InlineData("""{ "columns": ["id", "nope"] }""", "columns[1]", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "columns": ["ID"] }""", "columns[0]", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "columns": [null] }""", "columns[0]", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "columns": ["id", "id"] }""", "columns[1]", "This column is named twice. Name each column once.")]
    [InlineData("""{ "filters": [null] }""", "filters[0].column", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "filters": [{ "column": "id\u0000" , "op": "eq", "value": 1 }] }""", "filters[0].column", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "filters": [{ "any": [] }] }""", "filters[0].any", "Give at least one filter.")]
    [InlineData("""{ "filters": [{ "any": [{ "any": [] }] }] }""", "filters[0].any[0]", "A group holds filters and no further groups.")]
    [InlineData("""{ "filters": [{ "any": [null] }] }""", "filters[0].any[0].column", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "filters": [{ "column": "id", "any": [{ "column": "id", "op": "eq", "value": 1 }] }] }""", "filters[0]", "Give either a column or any, not both.")]
    [InlineData("""{ "filters": [{ "column": "id", "op": "isNull" }, { "any": [{ "column": "id", "op": "isNull" }, { "column": "paid", "op": "eq", "value": 7 }] }] }""", "filters[1].any[1].value", "Give true or false.")]
    [InlineData("""{ "sort": [{ "column": "nope" }] }""", "sort[0].column", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "sort": [null] }""", "sort[0].column", "There is no such column. Use one of: " + AllColumns + ".")]
    [InlineData("""{ "sort": [{ "column": "id" }, { "column": "id", "descending": true }] }""", "sort[1].column", "This column is named twice. Sort by each column once.")]
    [InlineData("""{ "limit": 0 }""", "limit", "Give a number of rows from 1 to 1,000,000,000.")]
    [InlineData("""{ "limit": -1 }""", "limit", "Give a number of rows from 1 to 1,000,000,000.")]
    [InlineData("""{ "limit": 1000000000000 }""", "limit", "Give a number of rows from 1 to 1,000,000,000.")]
    [InlineData("""{ "timeZone": "Mars/Olympus" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "W. Europe Standard Time" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "+01:00" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "../../etc/passwd" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "UTC\u0000" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "timeZone": "leapseconds" }""", "timeZone", "Give an IANA time zone such as Europe/Berlin or UTC.")]
    [InlineData("""{ "dateRange": {} }""", "dateRange", "Give from, to or relative.")]
    [InlineData("""{ "dateRange": { "column": "id", "from": "2026-01-01" } }""", "dateRange.column", "A date range needs a column with dates or times. Use one of: shipped_on, made_at, ordered_at.")]
    [InlineData("""{ "dateRange": { "from": "2026-01-01", "to": "2026-01-01" } }""", "dateRange.from", "The range ends before it begins. Give a from that is earlier than to; to itself is not part of the range.")]
    [InlineData("""{ "dateRange": { "from": "9999-12-31", "to": "0001-01-01" } }""", "dateRange.from", "The range ends before it begins. Give a from that is earlier than to; to itself is not part of the range.")]
    [InlineData("""{ "dateRange": { "from": "2026-02-30" } }""", "dateRange.from", "Give a date such as 2026-01-31 or a time such as 2026-01-31T14:30:00 or 2026-01-31T14:30:00+01:00.")]
    [InlineData("""{ "dateRange": { "column": "shipped_on", "to": "2026-01-01T10:00" } }""", "dateRange.to", "Give a date such as 2026-01-31.")]
    [InlineData("""{ "dateRange": { "column": "made_at", "to": "2026-01-01T10:00Z" } }""", "dateRange.to", "Give a date such as 2026-01-31 or a time without offset such as 2026-01-31T14:30:00; this column has no time zone.")]
    [InlineData("""{ "dateRange": { "relative": "last_week" } }""", "dateRange.relative", "There is no such range. Use one of: today, yesterday, last_7_days, last_30_days, this_month, previous_month, this_quarter, previous_quarter, this_year, previous_year.")]
    [InlineData("""{ "dateRange": { "relative": "today", "from": "2026-01-01" } }""", "dateRange.relative", "Give either relative or from and to, not both.")]
    public void A_fault_names_its_field_and_what_is_allowed(string request, string field, string sentence) =>
        Assert.Equal((field, sentence), Assert.Single(Bench.Faults(Shop.Dataset, Bench.Request(request))));

    [Fact]
    public void Every_fault_is_told_at_once() =>
        Assert.Equal(
            ["timeZone", "columns[0]", "filters[0].op", "filters[1].value", "dateRange.from", "sort[0].column", "limit"],
            Bench.Faults(Shop.Dataset, Bench.Request("""
                { "columns": ["x"], "filters": [ { "column": "id", "op": "contains" }, { "column": "id", "op": "eq", "value": "x" } ],
                  "dateRange": { "from": "soon" }, "sort": [ { "column": "x" } ], "limit": 0, "timeZone": "x" }
                """)).Select(f => f.Field));

    [Fact]
    public void Ten_thousand_filters_are_one_fault()
    {
        var filters = Enumerable.Repeat(new FilterRequest("nope", "eq"), 10_000).ToList();

        Assert.Equal(("filters", "Give 100 filters at most."), Assert.Single(Bench.Faults(Shop.Dataset, new() { Filters = filters })));
    }

    [Fact]
    public void Filters_in_groups_count_too()
    {
        FilterRequest GroupOf(int members) => new() { Any = [.. Enumerable.Repeat(new FilterRequest("id", "isNull"), members)] };

        Assert.Empty(Bench.Faults(Shop.Dataset, new() { Filters = [GroupOf(60), GroupOf(39), new("id", "isNull")] }));
        Assert.Equal("filters", Assert.Single(Bench.Faults(Shop.Dataset, new() { Filters = [GroupOf(60), GroupOf(40), new("id", "isNull")] })).Field);
    }

    [Fact]
    public void A_group_of_one_is_that_one_and_a_column_in_a_group_is_used()
    {
        var criteria = Bench.Settle(Shop.Dataset, """
            { "columns": ["id"], "filters": [ { "any": [ { "column": "paid", "op": "isNull" } ] },
              { "any": [ { "column": "note", "op": "isNull" }, { "column": "big", "op": "eq", "value": 1 } ] } ] }
            """);

        Assert.Equal("paid", Assert.Single(criteria.Filters).Column);
        Assert.Equal(["note", "big"], Assert.Single(criteria.Groups).Select(filter => filter.Column));
        Assert.Equal(["id", "paid", "note", "big"], criteria.UsedColumns());
        Assert.Equal(["big", "note", "paid"], criteria.Compared.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Criteria_from_before_there_were_groups_have_none() =>
        Assert.Empty(JsonSerializer.Deserialize<Criteria>("""{ "columns": ["id"], "filters": [], "timeZone": "UTC" }""", JsonSerializerOptions.Web)!.Groups);

    [Fact]
    public void A_request_without_groups_is_written_as_before_there_were_any() =>
        Assert.Equal("""{"column":"id","op":"isNull","value":null}""", JsonSerializer.Serialize(new FilterRequest("id", "isNull"), JsonSerializerOptions.Web));

    [Fact]
    public void Too_many_columns_or_sort_keys_are_one_fault()
    {
        Assert.Equal("columns", Assert.Single(Bench.Faults(Shop.Dataset, new() { Columns = [.. Enumerable.Repeat("id", 1665)] })).Field);
        Assert.Equal("sort", Assert.Single(Bench.Faults(Shop.Dataset, new() { Sort = [.. Enumerable.Repeat(new SortRequest("id"), 33)] })).Field);
    }

    [Fact]
    public void The_row_limit_of_the_dataset_is_the_most_and_the_default()
    {
        var limited = Shop.Make(new() { Name = "few", From = "x", RowLimit = 500 });

        Assert.Equal(500, Bench.Settle(limited, "{}").Limit);
        Assert.Equal(7, Bench.Settle(limited, """{ "limit": 7 }""").Limit);
        Assert.Equal(("limit", "Give a number of rows from 1 to 500."), Assert.Single(Bench.Faults(limited, new() { Limit = 501 })));
    }

    [Fact]
    public void A_date_range_needs_a_column_where_the_dataset_has_no_usual_one()
    {
        var undated = Shop.Make(new() { Name = "undated", From = "x" });

        Assert.Equal(
            ("dateRange.column", "This dataset has no usual date column, so name one of: shipped_on, made_at, ordered_at."),
            Assert.Single(Bench.Faults(undated, new() { DateRange = new(Relative: "today") })));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Asia/Calcutta")]
    [InlineData("Etc/GMT+5")]
    public void Zones_of_the_tz_database_are_known(string zone) =>
        Assert.Equal(zone, Bench.Settle(Shop.Dataset, $$"""{ "timeZone": "{{zone}}" }""").TimeZone);

    [Fact]
    public void Settled_criteria_survive_being_stored()
    {
        var criteria = Bench.Settle(Shop.Dataset, """
            { "columns": ["id"], "filters": [ { "column": "ordered_at", "op": "in", "value": ["2026-01-01", "2026-01-02"] },
                { "any": [ { "column": "id", "op": "isNull" }, { "column": "paid", "op": "isNull" } ] } ],
              "dateRange": { "relative": "this_month" }, "sort": [ { "column": "id", "descending": true } ], "limit": 5, "timeZone": "Europe/Berlin" }
            """);

        var stored = JsonSerializer.Serialize(criteria, JsonSerializerOptions.Web);

        Assert.Equivalent(criteria, JsonSerializer.Deserialize<Criteria>(stored, JsonSerializerOptions.Web), strict: true);
    }
}
