using System.Text.Json;

namespace ExportHub.Tests.Exports;

/// <summary>What is counted while exports run through the real engine.</summary>
public sealed class ExportMeterTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_finished_export_is_one_attempt_with_its_rows_and_the_bytes_of_its_file()
    {
        using var metered = new Metered(app.Services);

        var document = await app.ExportAsync(new { dataset = "orders", format = "csv" });

        var file = await app.DownloadAsync(document);
        Assert.Equal(1, metered.Sum("exporthub.export.attempts", "exporthub.lane=interactive"));
        await Until.TrueAsync(() => Observed(metered, "exporthub.export.rows") == 1000, "1000 rows");
        Assert.Equal(file.Length, Observed(metered, "exporthub.export.bytes"));
        Assert.Equal(0, metered.Sum("exporthub.export.failures"));
    }

    [Fact]
    public void README_has_every_metric_with_its_unit_and_no_other()
    {
        using var metered = new Metered(app.Services);

        Assert.Equal(
            metered.Units.Select(unit => (unit.Key, unit.Value)).Order(),
            Readme.Rows("Operations").Where(row => row[0].StartsWith("`exporthub.", StringComparison.Ordinal)).Select(row => (Readme.Code(row[0])!, Readme.Code(row[1]))).Order());
    }

    [Fact]
    public async Task A_failure_is_counted_by_its_code_and_whether_it_was_the_end()
    {
        using var metered = new Metered(app.Services);
        await app.WriteDatasetAsync("fails", """{ "query": "SELECT 1 / (2 - n) AS id FROM generate_series(1, 3) AS n", "key": ["id"] }""");

        var document = await app.ExportAsync(new { dataset = "fails", format = "csv" });

        Assert.Equal("failed", document.GetProperty("status").GetString());
        await Until.TrueAsync(() => metered.Sum("exporthub.export.failures", "error.type=query_failed exporthub.final=True") == 1, "the failure");
    }

    [Fact]
    public async Task A_file_that_is_finished_after_another_attempt_took_over_is_a_lost_publish()
    {
        // So seldom that the attempt learns of it by publishing.
        app.With("Exports:RenewEvery", "00:00:20").With("Exports:Lease", "00:01:00");
        await app.WriteDatasetAsync("slow", """
            { "query": "SELECT n AS id FROM generate_series(1, 3) AS n, pg_sleep(2) AS pause", "key": ["id"] }
            """);
        using var metered = new Metered(app.Services);
        var id = await app.PostAsync(new { dataset = "slow", format = "csv" });
        await Until.TrueAsync(async () => (await app.StatusAsync(id)).GetProperty("status").GetString() == "running", "running");

        await app.Database.ExecuteAsync($"UPDATE exporthub.export SET attempt = attempt + 1 WHERE id = '{id}'");

        await Until.TrueAsync(() => metered.Sum("exporthub.export.publishes_lost") == 1, "the lost publish");
        Assert.Equal(JsonValueKind.Null, (await app.StatusAsync(id)).GetProperty("download").ValueKind);
    }

    [Fact]
    public async Task Rows_are_counted_while_an_export_still_runs()
    {
        using var metered = new Metered(app.Services);
        await app.WriteDatasetAsync("endless", """
            { "query": "SELECT n AS id FROM (SELECT generate_series(1, 2000000000) AS n) AS endless", "key": ["id"] }
            """);
        var id = await app.PostAsync(new { dataset = "endless", format = "csv" });

        await Until.TrueAsync(() => Observed(metered, "exporthub.export.rows") > 0, "rows of a running export");

        Assert.Equal("running", (await app.StatusAsync(id)).GetProperty("status").GetString());
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await app.EndAsync(id);
        var after = Observed(metered, "exporthub.export.rows");
        await Until.TrueAsync(
            () =>
            {
                var before = after;
                after = Observed(metered, "exporthub.export.rows");
                Assert.InRange(after, before, double.MaxValue);
                return after == before;
            },
            "a total that stays");
    }

    private static double Observed(Metered metered, string instrument) =>
        metered.Collect().Where(m => m.Instrument == instrument).Sum(m => m.Value);
}
