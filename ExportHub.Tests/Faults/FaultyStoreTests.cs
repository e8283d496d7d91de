using ExportHub.Exports;
using ExportHub.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>Whatever a store does to a file, it is never completed with a wrong one.</summary>
public sealed class FaultyStoreTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Attempts = 4;

    private static readonly string[] Formats = ["csv", "jsonl"];

    private readonly TestApp app = new();
    private readonly Dictionary<string, WholeFile> whole = [];

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // Every attempt is made here, on the store that is damaged.
        app.With(services => services.AddSingleton<IExportQueue, DeafQueue>())
            .With("Exports:MaxAttempts", $"{Attempts}").With("Exports:RetryDelay", "00:00:00").With("Exports:AlarmGrace", "01:00:00");
        await app.WriteDatasetAsync(
            "wide", """{ "query": "SELECT n AS id, repeat(md5(n::text), 2) AS filler FROM generate_series(1, 6000) AS n", "key": ["id"] }""");
        foreach (var format in Formats)
        {
            var id = await app.PostAsync(new { dataset = "wide", format });
            await RunAsync(id, FaultPlan.None);
            whole[format] = WholeFile.Of(format, await app.StatusAsync(id));
        }
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_damaged_write_flush_or_rename_never_ends_as_a_wrong_file()
    {
        var ends = new List<string>();
        for (var seed = 1; seed <= (FaultForm.Long ? 500 : 60); seed++)
        {
            var plan = FaultPlan.Of(seed);
            try
            {
                ends.Add($"{plan.Call} {plan.Damage}: {await EndAsync(plan, Formats[seed % Formats.Length])}");
            }
            catch (Exception wrong) when (wrong is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"The plan was {plan}.", wrong);
            }
        }

        foreach (var (end, times) in ends.CountBy(end => end).OrderBy(end => end.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{times,4} x {end}");
        }
    }

    private async Task<string> EndAsync(FaultPlan plan, string format)
    {
        var id = await app.PostAsync(new { dataset = "wide", format });

        await RunAsync(id, plan);

        var document = await app.StatusAsync(id);
        if (document.Text("status") == "completed")
        {
            await whole[format].AssertSameAsync(app, document);
            // After a rename that was said to have failed, the file of that attempt is left to the sweep.
            Assert.Equal(plan.Damage is Damage.FailsAfterwards ? 1 + plan.Times : 1, app.Stored(id).Length);
            Assert.True(plan.Damage is not Damage.Full && (plan.Times < Attempts || plan.Damage is Damage.Slow or Damage.Short));
            return "completed and exact";
        }

        Assert.Equal("failed", document.Text("status"));
        Assert.Equal(plan.Damage is Damage.Full ? ("storage_full", 1) : ("storage_unavailable", Attempts), (document.ErrorCode(), document.GetProperty("attempt").GetInt32()));
        Assert.Equal(plan.Damage is Damage.FailsAfterwards ? Attempts : 0, app.Stored(id).Length);
        return document.ErrorCode();
    }

    /// <summary>All attempts of one export on a damaged store, by the product's own code.</summary>
    private async Task RunAsync(Guid id, FaultPlan plan)
    {
        IFileStore store = new FaultyStore(app.FilesFolder, plan);
        var file = ActivatorUtilities.CreateInstance<ExportFile>(app.Services, store);
        var run = ActivatorUtilities.CreateInstance<RunExport>(app.Services, file, store, NullLogger<RunExport>.Instance);
        try
        {
            while (await run.RunAsync(id, CancellationToken.None) == RunOutcome.Postponed)
            {
            }
        }
        catch (ExportFailedException)
        {
            // What the row says counts.
        }
    }
}
