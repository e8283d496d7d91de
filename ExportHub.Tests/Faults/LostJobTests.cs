using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>The row is committed and the engine never hears of it.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class LostJobTests(ITestOutputHelper output) : IAsyncLifetime
{
    private FaultySite site = null!;

    public async Task InitializeAsync() => site = await FaultySite.OpenAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task An_export_whose_job_was_lost_is_accepted_and_starts_within_thirty_seconds()
    {
        var instance = await site.StartAsync();
        var id = Guid.Empty;
        await using (await Refusal.BeginAsync(site))
        {
            id = await FaultySite.PostAsync(instance, FaultyRows.Quick);
        }

        await site.EndAsync(id);

        var waited = await site.AskAsync<double>("SELECT extract(epoch FROM started_at - requested_at)::float8 FROM exporthub.export WHERE id = @id", new { id });
        output.WriteLine($"started {waited:0.00} s after it was asked for");
        Assert.Contains(instance.App.Log, line => line.Contains("the engine is told again", StringComparison.Ordinal));
        Assert.InRange(waited, 0, 30);
        await site.AssertExactAsync(id);
    }
}
