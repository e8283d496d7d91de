namespace ExportHub.Tests.Faults;

/// <summary>
/// One damage after the other, by chance but the same for the same seed: killed, frozen, stopped processes, broken connections, an engine that
/// refuses, cancels. The first process is never ended, so that its memory can be watched.
/// </summary>
internal sealed class RandomDamage(FaultySite site, int seed)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<string, int> done = new(StringComparer.Ordinal);

    /// <summary>Null while nothing is frozen.</summary>
    public Instance? Frozen { get; private set; }

    public override string ToString() => $"seed {seed}: " + string.Join(", ", done.Select(act => $"{act.Key} {act.Value}"));

    public async Task GoOnAsync(CancellationToken over)
    {
        (string Name, Func<Task> Act)[] acts =
        [
            ("kill -9", KillAsync), ("freeze", FreezeAsync), ("stop", StopAsync), ("break connections", BreakConnectionsAsync),
            ("refuse jobs", RefuseJobsAsync),
            ("cancel", CancelAsync), ("cancel", CancelAsync), ("cancel", CancelAsync),
        ];
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(2));
        while (!over.IsCancellationRequested)
        {
            var (name, act) = acts[random.Next(acts.Length)];
            await act();
            done[name] = done.GetValueOrDefault(name) + 1;
            await pause.WaitForNextTickAsync();
        }
    }

    private Instance Mortal() => site.Alive[random.Next(1, site.Alive.Count)];

    private Instance Any() => site.Alive[random.Next(site.Alive.Count)];

    private async Task KillAsync()
    {
        await site.KillAsync(Mortal());
        await site.StartAsync();
    }

    private async Task StopAsync()
    {
        var took = await site.TerminateAsync(Mortal());
        Assert.InRange(took.TotalSeconds, 0, 10);
        await site.StartAsync();
    }

    /// <summary>Sometimes shorter than the lease, sometimes longer.</summary>
    private async Task FreezeAsync()
    {
        Frozen = Any();
        await Frozen.App.FreezeAsync();
        await Task.Delay(FaultySite.Lease * random.NextDouble() * 2);
        await Frozen.App.ThawAsync();
        Frozen = null;
    }

    private Task BreakConnectionsAsync() =>
        site.AskAsync<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = @Role", new { Any().Role });

    private async Task RefuseJobsAsync()
    {
        await using var refusal = await Refusal.BeginAsync(site);
        await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 3));
    }

    /// <summary>One of those that wait or run, as a person would.</summary>
    private async Task CancelAsync()
    {
        const string Sql = "SELECT id FROM exporthub.export WHERE status IN ('queued', 'running') ORDER BY md5(id::text || @n) LIMIT 1";
        var id = await site.AskAsync<Guid?>(Sql, new { n = $"{random.Next()}" });
        if (id is not null)
        {
            using var answer = await site.Alive[0].App.Client.PostAsync($"/api/exports/{id}/cancel", null);
        }
    }
}
