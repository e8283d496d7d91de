using System.Diagnostics;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>SIGSTOP past the lease, then SIGCONT: a process that does not know that another one took over.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class FrozenTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly int Rounds = FaultForm.Long ? 10 : 1;
    private static readonly TimeSpan QueryBound = TimeSpan.FromSeconds(3);

    private readonly Figures queries = new("a woken process ends its query");
    private readonly Figures cleanups = new("a woken process removes its own file");
    private FaultySite site = null!;

    public async Task InitializeAsync()
    {
        // No sweep: what goes away was removed by the woken process itself.
        site = (await FaultySite.OpenAsync()).With("Exports:SweepEvery", "1.00:00:00");
        await Task.WhenAll(site.StartAsync(), site.StartAsync());
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_process_that_wakes_after_its_lease_changes_no_row_ends_its_query_and_removes_its_part()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await FreezeAmongRowsAsync(wakeWhileTheOtherWorks: round % 2 == 0);
        }

        queries.WriteTo(output);
        cleanups.WriteTo(output);
        queries.AssertWithin(QueryBound);
        await site.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_process_that_is_frozen_between_its_last_renewal_and_publishing_publishes_nothing_and_removes_its_file()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await FreezeBeforePublishAsync();
        }

        cleanups.WriteTo(output);
        await site.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_process_that_is_frozen_while_it_writes_to_the_engines_tables_holds_up_nobody_for_long()
    {
        var breakpoint = await Breakpoint.SetAsync(site, Place.Bookkeeping);
        await FaultySite.PostAsync(site.Alive[0], FaultyRows.Quick);
        var frozen = await breakpoint.HitAsync();
        await frozen.App.FreezeAsync();
        await breakpoint.LetGoAsync();

        var id = await FaultySite.PostAsync(site.Alive.Single(instance => instance != frozen), FaultyRows.Quick);
        await site.EndAsync(id);

        await site.AssertExactAsync(id);
        await frozen.App.ThawAsync();
    }

    private async Task FreezeAmongRowsAsync(bool wakeWhileTheOtherWorks)
    {
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Gated);
        await Until.TrueAsync(async () => (await site.FactsAsync(id)).Rows > 0, "rows written");
        var zombie = await site.WorkerOfAsync(id, 1);
        await zombie.App.FreezeAsync();
        await site.WorkerOfAsync(id, 2);
        Assert.NotEqual(0, await QueriesOfFirstAsync(id));
        Assert.NotEmpty(FilesOfFirst(id));
        if (wakeWhileTheOtherWorks)
        {
            await WakeAsync(zombie, id);
            await site.OpenGateAsync();
        }
        else
        {
            await site.OpenGateAsync();
            await site.EndAsync(id);
            await WakeAsync(zombie, id);
        }

        await AssertSecondIsExactAsync(id);
        await site.CloseGateAsync();
    }

    private async Task FreezeBeforePublishAsync()
    {
        var breakpoint = await Breakpoint.SetAsync(site, Place.Publish);
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Quick);
        var zombie = await breakpoint.HitAsync();
        await zombie.App.FreezeAsync();
        await site.WorkerOfAsync(id, 2);

        // The statement of the frozen process now meets the row of the second attempt.
        await breakpoint.LetGoAsync();
        await site.EndAsync(id);
        Assert.Equal([$"{id}/1.csv"], FilesOfFirst(id));
        await WakeAsync(zombie, id);
        await AssertSecondIsExactAsync(id);
    }

    private async Task WakeAsync(Instance zombie, Guid id)
    {
        var before = await RowAsync(id);
        var since = Stopwatch.GetTimestamp();
        await zombie.App.ThawAsync();
        var ended = QueryEndAsync(id, since);
        await Until.TrueAsync(() => FilesOfFirst(id) is [], "no file of the first attempt");
        cleanups.Add(Stopwatch.GetElapsedTime(since));
        await ended;
        Assert.Equal(before, await RowAsync(id));
    }

    private async Task AssertSecondIsExactAsync(Guid id)
    {
        Assert.Equal(2, (await site.EndAsync(id)).Attempt);
        await site.AssertExactAsync(id);
    }

    private async Task QueryEndAsync(Guid id, long since)
    {
        await Until.TrueAsync(async () => await QueriesOfFirstAsync(id) == 0, "no query of the first attempt");
        queries.Add(Stopwatch.GetElapsedTime(since));
    }

    private Task<int> QueriesOfFirstAsync(Guid id) =>
        site.AskAsync<int>("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = @name", new { name = $"exporthub:{id}:1" });

    /// <summary>All of the row but what the second attempt goes on renewing.</summary>
    private Task<string> RowAsync(Guid id)
    {
        const string Sql = """
            SELECT (to_jsonb(export) - '{lease_until,renewed_at,rows,bytes,total_rows,total_is_exact,percent,data_as_of}'::text[])::text
            FROM exporthub.export
            WHERE id = @id
            """;
        return site.AskAsync<string>(Sql, new { id });
    }

    /// <summary>The file of the first attempt, or its part.</summary>
    private List<string> FilesOfFirst(Guid id) =>
        [.. site.FilesOnDisk().Where(file => Uri.UnescapeDataString(file).Contains($"{id}/1.", StringComparison.Ordinal))];
}
