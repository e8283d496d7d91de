namespace ExportHub.Tests.Faults;

/// <summary>An export that takes its process with it whenever it runs.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class CrashLoopTests : IAsyncLifetime
{
    private const int Attempts = 3;

    private readonly List<Guid> others = [];
    private FaultySite site = null!;

    public async Task InitializeAsync()
    {
        site = await FaultySite.OpenAsync();
        await Task.WhenAll(site.StartAsync(), site.StartAsync());
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task An_export_that_always_kills_its_process_is_given_up_after_three_while_the_others_go_on()
    {
        var deadly = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Gated);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await site.KillAsync(await site.WorkerOfAsync(deadly, attempt));
            await AskForOthersAsync();
            await site.StartAsync();
        }

        await Task.WhenAll(others.Select(site.EndAsync));
        var facts = await site.EndAsync(deadly);

        Assert.Equal(("failed", "crash_loop", Attempts), (facts.Status, facts.ErrorCode, facts.Attempt));
        Assert.Null(facts.FileKey);
        Assert.True((await site.FactsAsync(others[0])).FinishedAt < facts.StartedAt, "The others had to wait for the deadly one.");
        foreach (var other in others)
        {
            await site.AssertExactAsync(other);
        }

        await site.AssertNothingLeftAsync();
    }

    private async Task AskForOthersAsync()
    {
        for (var n = 0; n < 5; n++)
        {
            others.Add(await FaultySite.PostAsync(site.Alive[0], FaultyRows.Quick));
        }
    }
}
