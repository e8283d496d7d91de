using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>SIGTERM: the process gives back what it works on, and others go on at once.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class StoppedTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan ExitBound = TimeSpan.FromSeconds(10);

    private readonly Figures exits = new("exit after SIGTERM");
    private FaultySite site = null!;

    public async Task InitializeAsync() => site = (await FaultySite.OpenAsync()).With("Exports:Workers", "8");

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_stopped_process_gives_back_what_it_runs_and_another_goes_on_within_ten_seconds()
    {
        var first = await site.StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FaultySite.PostAsync(first, FaultyRows.Gated)));
        await Task.WhenAll(ids.Select(id => site.WorkerOfAsync(id, 1)));
        await site.StartAsync();

        var askedAt = await site.NowAsync();
        exits.Add(await site.TerminateAsync(first));

        var restarts = new Figures("second attempt after SIGTERM");
        foreach (var id in ids)
        {
            await site.WorkerOfAsync(id, 2);
            restarts.Add((await site.FactsAsync(id)).StartedAt!.Value - askedAt);
        }

        await site.OpenGateAsync();
        exits.WriteTo(output);
        restarts.WriteTo(output);
        exits.AssertWithin(ExitBound);
        restarts.AssertWithin(ExitBound);
        await AssertAllExactAsync(ids);
        Assert.Equal(0, await site.AskAsync<int>("SELECT count(*)::int FROM exporthub.export WHERE attempts_left <> 3"));
    }

    [LongFact]
    public async Task A_rolling_restart_under_load_loses_nothing()
    {
        await Task.WhenAll(site.StartAsync(), site.StartAsync());
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var asked = AskAsync(over.Token);
        using var next = new PeriodicTimer(TimeSpan.FromSeconds(20));
        while (!over.IsCancellationRequested)
        {
            await next.WaitForNextTickAsync();
            await site.StartAsync();
            exits.Add(await site.TerminateAsync(site.Alive[0]));
        }

        var ids = await asked;
        output.WriteLine($"{ids.Count} exports were asked for");
        exits.WriteTo(output);
        exits.AssertWithin(ExitBound);
        await AssertAllExactAsync(ids);
    }

    /// <summary>Three exports a second, each asked of the youngest process, because the oldest may be stopping.</summary>
    private async Task<IReadOnlyList<Guid>> AskAsync(CancellationToken over)
    {
        var ids = new List<Guid>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(333));
        while (!over.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            ids.Add(await FaultySite.PostAsync(site.Alive[^1], FaultyRows.Steady));
        }

        return ids;
    }

    private async Task AssertAllExactAsync(IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            await site.EndAsync(id);
            await site.AssertExactAsync(id);
        }

        await site.AssertNothingLeftAsync();
    }
}
