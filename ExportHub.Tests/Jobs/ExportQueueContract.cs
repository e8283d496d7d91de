using System.Collections.Concurrent;
using System.Diagnostics;
using ExportHub.Database;
using ExportHub.Exports;
using ExportHub.Schedules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExportHub.Tests.Jobs;

/// <summary>What every engine promises as the alarm clock; each engine derives from this.</summary>
public abstract class ExportQueueContract(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly ConcurrentQueue<Guid> runs = [];
    private int ticks;
    private readonly Guid id = Guid.CreateVersion7();

    [Fact]
    public async Task An_enqueued_id_is_run()
    {
        await using var instance = await StartAsync();

        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);

        await RunAsync(id);
    }

    [Fact]
    public async Task A_delayed_id_is_run_when_its_time_has_come_and_not_before()
    {
        await using var instance = await StartAsync();
        var since = Stopwatch.GetTimestamp();

        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.FromSeconds(2), default);

        await RunAsync(id);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.FromSeconds(1.9), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Enqueuing_twice_is_two_calls_and_no_error()
    {
        await using var instance = await StartAsync();

        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);

        await Until.TrueAsync(() => runs.Count(run => run == id) == 2, "two runs");
    }

    [Fact]
    public async Task Several_workers_run_at_once()
    {
        using var both = new CountdownEvent(2);
        await using var instance = await StartAsync(async (_, stopping) =>
        {
            both.Signal();
            await Until.TrueAsync(() => both.IsSet || stopping.IsCancellationRequested, "the other worker");
        });

        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
        await instance.Queue.EnqueueAsync(Guid.CreateVersion7(), Lane.Interactive, TimeSpan.Zero, default);

        await Until.TrueAsync(() => both.IsSet, "two workers at once");
    }

    [Fact]
    public async Task A_lane_whose_workers_are_busy_leaves_the_other_its_own()
    {
        var busy = new TaskCompletionSource();
        var bulk = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        await using var instance = await StartAsync((run, _) => bulk.Contains(run) ? busy.Task : Task.CompletedTask, workers: 1);
        foreach (var export in bulk)
        {
            await instance.Queue.EnqueueAsync(export, Lane.Bulk, TimeSpan.Zero, default);
        }

        await Until.TrueAsync(() => runs.Count(bulk.Contains) == 2, "both bulk workers busy");
        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);

        await RunAsync(id);
        Assert.Equal(2, runs.Count(bulk.Contains));
        busy.SetResult();
        await Until.TrueAsync(() => bulk.All(runs.Contains), "all bulk exports");
    }

    [Fact]
    public async Task A_delayed_bulk_id_stays_in_its_lane()
    {
        var busy = new TaskCompletionSource();
        var later = Guid.CreateVersion7();
        await using var instance = await StartAsync((run, _) => run == id ? busy.Task : Task.CompletedTask, workers: 1);
        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
        await RunAsync(id);

        await instance.Queue.EnqueueAsync(later, Lane.Bulk, TimeSpan.FromSeconds(1), default);

        await RunAsync(later);
        busy.SetResult();
    }

    [Fact]
    public async Task An_instance_with_a_free_worker_runs_what_a_busy_one_stored()
    {
        var busy = new TaskCompletionSource();
        var waiting = Guid.CreateVersion7();
        await using var first = await StartAsync((_, _) => busy.Task, workers: 1);
        await first.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
        await RunAsync(id);
        await first.Queue.EnqueueAsync(waiting, Lane.Interactive, TimeSpan.Zero, default);

        await using var second = await StartAsync();

        await RunAsync(waiting);
        busy.SetResult();
    }

    [Fact]
    public async Task What_goes_first_is_run_before_what_waits()
    {
        var busy = new TaskCompletionSource();
        var waiting = Guid.CreateVersion7();
        await using var instance = await StartAsync((run, _) => run == id ? busy.Task : Task.CompletedTask, workers: 1);
        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
        await RunAsync(id);
        await instance.Queue.EnqueueAsync(waiting, Lane.Interactive, TimeSpan.Zero, default);
        var first = Guid.CreateVersion7();
        await instance.Queue.EnqueueFirstAsync(first, Lane.Interactive, default);

        busy.SetResult();

        await RunAsync(waiting);
        Assert.Equal([first, waiting], runs.Where(run => run == first || run == waiting));
    }

    [Fact]
    public async Task A_job_is_delivered_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await before.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.FromSeconds(3), default);
        }

        Assert.DoesNotContain(id, runs);
        await using var after = await StartAsync();

        await RunAsync(id);
    }

    [Fact]
    public async Task A_failed_job_is_visible_as_failed_and_is_not_repeated()
    {
        await using var instance = await StartAsync((_, _) => throw new InvalidOperationException("The disk said no."));

        await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);

        await Until.TrueAsync(async () => (await FailuresAsync(instance.Services)).Any(text => text.Contains("The disk said no.", StringComparison.Ordinal)), "a failed job");
        Assert.Single(runs, run => run == id);
    }

    [Fact]
    public async Task A_stopping_instance_tells_its_running_job()
    {
        var told = false;
        await using (var instance = await StartAsync(async (_, stopping) =>
        {
            await Until.TrueAsync(() => stopping.IsCancellationRequested, "the stop");
            told = true;
        }))
        {
            await instance.Queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default);
            await RunAsync(id);
        }

        Assert.True(told);
    }

    [Fact]
    public async Task Schedules_are_looked_after_every_minute_and_told_by_two_instances_it_is_the_same()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        var next = Assert.Single(await TicksAsync(first.Services));

        Assert.InRange(next - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-30), TimeSpan.FromMinutes(1));
        var before = ticks;
        await TickAsync(first.Services);
        await Until.TrueAsync(() => ticks > before, "a look after schedules");
    }

    private protected abstract void AddEngine(IHostApplicationBuilder builder);

    /// <summary>What the engine shows of its failed jobs.</summary>
    private protected abstract Task<IReadOnlyList<string>> FailuresAsync(IServiceProvider services);

    /// <summary>When schedules are looked after next, once for each time that the engine has it in its plan.</summary>
    private protected abstract Task<IReadOnlyList<DateTimeOffset>> TicksAsync(IServiceProvider services);

    /// <summary>Has what is planned done now.</summary>
    private protected abstract Task TickAsync(IServiceProvider services);

    private Task RunAsync(Guid expected) => Until.TrueAsync(() => runs.Contains(expected), $"a run of {expected}");

    private async Task<Instance> StartAsync(Func<Guid, CancellationToken, Task>? work = null, int workers = 4)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(TestLogs.Factory);
        builder.Configuration.AddInMemoryCollection([new("Exports:Workers", $"{workers}")]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new EngineDatabase(database.ConnectionString));
        builder.Services.AddSingleton<ExportRun>(async (exportId, stopping) =>
        {
            runs.Enqueue(exportId);
            await (work?.Invoke(exportId, stopping) ?? Task.CompletedTask);
            return RunOutcome.Completed;
        });
        builder.Services.AddSingleton<ScheduleTick>(_ =>
        {
            Interlocked.Increment(ref ticks);
            return Task.CompletedTask;
        });
        AddEngine(builder);
        var host = builder.Build();
        await host.StartAsync();
        return new Instance(host);
    }

    private sealed class Instance(IHost host) : IAsyncDisposable
    {
        public IServiceProvider Services => host.Services;

        public IExportQueue Queue => host.Services.GetRequiredService<IExportQueue>();

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }
}
