using System.Net;
using ExportHub.Tests.Processes;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

/// <summary>Nothing is damaged here: one process talks, another works.</summary>
[Collection(DamagedInTurn.Name)]
public sealed class RolesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Asked = 5;

    /// <summary>About a second is what is meant; a busy machine gets more.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(8);

    /// <summary>A web instance has nothing to give back; a busy machine gets more time to end the process.</summary>
    private static readonly TimeSpan MostStop = TimeSpan.FromSeconds(20);

    private FaultySite site = null!;

    public async Task InitializeAsync() => site = await FaultySite.OpenAsync();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task What_is_asked_for_at_the_web_is_made_by_the_worker_and_never_by_the_web()
    {
        var web = await site.With("ExportHub:Role", "Web").StartAsync();
        var early = await FaultySite.PostAsync(web, FaultyRows.Quick);
        Assert.Equal("queued", (await site.FactsAsync(early)).Status);

        var worker = await site.With("ExportHub:Role", "Worker").StartAsync();
        await site.EndAsync(early);
        List<Guid> ids = [early];
        for (var n = 0; n < Asked; n++)
        {
            ids.Add(await FaultySite.PostAsync(web, FaultyRows.Quick));
            await site.EndAsync(ids[^1]);
        }

        foreach (var id in ids)
        {
            await site.AssertExactAsync(id);
            Assert.Equal((true, false), (worker.Started(id, 1), web.Started(id, 1)));
        }

        var longest = TimeSpan.FromSeconds(await site.AskAsync<double>(
            "SELECT extract(epoch FROM max(started_at - requested_at))::float8 FROM exporthub.export WHERE id <> @early", new { early }));
        output.WriteLine($"The worker took up what was asked for at the web after {longest.TotalSeconds:0.00} s at most, of {Asked}.");
        Assert.InRange(longest, TimeSpan.Zero, MostWait);
        await AssertOnlyHealthAsync(worker.App);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(web.App, $"/exports/{early}"));
        Assert.InRange(await site.TerminateAsync(web), TimeSpan.Zero, MostStop);
        Assert.DoesNotContain(web.App.Log, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    private static async Task AssertOnlyHealthAsync(AppProcess worker)
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync(worker, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(worker, "/health/ready"));
        foreach (var door in new[] { "/", "/exports", "/sign-in", "/site.css", "/api/exports", "/openapi/v1.json", "/hangfire", "/healthy" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await AskAsync(worker, door));
        }
    }

    private static async Task<HttpStatusCode> AskAsync(AppProcess app, string door)
    {
        using var answer = await app.Client.GetAsync(new Uri(door, UriKind.Relative));
        return answer.StatusCode;
    }
}
