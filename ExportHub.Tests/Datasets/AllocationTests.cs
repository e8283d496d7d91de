using ExportHub.Formats;

namespace ExportHub.Tests.Datasets;

[Collection(MeasuredAlone.Name)]
public sealed class AllocationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Rows = 200_000;

    [Fact]
    public async Task A_row_costs_next_to_nothing()
    {
        var bench = new Bench(database.Pool);
        var dataset = await bench.DescribeAsync(Bench.Query($"""
            SELECT g AS id, g * 1.1 AS amount, now() AS at, 'a text of ordinary length ' || g AS note, g % 2 = 0 AS even, NULL::text AS nothing
            FROM generate_series(1, {2 * Rows}) AS g
            """));
        await using var reader = await bench.OpenAsync(dataset, Bench.Settle(dataset, "{}"));
        using var row = new RawRow(reader.Columns.Count);
        await ReadAsync(Rows);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await ReadAsync(Rows - 1);
        var perRow = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Rows;

        Assert.InRange(perRow, 0, MeasuredAlone.BytesPerRow);

        async Task ReadAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await reader.ReadAsync(row, CancellationToken.None));
            }
        }
    }
}
