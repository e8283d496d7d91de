namespace ExportHub.Tests.Datasets;

public sealed class SortTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    public Task InitializeAsync() => database.ExecuteAsync("""
        DROP TABLE IF EXISTS sorted;
        CREATE TABLE sorted (id int PRIMARY KEY, grp text, amount int, must int NOT NULL, doc json, spot point, tags text[], price money);
        INSERT INTO sorted (id, grp, amount, must) VALUES (6, 'b', 1, 2), (3, 'a', NULL, 1), (5, 'a', 2, 1), (1, NULL, 5, 2), (4, 'b', 1, 1), (2, 'a', 9, 3)
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("""{ "sort": [ { "column": "id" } ] }""", "1 2 3 4 5 6")]
    [InlineData("""{ "sort": [ { "column": "id", "descending": true } ] }""", "6 5 4 3 2 1")]
    [InlineData("""{ "sort": [ { "column": "amount" } ] }""", "4 6 5 1 2 3")]
    [InlineData("""{ "sort": [ { "column": "amount", "descending": true } ] }""", "2 1 5 4 6 3")]
    [InlineData("""{ "sort": [ { "column": "grp", "descending": true }, { "column": "amount" } ] }""", "4 6 5 2 3 1")]
    [InlineData("""{ "sort": [ { "column": "must", "descending": true } ] }""", "2 1 6 3 4 5")]
    [InlineData("""{ "limit": 3 }""", "1 2 3")]
    [InlineData("""{ "limit": 2, "sort": [ { "column": "must" } ] }""", "3 4")]
    [InlineData("""{ "columns": ["id"], "sort": [ { "column": "grp" }, { "column": "amount" } ] }""", "5 2 3 4 6 1")]
    public async Task Rows_come_in_the_order_asked_for_nulls_last_and_the_key_deciding(string request, string ids)
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.From("sorted"));

        Assert.Equal(ids, await bench.FirstColumnAsync(dataset, request));
    }

    [Fact]
    public async Task Columns_come_in_the_order_asked_for()
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.From("sorted"));

        var rows = await bench.ReadAsync(dataset, Bench.Settle(dataset, """{ "columns": ["must", "grp", "id"], "limit": 2 }"""));

        Assert.Equal([["2", null, "1"], ["3", "a", "2"]], rows);
    }

    [Fact]
    public async Task Only_what_has_an_order_can_be_sorted_by()
    {
        var dataset = await new Bench(database.Pool).DescribeAsync(Bench.From("sorted"));

        Assert.Equal(["doc", "spot"], dataset.Columns.Where(c => !c.Sortable).Select(c => c.Name));
        var fault = Assert.Single(Bench.Faults(dataset, Bench.Request("""{ "sort": [ { "column": "doc" } ] }""")));
        Assert.Equal(("sort[0].column", "Values of type json have no order. Sort by another column."), fault);
    }

    [Fact]
    public async Task A_hidden_key_still_decides()
    {
        var bench = new Bench(database.Pool);
        var hidden = Bench.From("sorted") with { Columns = new Dictionary<string, ExportHub.Datasets.ColumnDefinition> { ["id"] = new() { Hidden = true } } };
        var dataset = await bench.DescribeAsync(hidden);

        Assert.Null(dataset.Find("id"));
        Assert.Equal(["id"], dataset.Key);
        Assert.Equal("9  2 1 1 5", await bench.FirstColumnAsync(dataset, """{ "columns": ["amount"], "sort": [ { "column": "grp" } ] }"""));
    }
}
