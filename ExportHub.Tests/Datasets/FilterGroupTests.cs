using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExportHub.Datasets;
using Xunit.Abstractions;

namespace ExportHub.Tests.Datasets;

/// <summary>Groups of filters and long lists, against the table of four rows with values and a fifth without any.</summary>
public sealed class FilterGroupTests(OperatorTable table, ITestOutputHelper output) : IClassFixture<OperatorTable>
{
    [Theory]
    [InlineData("""{ "any": [ { "column": "te", "op": "eq", "value": "alpha" }, { "column": "i4_", "op": "gt", "value": 3 } ] }""", "1 4")]
    [InlineData("""{ "any": [ { "column": "te", "op": "isNull" }, { "column": "te", "op": "eq", "value": "beta" } ] }, { "column": "id", "op": "lt", "value": 5 }""", "2")]
    [InlineData("""{ "any": [ { "column": "id", "op": "eq", "value": 1 }, { "column": "id", "op": "eq", "value": 2 } ] }, { "any": [ { "column": "id", "op": "eq", "value": 2 }, { "column": "id", "op": "eq", "value": 3 } ] }""", "2")]
    [InlineData("""{ "any": [ { "column": "te", "op": "notIn", "value": ["alpha", "beta"] }, { "column": "id", "op": "eq", "value": 1 } ] }""", "1 3 4 5")]
    [InlineData("""{ "any": [ { "column": "tz", "op": "eq", "value": "2026-01-31" }, { "column": "tz", "op": "ne", "value": "2026-01-31" } ] }""", "1 2 3 4 5")]
    public async Task Of_a_group_one_has_to_hold_and_of_what_stands_beside_it_all(string filters, string rows) =>
        Assert.Equal(rows, await table.Bench.FirstColumnAsync(table.Dataset, $$"""{ "filters": [ {{filters}} ], "sort": [ { "column": "id" } ] }"""));

    [Fact]
    public async Task A_date_range_and_the_count_take_the_group_as_one()
    {
        var criteria = Bench.Settle(table.Dataset, """
            { "filters": [ { "any": [ { "column": "id", "op": "eq", "value": 1 }, { "column": "id", "op": "eq", "value": 4 } ] } ],
              "dateRange": { "column": "d", "to": "2027-01-01" } }
            """);
        await using var reader = await table.Bench.OpenAsync(table.Dataset, criteria);

        Assert.Equal((1, true), (reader.Tally.Selected.Rows, reader.Tally.Selected.Exact));
    }

    /// <summary>Each of 20,000 rows is looked for in a list of 100,000 values: one by one that would be a billion comparisons, or casts.</summary>
    [Theory]
    [InlineData("n", "int4")]
    [InlineData("t", "text")]
    [InlineData("u", "uuid")]
    [InlineData("d", "date")]
    [InlineData("z", "timestamptz")]
    public async Task A_list_of_100_000_values_is_looked_up_and_not_searched(string column, string type)
    {
        const string Rows = """
            SELECT n, n::text AS t, lpad(n::text, 32, '0')::uuid AS u, date '2000-01-01' + n AS d, timestamptz '2000-01-01 00:00:01+00' + n * interval '1 minute' AS z
            FROM generate_series(1, 20000) AS n
            """;
        var dataset = await table.Bench.DescribeAsync(Bench.Query(Rows));
        var list = JsonSerializer.Serialize(Enumerable.Range(10_001, FilterCheck.MostValues).Select(n => Value(type, n)));
        var criteria = Bench.Settle(dataset, $$"""{ "columns": ["n"], "filters": [ { "column": "{{column}}", "op": "in", "value": {{list}} } ] }""");

        var watch = Stopwatch.StartNew();
        var rows = await table.Bench.ReadAsync(dataset, criteria);

        output.WriteLine($"{type}: {watch.ElapsedMilliseconds} ms");
        Assert.Equal(10_000, rows.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static string Value(string type, int n) => type switch
    {
        "uuid" => new Guid(n.ToString(CultureInfo.InvariantCulture).PadLeft(32, '0')).ToString(),
        "date" => new DateOnly(2000, 1, 1).AddDays(n).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "timestamptz" => new DateTime(2000, 1, 1, 0, 0, 1, DateTimeKind.Utc).AddMinutes(n).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => n.ToString(CultureInfo.InvariantCulture),
    };
}
