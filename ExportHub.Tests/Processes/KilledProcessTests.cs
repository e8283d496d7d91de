using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExportHub.Tests.Processes;

/// <summary>What must hold when processes die or share the work; the processes and the kills are real.</summary>
public sealed class KilledProcessTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private const int ManyRows = 1_500_000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("exporthub-processes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_export_whose_process_is_killed_completes_as_attempt_two_with_one_file_and_no_parts()
    {
        await WriteDatasetAsync(ManyRows);
        await using var first = await StartAsync();
        var id = await PostAsync(first);
        await Until.TrueAsync(async () => (await StatusAsync(first, id)).GetProperty("progress").GetProperty("rows").GetInt64() > 0, "rows written");
        await first.KillAsync();
        Assert.Single(Parts());

        await using var second = await StartAsync();
        var document = await EndAsync(second, id);

        Assert.Equal(("completed", 2), (document.GetProperty("status").GetString(), document.GetProperty("attempt").GetInt32()));
        Assert.Equal(ManyRows, document.GetProperty("download").GetProperty("rows").GetInt64());
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder.FullName, "files", $"{id}")));
        Assert.Equal(document.GetProperty("download").GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        await Until.TrueAsync(() => Parts().Length == 0, "no part left");
    }

    [Fact]
    public async Task A_stopped_process_gives_its_export_back_at_once_and_the_attempt_does_not_count()
    {
        await WriteDatasetAsync(ManyRows);
        await using var first = await StartAsync();
        var id = await PostAsync(first);
        await Until.TrueAsync(async () => (await StatusAsync(first, id)).GetProperty("progress").GetProperty("rows").GetInt64() > 0, "rows written");

        var took = await first.TerminateAsync();

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(Parts());
        await using var second = await StartAsync();
        Assert.Equal("completed", (await EndAsync(second, id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Two_processes_share_twenty_exports_and_each_runs_once()
    {
        await WriteDatasetAsync(100_000);
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        var ids = new List<Guid>();
        for (var n = 0; n < 20; n++)
        {
            ids.Add(await PostAsync(n % 2 == 0 ? first : second));
        }

        var documents = await Task.WhenAll(ids.Select(id => EndAsync(first, id)));
        Assert.All(documents, d => Assert.Equal(("completed", 1, 100_000L), (
            d.GetProperty("status").GetString(), d.GetProperty("attempt").GetInt32(), d.GetProperty("download").GetProperty("rows").GetInt64())));
        Assert.Equal(20, Started(first) + Started(second));
        Assert.InRange(Started(first), 1, 19);
    }

    private static int Started(AppProcess app) => app.Log.Count(line => line.Contains("attempt 1 started", StringComparison.Ordinal));

    private static async Task<Guid> PostAsync(AppProcess app)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/exports") { Content = JsonContent.Create(new { dataset = "numbers", format = "csv" }) };
        post.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var answer = await app.Client.SendAsync(post);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, document.ToString());
        return document.GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> StatusAsync(AppProcess app, Guid id) => app.Client.GetFromJsonAsync<JsonElement>($"/api/exports/{id}");

    private static async Task<JsonElement> EndAsync(AppProcess app, Guid id)
    {
        var document = default(JsonElement);
        await Until.TrueAsync(async () => (document = await StatusAsync(app, id)).GetProperty("status").GetString() is not ("queued" or "running"), "the end");
        return document;
    }

    private string[] Parts() => Directory.GetFiles(Path.Combine(folder.FullName, "files", ".parts"));

    private Task WriteDatasetAsync(int rows) => File.WriteAllTextAsync(
        Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "datasets")).FullName, "numbers.json"),
        $$"""{ "query": "SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, {{rows}}) AS n", "key": ["id"] }""");

    private Task<AppProcess> StartAsync() => AppProcess.StartAsync(
    [
        ("ConnectionStrings:ExportHub", database.ConnectionString),
        ("Files:Folder", Path.Combine(folder.FullName, "files")),
        ("Datasets:Folder", Path.Combine(folder.FullName, "datasets")),
        ("Exports:Lease", "00:00:03"),
        ("Exports:RenewEvery", "00:00:00.2"),
        ("Exports:ReconcileEvery", "00:00:00.5"),
        ("Exports:SweepEvery", "00:00:01"),
        ("Exports:Workers", "2"),
        .. TestApp.Engine is { } engine ? [("Jobs:Engine", engine)] : Array.Empty<(string, string)>(),
    ]);
}
