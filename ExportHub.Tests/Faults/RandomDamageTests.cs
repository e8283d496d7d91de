using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>
/// Half an hour of damage by chance over two thousand exports. `EXPORTHUB_FAULT_MINUTES` and `EXPORTHUB_FAULT_SEED` make it shorter or other;
/// exports are in proportion.
/// </summary>
[Collection(DamagedInTurn.Name)]
public sealed class RandomDamageTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly double Minutes = Number("EXPORTHUB_FAULT_MINUTES", 30);
    private static readonly int Seed = (int)Number("EXPORTHUB_FAULT_SEED", 17);
    private static readonly int Exports = (int)(Minutes * 2000 / 30);

    private readonly Random random = new(Seed);
    private readonly ConcurrentDictionary<string, Guid> accepted = new(StringComparer.Ordinal);
    private readonly List<(double Minute, double Megabytes)> memory = [];
    private FaultySite site = null!;

    public async Task InitializeAsync()
    {
        // Chance may hit one export more often than a person would have patience for.
        site = (await FaultySite.OpenAsync()).With("Exports:MaxAttempts", "20").With("Exports:MaxCrashes", "20");
        await site.StartAsync();
        await Task.WhenAll(site.StartAsync(), site.StartAsync());
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [LongFact]
    public async Task Half_an_hour_of_damage_by_chance_loses_nothing()
    {
        var damage = new RandomDamage(site, Seed);
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(Minutes));
        var damaging = damage.GoOnAsync(over.Token);
        var watching = WatchMemoryAsync(over.Token);
        await AskAsync(damage);
        await damaging;
        await watching;
        output.WriteLine($"{damage}");

        await Task.WhenAll(accepted.Values.Select(site.EndAsync));
        await AssertEndsAsync();
        await site.AssertNothingLeftAsync();
        AssertMemoryIsFlat();
    }

    private static double Number(string variable, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private async Task AskAsync(RandomDamage damage)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(Minutes) / Exports);
        var asking = new List<Task>();
        for (var n = 0; n < Exports; n++)
        {
            await timer.WaitForNextTickAsync();
            var dataset = random.NextDouble() switch { < 0.6 => FaultyRows.Quick, < 0.9 => FaultyRows.Second, _ => FaultyRows.Steady };
            asking.Add(AskUntilAcceptedAsync($"{n}", dataset, damage));
        }

        await Task.WhenAll(asking);
    }

    /// <summary>As a careful client does: no answer, or an outage, and it asks again under the same key.</summary>
    private Task AskUntilAcceptedAsync(string key, string dataset, RandomDamage damage) => Until.TrueAsync(
        async () =>
        {
            try
            {
                var alive = site.Alive.Where(instance => instance != damage.Frozen).ToList();
                accepted[key] = await FaultySite.PostAsync(alive[Random.Shared.Next(alive.Count)], dataset, key);
                return true;
            }
            catch (Exception unanswered) when (unanswered is HttpRequestException or ObjectDisposedException or InvalidOperationException or TaskCanceledException)
            {
                return false;
            }
        },
        "an answer to the request");

    private async Task WatchMemoryAsync(CancellationToken over)
    {
        var watched = site.Alive[0].App;
        var since = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (!over.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            memory.Add((TimeProvider.System.GetElapsedTime(since).TotalMinutes, watched.Memory / 1e6));
        }
    }

    private async Task AssertEndsAsync()
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in accepted.Values)
        {
            var facts = await site.FactsAsync(id);
            var end = facts.Status + facts.ErrorCode;
            ends[end] = ends.GetValueOrDefault(end) + 1;
            if (facts.Status != "canceled")
            {
                await site.AssertExactAsync(id);
            }
        }

        output.WriteLine(string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}")));
        output.WriteLine($"attempts: {await site.AskAsync<long>("SELECT sum(attempt) FROM exporthub.export")}");
        Assert.Equal(Exports, await site.AskAsync<int>("SELECT count(*)::int FROM exporthub.export"));
    }

    /// <summary>A line through the last two thirds; what comes before is the warming up.</summary>
    private void AssertMemoryIsFlat()
    {
        var late = memory.Where(sample => sample.Minute > Minutes / 3).ToList();
        var (minute, megabytes) = (late.Average(sample => sample.Minute), late.Average(sample => sample.Megabytes));
        var slope = late.Sum(sample => (sample.Minute - minute) * (sample.Megabytes - megabytes)) / late.Sum(sample => Math.Pow(sample.Minute - minute, 2));
        output.WriteLine($"memory of the process that lived through it: {megabytes:0} MB, {slope:+0.00;-0.00} MB a minute");
        Assert.InRange(slope * Minutes * 2 / 3, double.NegativeInfinity, megabytes / 5);
    }
}
