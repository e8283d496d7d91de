using System.Diagnostics;
using ExportHub.Access;
using ExportHub.Exports;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Exports;

/// <summary>Fair share through the whole application and its engine.</summary>
public sealed class CrowdTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        await app.WriteDatasetAsync("slow", """{ "query": "SELECT 1 AS id, pg_sleep(1)::text AS slept", "key": ["id"], "rights": { "export": ["*"] } }""");
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Two_hundred_exports_of_one_person_do_not_delay_the_small_one_of_another()
    {
        await AcceptAsync("anna", "slow", 200);
        var since = Stopwatch.GetTimestamp();

        var export = Assert.Single(await AcceptAsync("bert", "orders", 1));

        Assert.Equal("completed", (await app.EndAsync(export)).GetProperty("status").GetString());
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"behind 200 exports of another person: {took.TotalSeconds:0.0} s");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.InRange(await app.Database.CountAsync("SELECT count(*) FROM exporthub.export WHERE status = 'queued' AND requested_by = 'anna'"), 1, 200);
    }

    [Fact]
    public async Task What_waited_for_the_same_person_runs_to_the_end_without_the_reconciler()
    {
        app.With("Exports:ReconcileEvery", "01:00:00");

        var ids = await AcceptAsync("anna", "orders", 30);

        Assert.All(await Task.WhenAll(ids.Select(app.EndAsync)), end => Assert.Equal("completed", end.GetProperty("status").GetString()));
    }

    private async Task<List<Guid>> AcceptAsync(string by, string dataset, int count)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<People>().AddAsync(by, []);
        var exports = app.Services.GetRequiredService<RequestExport>();
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var outcome = await exports.AcceptAsync(new ExportRequest { Dataset = dataset, Format = "csv" }, new Asking(new Viewer(by, SeesAll: false), Insist: true), default);
            ids.Add(Assert.IsType<RequestOutcome.Accepted>(outcome).Export.Id);
        }

        return ids;
    }
}
