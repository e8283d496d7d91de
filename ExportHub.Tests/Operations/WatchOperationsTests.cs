using System.Diagnostics;
using ExportHub.Exports;
using ExportHub.Operations;
using ExportHub.Tests.Browser;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Operations;

public sealed class WatchOperationsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Many = 10_000;

    /// <summary>The bound. Alone, a machine with two cores needs a tenth of it; a busy one gets three times as long.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(300);
    private const int Slack = 3;

    private readonly TestApp app = new TestApp().With("Exports:RunningPerUser", "1");

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_report_has_what_runs_waits_is_stuck_and_failed_and_what_room_is_left()
    {
        var running = await StagedExport.QueuedAsync(app);
        await running.RunningAsync(rows: 184_000, total: 412_345, attempt: 2);
        var silent = await StagedExport.QueuedAsync(app);
        await silent.RunningAsync(rows: 1, total: 2);
        await silent.SetAsync("renewed_at = now() - interval '2 minutes', lane = 'bulk', requested_by = 'anna'");
        var waiting = await StagedExport.QueuedAsync(app);
        await waiting.SetAsync("due_at = now() - interval '20 seconds', held = true, requested_by = 'anna'");
        var forgotten = await StagedExport.QueuedAsync(app);
        await forgotten.SetAsync("due_at = now() - interval '1 hour'");
        foreach (var message in new[] { "Older.", "Newer." })
        {
            await (await StagedExport.QueuedAsync(app)).FailedAsync(message);
        }

        var old = await StagedExport.QueuedAsync(app);
        await old.FailedAsync("Long ago.");
        await old.SetAsync("finished_at = now() - interval '25 hours'");
        await (await StagedExport.QueuedAsync(app)).CompletedAsync();
        var kept = await StagedExport.QueuedAsync(app);
        await kept.CompletedAsync();
        await kept.SetAsync("requested_by = 'anna', bytes = 7, kept_at = now(), kept_by = 'anna'");
        var expiring = await StagedExport.QueuedAsync(app);
        await expiring.CompletedAsync();
        await expiring.SetAsync("requested_by = 'anna', bytes = 5, expires_at = now() + interval '23 hours'");

        var report = await LookAsync();

        Assert.Equal((Level.Trouble, "2 exports are stuck."), (report.State.Level, report.State.Sentence));
        Assert.Equal(new HashSet<Guid> { running.Id, silent.Id }, report.Running.Select(export => export.Id).ToHashSet());
        var seen = report.Running.Single(export => export.Id == running.Id);
        Assert.Equal((2, 184_000, 412_345, "Orders", "admin"), (seen.Attempt, seen.Rows, seen.TotalRows, seen.Title, seen.RequestedBy));
        Assert.InRange(seen.AgeSeconds, 20, 80);
        Assert.Equal([forgotten.Id, waiting.Id], report.Waiting.Select(export => export.Id));
        Assert.Equal(("ownExports", "anna"), (report.Waiting[1].WaitsFor, report.Waiting[1].RequestedBy));
        Assert.Equal(new HashSet<Guid> { silent.Id, forgotten.Id }, report.Stuck.Select(export => export.Id).ToHashSet());
        var failures = Assert.Single(report.Failures);
        Assert.Equal(("query_failed", 2, "Newer."), (failures.Code, failures.Count, failures.Message));
        Assert.Equal((3, 20_912_357), (report.Room.Files, report.Room.FileBytes));
        Assert.Equal(new UsageFigures(KeptFiles: 1, KeptBytes: 7, ExpiringFiles: 1, ExpiringBytes: 5), report.Usage);
        Assert.Equal([new PersonRoom("admin", 1, 20_912_345), new PersonRoom("anna", 2, 12)], report.People);
        Assert.InRange(report.Room.FreeBytes!.Value, 1, long.MaxValue);
        Assert.InRange(report.Room.Connections, 1, report.Room.MaxConnections);
        Assert.Equal(
            [(Lane.Interactive, 2, 1), (Lane.Bulk, 0, 1)],
            report.Lanes.Select(lane => (lane.Lane, lane.Queued, lane.Running)));
    }

    [Fact]
    public async Task Exports_that_are_held_do_not_hide_one_that_nobody_takes()
    {
        var running = await StagedExport.QueuedAsync(app);
        await running.RunningAsync(rows: 1, total: 2);
        await running.SetAsync("requested_by = 'anna', renewed_at = now() + interval '1 day'");
        for (var i = 0; i < 25; i++)
        {
            await (await StagedExport.QueuedAsync(app)).SetAsync("due_at = now() - interval '2 hours', held = true, requested_by = 'anna'");
        }

        var forgotten = await StagedExport.QueuedAsync(app);
        await forgotten.SetAsync("due_at = now() - interval '1 hour'");

        Assert.Equal(forgotten.Id, Assert.Single((await LookAsync()).Stuck).Id);
    }

    [Fact]
    public async Task The_engine_tells_of_this_instance()
    {
        await Until.TrueAsync(async () => (await LookAsync()).Instances.Count == 1, "this instance");

        Assert.InRange((await LookAsync()).Instances[0].SeenAt, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task With_ten_thousand_exports_the_answer_is_there_in_time()
    {
        var sample = await StagedExport.QueuedAsync(app);
        await app.Database.ExecuteAsync($"""
            INSERT INTO exporthub.export (id, dataset, definition, criteria, format, options, request_hash, attempts_left, max_attempts, requested_by,
                status, due_at, alarm_at, finished_at, error_code, error_message, bytes, file_key, file_name, content_type, sha256, expires_at, data_as_of, total_rows)
            SELECT gen_random_uuid(), dataset, definition, criteria, format, options, 'hash-' || n, 3, 3, 'person-' || n % 50,
                CASE n % 3 WHEN 0 THEN 'queued' WHEN 1 THEN 'failed' ELSE 'completed' END,
                now() - n * interval '1 second', now() + interval '1 day', CASE WHEN n % 3 > 0 THEN now() - n * interval '5 seconds' END,
                CASE WHEN n % 3 = 1 THEN 'code_' || n % 7 END, CASE WHEN n % 3 = 1 THEN 'A sentence that says what happened and what to do.' END, 1000,
                f.key, f.key, f.key, f.key, f.at, f.at, f.rows
            FROM exporthub.export, generate_series(1, {Many}) AS numbers (n),
                LATERAL (SELECT CASE WHEN n % 3 = 2 THEN 'k-' || n END AS key, CASE WHEN n % 3 = 2 THEN now() + interval '1 day' END AS at, CASE WHEN n % 3 = 2 THEN 5 END AS rows) AS f
            WHERE id = '{sample.Id}'
            """);
        await LookAsync();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 7; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await LookAsync();
            times.Add(Stopwatch.GetElapsedTime(since));
        }

        var median = times.Order().ElementAt(times.Count / 2);
        output.WriteLine($"With {Many} exports: {median.TotalMilliseconds:0.0} ms (median of {times.Count}), bound {Bound.TotalMilliseconds} ms.");
        Assert.InRange(median, TimeSpan.Zero, Slack * Bound);
    }

    private Task<OperationsReport> LookAsync() => app.Services.GetRequiredService<WatchOperations>().LookAsync(default);
}
