using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>Two processes whose clocks are ten minutes apart; the database's is between them.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class WrongClockTests(ITestOutputHelper output) : IAsyncLifetime
{
    private FaultySite site = null!;

    public async Task InitializeAsync() => site = await FaultySite.OpenAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [WrongClockFact]
    public async Task Processes_with_wrong_clocks_share_the_work_by_the_databases_time_and_run_nothing_twice()
    {
        await site.StartAsync(WrongClockFactAttribute.Shifted("+5m"));
        await site.StartAsync(WrongClockFactAttribute.Shifted("-5m"));
        await AssertClocksAreWrongAsync();

        var ids = new List<Guid>();
        for (var n = 0; n < 20; n++)
        {
            ids.Add(await FaultySite.PostAsync(site.Alive[n % 2], n < 2 ? FaultyRows.Gated : FaultyRows.Second));
        }

        foreach (var id in ids.Take(2))
        {
            await Until.TrueAsync(async () => (await site.FactsAsync(id)).Rows > 0, "rows written");
            var lease = await site.AskAsync<double>(
                "SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 FROM exporthub.export WHERE id = @id", new { id });
            Assert.InRange(lease, 0.1, FaultySite.Lease.TotalSeconds);
        }

        await site.OpenGateAsync();
        foreach (var id in ids)
        {
            Assert.Equal(1, (await site.EndAsync(id)).Attempt);
            await site.AssertExactAsync(id);
        }

        Assert.Equal(ids.Count, site.Alive.Sum(instance => ids.Count(id => instance.Started(id, 1))));
        await AssertTakenOverAsync();
    }

    /// <summary>Also a lease that a wrong clock watched ends by the database's.</summary>
    private async Task AssertTakenOverAsync()
    {
        var takeovers = new Figures("takeover with clocks ten minutes apart");
        var id = await FaultySite.PostAsync(site.Alive[0], FaultyRows.Steady);
        var victim = await site.WorkerOfAsync(id, 1);
        var killedAt = await site.NowAsync();
        await site.KillAsync(victim);
        Assert.Equal(2, (await site.EndAsync(id)).Attempt);
        takeovers.Add((await site.FactsAsync(id)).StartedAt!.Value - killedAt);
        takeovers.WriteTo(output);
        takeovers.AssertWithin(FaultySite.TakeoverBound);
        await site.AssertExactAsync(id);
    }

    /// <summary>Without this the test would prove nothing where the library does not work.</summary>
    private async Task AssertClocksAreWrongAsync()
    {
        foreach (var (instance, minutes) in site.Alive.Zip([5, -5]))
        {
            using var answer = await instance.App.Client.GetAsync(new Uri("/health/live", UriKind.Relative));
            var skew = answer.Headers.Date!.Value - TimeProvider.System.GetUtcNow();
            Assert.InRange(skew.TotalMinutes, minutes - 0.5, minutes + 0.5);
        }
    }
}
