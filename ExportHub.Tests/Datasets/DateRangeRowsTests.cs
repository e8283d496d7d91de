namespace ExportHub.Tests.Datasets;

public sealed class DateRangeRowsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => database.ExecuteAsync("""
        CREATE TABLE IF NOT EXISTS ranged (id int PRIMARY KEY, d date, ts timestamp, tz timestamptz);
        INSERT INTO ranged
        SELECT n, tz::date, tz::timestamp, tz::timestamp AT TIME ZONE 'Europe/Berlin'
        FROM unnest(ARRAY['2026-03-28 23:59:59.999999', '2026-03-29 00:00', '2026-03-29 23:59:59.999999', '2026-03-30 00:00', NULL]) WITH ORDINALITY AS r (tz, n)
        ON CONFLICT DO NOTHING
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("d")]
    [InlineData("ts")]
    [InlineData("tz")]
    public async Task From_is_part_of_the_range_and_to_is_not(string column)
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.From("ranged"));

        Assert.Equal("2 3", await Ids("\"from\": \"2026-03-29\", \"to\": \"2026-03-30\""));
        Assert.Equal("2 3 4", await Ids("\"from\": \"2026-03-29\""));
        Assert.Equal("1 2 3", await Ids("\"to\": \"2026-03-30\""));
        Assert.Equal("1 2 3 4", await Ids("\"from\": \"0001-01-01\", \"to\": \"9999-12-31\""));
        Assert.Equal("", await Ids("\"relative\": \"today\""));

        Task<string> Ids(string range) => bench.FirstColumnAsync(dataset, $$"""
            { "dateRange": { "column": "{{column}}", {{range}} }, "sort": [ { "column": "id" } ], "timeZone": "Europe/Berlin" }
            """);
    }
}
