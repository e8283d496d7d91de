using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>Canceling an export ends its work in the database, whatever that is doing.</summary>
public sealed class CancelTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 5;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    /// <summary>What the database works at when the cancel comes; all of it lasts for a minute and more.</summary>
    private static readonly Dictionary<string, string> Works = new(StringComparer.Ordinal)
    {
        ["rows"] = "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 2000000000) AS n) AS s",
        ["sorting"] = "SELECT n AS id FROM generate_series(1, 30000000) AS n ORDER BY md5(n::text || 'x')",
        // Few are expected and so counted first.
        ["counting"] = "SELECT n AS id FROM generate_series(1, 100000000) AS n WHERE md5(n::text) = 'a' AND md5(n::text || 'b') = 'c'",
        ["planning"] = "SELECT n AS id FROM generate_series(1, 10) AS n WHERE n > planned_slowly()",
    };

    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // The planner evaluates what is said to be immutable.
        await app.Database.ExecuteAsync("""
            CREATE FUNCTION planned_slowly() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
                BEGIN
                    IF current_setting('application_name') LIKE 'exporthub:%-%' THEN PERFORM pg_sleep(120); END IF;
                    RETURN 0;
                END $$
            """);
        foreach (var (name, query) in Works)
        {
            await app.WriteDatasetAsync(name, $$"""{ "query": "{{query}}", "key": ["id"] }""");
        }

        app.With("Exports:RenewEvery", "00:00:01").With("Datasets:CountPatience", "00:02:00");
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_canceled_export_leaves_the_database_within_three_seconds_whatever_it_is_doing_there()
    {
        var took = new List<(string Work, TimeSpan Took)>();
        for (var round = 0; round < Rounds; round++)
        {
            // Two at a time: the processors are to be busy, as they are when somebody cancels.
            foreach (var pair in Works.Keys.Chunk(2))
            {
                took.AddRange(await Task.WhenAll(pair.Select(CancelAsync)));
            }
        }

        foreach (var work in took.GroupBy(one => one.Work))
        {
            output.WriteLine($"{work.Key}: {string.Join(", ", work.Select(one => $"{one.Took.TotalSeconds:0.00}"))} s");
        }

        var ordered = took.Select(one => one.Took).Order().ToList();
        output.WriteLine($"median {ordered[ordered.Count / 2].TotalSeconds:0.00} s, longest {ordered[^1].TotalSeconds:0.00} s");
        output.Holds($"p95 of {ordered.Count} cancels", ordered[(int)Math.Ceiling(ordered.Count * 0.95) - 1], Promised);
    }

    [Fact]
    public async Task An_export_canceled_in_the_queue_never_reaches_the_database()
    {
        app.With("Exports:Workers", "1").With("Exports:BulkWorkers", "1");
        var first = await app.PostAsync(new { dataset = "rows", format = "csv" });
        await app.RowsAsync(first);
        var second = await app.PostAsync(new { dataset = "sorting", format = "csv" });

        await app.Client.PostAsync($"/api/exports/{second}/cancel", null);

        var document = await app.StatusAsync(second);
        Assert.Equal(("canceled", 0), (document.Text("status"), document.GetProperty("attempt").GetInt32()));
        await app.Client.PostAsync($"/api/exports/{first}/cancel", null);
        await app.EndAsync(first);
        Assert.Equal("completed", (await app.ExportAsync(new { dataset = "orders", format = "csv" })).Text("status"));
        Assert.Equal(0, (await app.StatusAsync(second)).GetProperty("attempt").GetInt32());
    }

    private async Task<(string Work, TimeSpan Took)> CancelAsync(string work)
    {
        var id = await app.PostAsync(new { dataset = work, format = "csv" });
        await Until.TrueAsync(async () => await app.Database.BackendsAsync(id) >= (work is "rows" or "sorting" ? 2 : 1), $"{work} at work");

        var since = Stopwatch.GetTimestamp();
        await app.Client.PostAsync($"/api/exports/{id}/cancel", null);
        await Until.TrueAsync(async () => await app.Database.BackendsAsync(id) == 0, $"no backend at {work}");
        var took = Stopwatch.GetElapsedTime(since);

        var document = await app.EndAsync(id);
        Assert.Equal(("canceled", JsonValueKind.Null), (document.Text("status"), document.GetProperty("download").ValueKind));
        Assert.Empty(app.Stored(id));
        return (work, took);
    }
}
