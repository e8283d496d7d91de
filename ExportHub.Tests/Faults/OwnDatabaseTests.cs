using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Tests.Datasets;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>The database with the exports themselves goes away while one runs; its source, which is another server, stays.</summary>
public sealed class OwnDatabaseTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>With the short lease, everything takes a tenth of the time.</summary>
    private static readonly double Scale = FaultForm.Long ? 1 : 0.1;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60) * Scale;

    private const string Cut =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name LIKE 'exporthub%'";

    private readonly OwnServer own = new();
    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await own.InitializeAsync();
        await app.InitializeAsync();
        app.With("ConnectionStrings:ExportHub", own.ConnectionString)
            .With("ConnectionStrings:Shop", app.Database.ConnectionString)
            .With("Exports:Lease", Lease.ToString("c", CultureInfo.InvariantCulture))
            .With("Datasets:LockTimeout", "00:30:00").With("Datasets:CountPatience", "00:30:00").With("Datasets:CountFirstBelow", "0");
        // Whoever closes the gate decides how long it takes.
        await app.WriteDatasetAsync("gated", $$"""
            { "source": "Shop", "key": ["id"],
              "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 60000) AS n) AS s WHERE n <> 50000 OR pg_advisory_xact_lock_shared({{Gate.Key}}) IS NOT NULL" }
            """);
        await app.WriteDatasetAsync("small", """{ "source": "Shop", "from": "public.orders" }""");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await own.DisposeAsync();
    }

    [LinuxFact]
    public async Task An_attempt_outlives_an_outage_that_is_shorter_than_its_lease()
    {
        var whole = await WholeFile.OfAsync(app, "gated", "csv");
        await using var gate = await Gate.CloseAsync(app.Database);
        var id = await StartedAsync();
        var backends = await PidsAsync(id);

        var down = Stopwatch.GetTimestamp();
        await own.StopAsync();
        await PassAsync(TimeSpan.FromSeconds(20) * Scale, down);
        Assert.Equal(backends, await PidsAsync(id));
        await own.StartAsync();
        output.WriteLine($"Down for {Stopwatch.GetElapsedTime(down).TotalSeconds:0.0} s of a lease of {Lease.TotalSeconds} s");
        await gate.DisposeAsync();

        var document = await app.EndAsync(id);
        await whole.AssertSameAsync(app, document);
        Assert.Equal(1, document.GetProperty("attempt").GetInt32());
    }

    [LinuxFact]
    public async Task An_attempt_that_cannot_renew_stops_before_its_lease_ends_and_is_made_again_once()
    {
        var whole = await WholeFile.OfAsync(app, "gated", "csv");
        await using var gate = await Gate.CloseAsync(app.Database);
        var id = await StartedAsync();

        var leaseUntil = await own.AskAsync<DateTime>($"SELECT lease_until FROM exporthub.export WHERE id = '{id}'");
        await own.StopAsync();
        var down = Stopwatch.GetTimestamp();
        await Until.TrueAsync(async () => await app.Database.BackendsAsync(id) == 0, "the attempt stopped by itself");
        var early = leaseUntil - TimeProvider.System.GetUtcNow().UtcDateTime;
        output.WriteLine($"Stopped {early.TotalSeconds:0.0} s before the end of a lease of {Lease.TotalSeconds} s");
        Assert.InRange(early, TimeSpan.Zero, Lease);
        await Until.TrueAsync(() => app.Stored(id).Length == 0, "no part");
        await PassAsync(TimeSpan.FromMinutes(3) * Scale, down);
        await own.StartAsync();
        var up = Stopwatch.GetTimestamp();
        await gate.DisposeAsync();

        var document = await EndAsync(id);
        output.WriteLine($"Exact {Stopwatch.GetElapsedTime(up).TotalSeconds:0.0} s after the database was up");
        await whole.AssertSameAsync(app, document);
        Assert.Equal(2, document.GetProperty("attempt").GetInt32());
        await Until.TrueAsync(() => app.Stored(id).Length == 1, "one file");
    }

    [LinuxFact]
    public async Task An_attempt_and_the_queue_outlive_connections_that_are_cut_again_and_again()
    {
        var whole = await WholeFile.OfAsync(app, "small", "csv");
        await using var gate = await Gate.CloseAsync(app.Database);
        var running = await StartedAsync();
        var waits = new List<TimeSpan>();
        var cut = 0L;
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(FaultForm.Long ? 5 : 1));
        while (Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(FaultForm.Long ? 120 : 10) && await timer.WaitForNextTickAsync())
        {
            var asked = Stopwatch.GetTimestamp();
            var asking = AskAsync(new { dataset = "small", format = "csv" });
            cut += await own.AskAsync<long>(Cut);
            await whole.AssertSameAsync(app, await EndAsync(await asking));
            waits.Add(Stopwatch.GetElapsedTime(asked));
        }

        await gate.DisposeAsync();
        output.WriteLine($"{cut} connections cut in {waits.Count} rounds; an export took {waits.Order().ElementAt(waits.Count / 2).TotalSeconds:0.0} s in the middle and {waits.Max().TotalSeconds:0.0} s at most");
        Assert.InRange(cut, waits.Count, long.MaxValue);
        var document = await EndAsync(running);
        Assert.Equal(("completed", 1), (document.Text("status"), document.GetProperty("attempt").GetInt32()));
    }

    private async Task<Guid> StartedAsync()
    {
        var id = await app.PostAsync(new { dataset = "gated", format = "csv" });
        await app.RowsAsync(id);
        return id;
    }

    private Task<string> PidsAsync(Guid id) => app.Database.Pool.ScalarAsync(
        $"SELECT string_agg(pid::text, ' ' ORDER BY pid) FROM pg_stat_activity WHERE application_name LIKE 'exporthub:{id}:%'");

    /// <summary>An outage lasts as long as it lasts.</summary>
    private static Task PassAsync(TimeSpan time, long since) =>
        Stopwatch.GetElapsedTime(since) is var passed && passed < time ? Task.Delay(time - passed) : Task.CompletedTask;

    /// <summary>Posts until the database answers, with one key, so that it is one export in the end.</summary>
    private async Task<Guid> AskAsync(object request)
    {
        var key = $"{Guid.NewGuid()}";
        var accepted = await Until.AnswerAsync(
            async () =>
            {
                using var post = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/exports", UriKind.Relative)) { Content = JsonContent.Create(request) };
                post.Headers.Add("Idempotency-Key", key);
                var answer = await app.Client.SendAsync(post);
                Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode >= 500, await answer.Content.ReadAsStringAsync());
                return answer.IsSuccessStatusCode ? answer : null;
            },
            "an export accepted");
        return (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Asks until the database answers and the export is over.</summary>
    private async Task<JsonElement> EndAsync(Guid id)
    {
        var end = await Until.AnswerAsync(
            async () =>
            {
                var answer = await app.Client.GetAsync($"/api/exports/{id}");
                var document = answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()) : null;
                return document?.RootElement.Text("status") is "queued" or "running" ? null : document;
            },
            $"the end of export {id}");
        return end.RootElement;
    }
}
