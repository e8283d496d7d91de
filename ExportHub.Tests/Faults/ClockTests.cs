using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Faults;

/// <summary>The clock of the machine is set while an export runs.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private readonly ShiftedClock clock = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        await app.WriteDatasetAsync("gated", $$"""
            { "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 60000) AS n) AS s WHERE n <> 50000 OR pg_advisory_xact_lock_shared({{Gate.Key}}) IS NOT NULL",
              "key": ["id"] }
            """);
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task A_clock_that_jumps_ends_no_lease_and_no_file(int hours)
    {
        app.With("Datasets:CountUpTo", "0").With(services => services.AddSingleton<TimeProvider>(clock));
        await using var gate = await Gate.CloseAsync(app.Database);
        var id = await app.PostAsync(new { dataset = "gated", format = "csv" });
        await app.RowsAsync(id);

        clock.Shift = TimeSpan.FromHours(hours);
        var renewed = await RenewedAsync(id);
        await Until.TrueAsync(async () => await RenewedAsync(id) > renewed, "a renewal after the jump");
        await gate.DisposeAsync();

        var document = await app.EndAsync(id);
        Assert.Equal(("completed", 1), (document.Text("status"), document.GetProperty("attempt").GetInt32()));
        Assert.Equal(60_000, document.GetProperty("download").GetProperty("rows").GetInt64());
        await StaysAsync(document);
    }

    /// <summary>An hour before the time of a file is up by the database, a clock that is two hours ahead does not end it.</summary>
    private async Task StaysAsync(JsonElement document)
    {
        var other = (await app.ExportAsync(new { dataset = "orders", format = "csv" })).GetProperty("id").GetGuid();
        await app.Database.ExecuteAsync($"""
            UPDATE exporthub.export SET expires_at = now() + interval '1 hour' WHERE id = '{document.Text("id")}';
            UPDATE exporthub.export SET expires_at = now() WHERE id = '{other}'
            """);
        await Until.TrueAsync(async () => (await app.StatusAsync(other)).Text("status") == "expired", "expiry of the other");
        Assert.NotEmpty(await app.DownloadAsync(document));
    }

    private async Task<DateTime> RenewedAsync(Guid id)
    {
        await using var command = app.Database.Pool.CreateCommand($"SELECT renewed_at FROM exporthub.export WHERE id = '{id}'");
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }
}
