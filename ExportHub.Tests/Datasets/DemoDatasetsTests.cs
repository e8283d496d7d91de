using ExportHub.Datasets;
using ExportHub.Formats;

namespace ExportHub.Tests.Datasets;

/// <summary>A newcomer's first datasets work.</summary>
public sealed class DemoDatasetsTests(DemoDatabase database) : IClassFixture<DemoDatabase>
{
    [Fact]
    public async Task The_datasets_of_the_repository_are_sound_and_orders_can_be_read_to_the_end()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool), ("Datasets:Folder", Path.Combine(Repository.Root, "datasets")));
        var datasets = await bench.Catalog.ListAsync(CancellationToken.None);
        Assert.NotEmpty(datasets);
        Assert.All(datasets, d => Assert.Null(d.Broken));

        var orders = datasets.Single(d => d.Name == "orders");
        await using var reader = await new Bench(database.Pool).OpenAsync(orders, Bench.Settle(orders, "{}"));
        using var row = new RawRow(reader.Columns.Count);
        var rows = 0;
        while (await reader.ReadAsync(row, CancellationToken.None))
        {
            rows++;
        }

        Assert.Equal(250_000, rows);
        Assert.Equal(new SelectedRows(250_000, NotCounted: null), await reader.CountAsync(CancellationToken.None));
    }
}
