namespace ExportHub.Tests.Faults;

/// <summary>Nothing is damaged here: two processes share the work.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class TwoProcessesTests : IAsyncLifetime
{
    private FaultySite site = null!;

    public async Task InitializeAsync() => site = (await FaultySite.OpenAsync()).With("Exports:Workers", "2");

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Two_processes_share_twelve_exports_and_each_runs_once()
    {
        await Task.WhenAll(site.StartAsync(), site.StartAsync());
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => FaultySite.PostAsync(site.Alive[n % 2], FaultyRows.Second)));

        foreach (var id in ids)
        {
            Assert.Equal(1, (await site.EndAsync(id)).Attempt);
            await site.AssertExactAsync(id);
        }

        var shares = site.Alive.Select(instance => ids.Count(id => instance.Started(id, 1))).ToList();
        Assert.Equal(ids.Length, shares.Sum());
        Assert.All(shares, share => Assert.InRange(share, 1, ids.Length - 1));
        await site.AssertNothingLeftAsync();
    }
}
