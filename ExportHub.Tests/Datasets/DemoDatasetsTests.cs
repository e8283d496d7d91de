using ExportHub.Access;
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

        var orders = Of(datasets, "orders", Administrator);
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

    [Fact]
    public async Task Sales_sees_its_region_and_no_mail_address_and_finance_sees_all()
    {
        using var bench = new CatalogBench(new OneSource(database.Pool), ("Datasets:Folder", Path.Combine(Repository.Root, "datasets")));
        var datasets = await bench.Catalog.ListAsync(CancellationToken.None);
        var (sales, finance) = (Somebody("sales", "DE", "AT"), Somebody("finance"));

        var (hers, his) = (Of(datasets, "orders", sales), Of(datasets, "orders", finance));

        Assert.Equal("AT DE", await CountriesAsync(hers));
        Assert.Equal(22, (await CountriesAsync(his)).Split(' ').Length);
        Assert.Equal((null, 100_000L), (hers.Find("email"), hers.RowLimit));
        Assert.NotNull(his.Find("email"));
        Assert.Equal((false, true), (Of(datasets, "products", sales).Permission!.MayExport, Of(datasets, "products", finance).Permission!.MayExport));
        Assert.Null(new DatasetRights(hers.Definition, Somebody("other")).Narrow(hers));
    }

    private static Person Administrator => new("admin", [Roles.Admin], Attributes.None, IsAdministrator: true);

    private static Person Somebody(string role, params string[] regions) => new("somebody", [role], Attributes.Of(regions.Select(value => ("region", value))), IsAdministrator: false);

    private static Dataset Of(IReadOnlyList<Dataset> datasets, string name, Person person)
    {
        var dataset = datasets.Single(d => d.Name == name);
        return new DatasetRights(dataset.Definition, person).Narrow(dataset)!;
    }

    private async Task<string> CountriesAsync(Dataset orders)
    {
        var rows = await new Bench(database.Pool).ReadAsync(orders, Bench.Settle(orders, """{ "columns": ["country"], "limit": 100000 }"""));
        return string.Join(' ', rows.Select(row => row[0]).Distinct().Order(StringComparer.Ordinal));
    }
}
