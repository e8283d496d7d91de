using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class CriteriaWordsTests
{
    private static readonly DatasetDefinition Definition = new()
    {
        Name = "orders",
        Columns = new Dictionary<string, ColumnDefinition> { ["note"] = new() { Title = "Remarks" } },
    };

    [Theory]
    [InlineData("""{ "columns": ["id"] }""", "1 column: Id")]
    [InlineData("""{ "columns": ["id", "shipped_on", "note"] }""", "3 columns: Id, Shipped on, Remarks")]
    [InlineData("{}", "15 columns: Id, Amount, Weight, Big, Remarks, Paid, Shipped on, Made at, Ordered at, Opens, Lasts, Ref and 3 more")]
    public void Columns_come_first(string request, string words) => Assert.Equal(words, Describe(request)[0]);

    [Theory]
    [InlineData("""{ "dateRange": { "from": "2026-01-01", "to": "2026-02-01" }, "timeZone": "Europe/Berlin" }""", "Ordered at from 2026-01-01 up to, not including, 2026-02-01 (Europe/Berlin)")]
    [InlineData("""{ "dateRange": { "from": "2026-01-01T09:30Z" }, "timeZone": "Europe/Berlin" }""", "Ordered at from 2026-01-01 10:30:00 on (Europe/Berlin)")]
    [InlineData("""{ "dateRange": { "column": "shipped_on", "to": "2026-01-01" } }""", "Shipped on before 2026-01-01 (UTC)")]
    [InlineData("""{ "dateRange": { "relative": "previous_month" } }""", "Ordered at previous month: from 2026-05-01 up to, not including, 2026-06-01 (UTC)")]
    [InlineData("""{ "filters": [ { "column": "status", "op": "in", "value": ["paid", "shipped"] } ] }""", "Status is paid or shipped")]
    [InlineData("""{ "filters": [ { "column": "status", "op": "notIn", "value": ["new"] } ] }""", "Status is not new")]
    [InlineData("""{ "filters": [ { "column": "status", "op": "eq", "value": "new" } ] }""", "Status is new")]
    [InlineData("""{ "filters": [ { "column": "id", "op": "in", "value": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] } ] }""", "Id is one of 12 values: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more")]
    [InlineData("""{ "filters": [ { "any": [ { "column": "status", "op": "eq", "value": "paid" }, { "column": "amount", "op": "gt", "value": 100 } ] } ] }""", "Status is paid, or Amount is more than 100")]
    [InlineData("""{ "filters": [ { "column": "amount", "op": "gte", "value": 100 } ] }""", "Amount is at least 100")]
    [InlineData("""{ "filters": [ { "column": "amount", "op": "between", "value": [1, 2] } ] }""", "Amount is from 1 to 2, both included")]
    [InlineData("""{ "filters": [ { "column": "note", "op": "contains", "value": "50%" } ] }""", "Remarks contains “50%”")]
    [InlineData("""{ "filters": [ { "column": "note", "op": "eq", "value": "" } ] }""", "Remarks is “”")]
    [InlineData("""{ "filters": [ { "column": "note", "op": "isNull" } ] }""", "Remarks is empty")]
    [InlineData("""{ "filters": [ { "column": "paid", "op": "ne", "value": true } ] }""", "Paid is not true")]
    [InlineData("""{ "filters": [ { "column": "ordered_at", "op": "lte", "value": "2026-01-31" } ] }""", "Ordered at is 2026-01-31 or earlier")]
    [InlineData("""{ "filters": [ { "column": "shipped_on", "op": "gt", "value": "2026-01-31" } ] }""", "Shipped on is after 2026-01-31")]
    [InlineData("""{ "sort": [ { "column": "ordered_at", "descending": true }, { "column": "id" } ] }""", "Sorted by Ordered at, highest first, then Id")]
    [InlineData("""{ "limit": 500000 }""", "At most 500,000 rows")]
    [InlineData("""{ "limit": 1 }""", "At most 1 row")]
    [InlineData("""{ "timeZone": "Asia/Tokyo" }""", "Times in Asia/Tokyo")]
    public void Each_part_that_was_asked_for_is_one_phrase(string request, string words)
    {
        var phrases = Describe(request);

        Assert.Equal(2, phrases.Count);
        Assert.Equal(words, phrases[1]);
    }

    [Fact]
    public void A_hundred_thousand_values_are_a_short_phrase()
    {
        var list = System.Text.Json.JsonSerializer.Serialize(Enumerable.Range(1, 100_000));

        Assert.Equal(
            "Id is one of 100,000 values: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 99,990 more",
            Describe($$"""{ "filters": [ { "column": "id", "op": "in", "value": {{list}} } ] }""")[1]);
    }

    private static IReadOnlyList<string> Describe(string request) => CriteriaWords.Describe(Definition, Bench.Settle(Shop.Dataset, request));
}
