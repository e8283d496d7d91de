using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Tests.Datasets;
using ExportHub.Tests.Processes;
using Npgsql;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>A query that works before its first row sends nothing by which the server would notice that nobody waits for it any more.</summary>
public sealed class EarlyStopTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    /// <summary>Works for a minute and more before its first row; its count does too.</summary>
    private const string LongSort = "SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, 30000000) AS n ORDER BY md5(n::text || 'x')";

    /// <summary>A request to cancel that comes before the server has begun is lost: about one in ten of these was.</summary>
    [Fact]
    public async Task A_query_that_is_stopped_before_its_first_row_leaves_no_backend_however_early()
    {
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString + ";Cancellation Timeout=500");
        var bench = new Bench(pool);
        var dataset = await bench.DescribeAsync(Bench.Query(LongSort));
        var criteria = Bench.Settle(dataset, "{}");
        var took = new List<TimeSpan>();
        for (var round = 0; round < (FaultForm.Long ? 200 : 30); round++)
        {
            var since = 0L;
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(1 + round % 30));
            stop.Token.Register(() => since = Stopwatch.GetTimestamp());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => bench.Source.OpenAsync(dataset, criteria, "exporthub:early", isoIntervals: false, stop.Token));

            await Until.TrueAsync(async () => await BackendsAsync() == 0, "no backend of a query that was stopped");
            took.Add(Stopwatch.GetElapsedTime(since));
        }

        output.WriteLine($"Backends left for at most {took.Max().TotalMilliseconds:0} ms after the stop, of {took.Count} stops");
    }

    /// <summary>A process that is killed asks nobody to cancel; the server has to look by itself whether anybody still waits.</summary>
    [LinuxFact]
    public async Task A_killed_process_leaves_no_query_behind_although_it_sent_no_row_yet()
    {
        var folder = Directory.CreateTempSubdirectory("exporthub-killed-");
        var datasets = folder.CreateSubdirectory("datasets");
        await File.WriteAllTextAsync(Path.Combine(datasets.FullName, "sorted.json"), $$"""{ "query": "{{LongSort}}", "key": ["id"] }""");
        await using var app = await AppProcess.StartAsync(
            ("ConnectionStrings:ExportHub", database.ConnectionString), ("Datasets:Folder", datasets.FullName), ("Files:Folder", folder.FullName),
            ("Files:RefuseWithoutRoom", "false"));
        var id = (await (await app.Client.PostAsJsonAsync("/api/exports", new { dataset = "sorted", format = "csv" }))
            .Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Until.TrueAsync(async () => await database.BackendsAsync(id) == 2, "sort and count at work");

        await app.KillAsync();

        var since = Stopwatch.GetTimestamp();
        await Until.TrueAsync(async () => await database.BackendsAsync(id) == 0, "no backend of a killed process");
        output.Holds("No backend after kill -9 in the middle of a sort", since, TimeSpan.FromSeconds(3));
        folder.Delete(recursive: true);
    }

    private async Task<int> BackendsAsync() => int.Parse(
        await database.Pool.ScalarAsync("SELECT count(*)::text FROM pg_stat_activity WHERE application_name = 'exporthub:early'"),
        CultureInfo.InvariantCulture);
}
