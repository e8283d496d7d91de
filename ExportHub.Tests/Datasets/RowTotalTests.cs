using ExportHub.Datasets;

namespace ExportHub.Tests.Datasets;

public sealed class RowTotalTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS counted (id int PRIMARY KEY);
        INSERT INTO counted SELECT g FROM generate_series(1, 5000) AS g ON CONFLICT DO NOTHING;
        ANALYZE counted
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("{}", 5000)]
    [InlineData("""{ "filters": [ { "column": "id", "op": "gt", "value": 4990 } ] }""", 10)]
    [InlineData("""{ "filters": [ { "column": "id", "op": "lt", "value": 0 } ] }""", 0)]
    [InlineData("""{ "limit": 7 }""", 7)]
    [InlineData("""{ "limit": 900000 }""", 5000)]
    public async Task Few_rows_are_counted(string request, long rows) =>
        Assert.Equal(new RowCount(rows, Exact: true), await TotalAsync(new(), "counted", request));

    [Fact]
    public async Task Many_rows_are_estimated() =>
        Assert.Equal(new RowCount(5000, Exact: false), await TotalAsync(new() { ExactCountBelow = 5000 }, "counted", "{}"));

    [Fact]
    public async Task A_limit_bounds_the_estimate_too() =>
        Assert.Equal(new RowCount(3000, Exact: false), await TotalAsync(new() { ExactCountBelow = 10 }, "counted", """{ "limit": 3000 }"""));

    [Fact]
    public async Task A_slow_count_leaves_the_estimate_and_the_rows_still_come()
    {
        var options = new DatasetsOptions { ExactCountTimeout = TimeSpan.FromMilliseconds(1) };
        var bench = new Bench(database.Pool, options);
        // Counting walks through a million rows, reading stops after the first.
        var dataset = await bench.DescribeAsync(Bench.Query(
            "SELECT g AS id FROM generate_series(1, 1000000) AS g WHERE g = 1 OR length(g::text || 'slow') > 1000"));
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"));
        using var row = new ExportHub.Formats.RawRow(1);

        Assert.False(reader.Total.Exact);
        Assert.True(await reader.ReadAsync(row, CancellationToken.None));
    }

    private async Task<RowCount> TotalAsync(DatasetsOptions options, string table, string request)
    {
        var bench = new Bench(database.Pool, options);
        var dataset = await bench.DescribeAsync(Bench.From(table));
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, request));
        return reader.Total;
    }
}
