using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExportHub.Database.Embedded;
using ExportHub.Tests.Api;

namespace ExportHub.Tests.Processes;

public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private readonly EmbeddedPostgres server = TestServer.Describe(TestServer.NewFolder());

    public Task InitializeAsync() => server.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        server.Folders.Delete();
    }

    [Fact]
    public async Task A_database_that_is_down_is_said_plainly_and_all_goes_on_when_it_is_back()
    {
        var datasets = Directory.CreateDirectory(Path.Combine(server.Folders.Root, "datasets"));
        await File.WriteAllTextAsync(
            Path.Combine(datasets.FullName, "numbers.json"), """{ "query": "SELECT n AS id FROM generate_series(1, 1000) AS n", "key": ["id"] }""");
        await using var app = await AppProcess.StartAsync(
            ("ConnectionStrings:ExportHub", server.ConnectionString), ("Datasets:Folder", datasets.FullName), ("Files:Folder", Path.Combine(server.Folders.Root, "files")));
        var request = new { dataset = "numbers", format = "csv" };
        Assert.Equal(HttpStatusCode.Accepted, (await app.Client.PostAsJsonAsync("/api/exports", request)).StatusCode);

        await server.StopAsync(CancellationToken.None);

        var answer = await app.Client.PostAsJsonAsync("/api/exports", request);
        var problem = await ExportEndpointsTests.AssertProblemAsync(answer, 503);
        Assert.Contains("database", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
        await ExportEndpointsTests.AssertProblemAsync(await app.Client.GetAsync("/api/exports"), 503);
        var page = await app.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("database does not answer", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/live")).StatusCode);

        await server.StartAsync(CancellationToken.None);

        await Until.TrueAsync(async () => (await app.Client.GetAsync("/health/ready")).IsSuccessStatusCode, "ready again");
        var accepted = await Until.AnswerAsync(
            async () => await app.Client.PostAsJsonAsync("/api/exports", request) is { StatusCode: HttpStatusCode.Accepted } ok ? ok : null, "an export accepted");
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Until.TrueAsync(
            async () => (await app.Client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}")).GetProperty("status").GetString() == "completed", "a completed export");
    }
}
