using System.Collections.Concurrent;
using ExportHub.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace ExportHub.Tests.Faults;

/// <summary>The engine delivers at least once, and sometimes much more than once.</summary>
public sealed class DeliveredAgainTests(TestApp app) : IClassFixture<TestApp>
{
    private const int Deliveries = 20;

    private readonly ConcurrentQueue<RunOutcome> outcomes = [];

    [Fact]
    public async Task Of_twenty_deliveries_of_one_export_one_runs_and_the_others_do_nothing_quietly()
    {
        await app.WriteDatasetAsync("naps", """{ "query": "SELECT n AS id FROM generate_series(1, 20) AS n WHERE pg_sleep(0.1)::text = ''", "key": ["id"] }""");
        app.With("Exports:Workers", $"{Deliveries}").With(services => services.AddSingleton<ExportRun>(Watched));
        var id = await app.PostAsync(new { dataset = "naps", format = "csv" });
        var queue = app.Services.GetRequiredService<IExportQueue>();

        await Task.WhenAll(Enumerable.Range(1, Deliveries - 1).Select(_ => queue.EnqueueAsync(id, Lane.Interactive, TimeSpan.Zero, default)));

        await Until.TrueAsync(() => outcomes.Count == Deliveries, "the end of every delivery");
        Assert.Equal(1, outcomes.Count(outcome => outcome == RunOutcome.Completed));
        Assert.Equal(Deliveries - 1, outcomes.Count(outcome => outcome == RunOutcome.NothingToDo));
        var document = await app.EndAsync(id);
        Assert.Equal(("completed", 1), (document.GetProperty("status").GetString(), document.GetProperty("attempt").GetInt32()));
        Assert.Single(Directory.GetFiles(app.FilesFolder, "*", SearchOption.AllDirectories));
    }

    private ExportRun Watched(IServiceProvider services) => async (id, stopping) =>
    {
        var outcome = await services.GetRequiredService<RunExport>().RunAsync(id, stopping);
        outcomes.Enqueue(outcome);
        return outcome;
    };
}
