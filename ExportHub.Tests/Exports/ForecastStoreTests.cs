using ExportHub.Database;
using ExportHub.Exports;

namespace ExportHub.Tests.Exports;

/// <summary>What is told of a queue whose measures are known: 1,000 rows a second.</summary>
public sealed class ForecastStoreTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly ExportStore exports = new(new AppDatabase(database.Pool), Audited.By(database.Pool));
    private readonly ForecastStore forecasts = new(new AppDatabase(database.Pool));

    public async Task InitializeAsync()
    {
        await database.ExecuteAsync("DELETE FROM exporthub.export");
        var done = await InsertAsync(rows: 5_000);
        await SetAsync(done, """
            status = 'completed', started_at = now() - interval '5 seconds', finished_at = now(), rows = 5000, total_rows = 5000, selected_rows = 5000, bytes = 100000,
            file_key = 'k', file_name = 'n', content_type = 'c', sha256 = 's', expires_at = now(), data_as_of = now()
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_export_that_is_next_takes_as_long_as_its_rows() =>
        Assert.Equal(60, (await SecondsAsync(await InsertAsync(rows: 60_000)))!.Value, 1.0);

    [Fact]
    public async Task What_runs_and_what_is_ahead_comes_before()
    {
        var running = await InsertAsync(rows: 30_000);
        await SetAsync(running, "status = 'running', attempt = 1, lease_until = now() + interval '1 day', started_at = now(), rows = 10000, total_rows = 30000");
        await InsertAsync(rows: 40_000);

        // 20 seconds of what runs, 40 of the one ahead and the least an export took, then its own 10.
        Assert.Equal(75, (await SecondsAsync(await InsertAsync(rows: 10_000)))!.Value, 1.0);
    }

    [Fact]
    public async Task Another_lane_is_another_queue()
    {
        await InsertAsync(rows: 9_000_000, Lane.Bulk);

        Assert.Equal(10, (await SecondsAsync(await InsertAsync(rows: 10_000)))!.Value, 1.0);
    }

    [Fact]
    public async Task Nothing_is_told_where_a_size_is_unknown() =>
        Assert.Null(await SecondsAsync(await InsertAsync(rows: null, Lane.Bulk)));

    [Fact]
    public async Task Bytes_to_come_are_those_of_all_and_a_person_has_files_and_what_is_under_way()
    {
        await InsertAsync(rows: 1, bytes: 500, by: "anna");
        var files = await InsertAsync(rows: 1, bytes: 70, by: "bert");

        Assert.Equal((570, 500), await forecasts.BytesAsync("anna", default));
        Assert.Equal((570, 70), await forecasts.BytesAsync("bert", default));
        await SetAsync(files, "status = 'canceled', finished_at = now()");
        Assert.Equal((500, 0), await forecasts.BytesAsync("bert", default));
    }

    [Fact]
    public async Task Bytes_per_row_are_those_of_the_newest_file_of_its_kind()
    {
        Assert.Equal(20, await forecasts.BytesPerRowAsync("orders", "csv", null, default));
        Assert.Null(await forecasts.BytesPerRowAsync("orders", "csv", "gzip", default));
        Assert.Null(await forecasts.BytesPerRowAsync("orders", "xlsx", null, default));
    }

    private async Task<double?> SecondsAsync(Guid id) => (await forecasts.QueueAsync(default)).Places[id].Seconds;

    private async Task<Guid> InsertAsync(long? rows, Lane lane = Lane.Interactive, long? bytes = null, string? by = null)
    {
        var export = SampleExport.New(by: by) with { EstimatedRows = rows, EstimatedBytes = bytes, Lane = lane };
        await exports.InsertAsync(export, default);
        return export.Id;
    }

    private Task SetAsync(Guid id, string change) => database.ExecuteAsync($"UPDATE exporthub.export SET {change} WHERE id = '{id}'");
}
