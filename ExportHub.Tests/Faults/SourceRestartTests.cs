using System.Diagnostics;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

public sealed class SourceRestartTests(OwnServer source, ITestOutputHelper output) : IClassFixture<OwnServer>, IAsyncLifetime
{
    private static readonly string[] Ways = ["INT", "QUIT", "KILL"];

    private readonly TestApp app = new();

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        app.With("ConnectionStrings:Shop", source.ConnectionString);
        // Two seconds and more of rows, and the same ones each time.
        await app.WriteDatasetAsync("far", """
            { "source": "Shop", "key": ["id"],
              "query": "SELECT n AS id, md5(n::text) AS hash FROM (SELECT generate_series(1, 300000) AS n) AS s WHERE n % 1000 <> 0 OR pg_sleep(0.005) IS NOT NULL" }
            """);
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [LinuxFact]
    public async Task A_source_that_is_restarted_in_the_middle_gives_the_exact_file_soon_after()
    {
        app.With("Exports:RetryDelay", FaultForm.Long ? "00:00:05" : "00:00:01");
        var whole = await WholeFile.OfAsync(app, "far", "csv");
        var random = new Random(11);
        for (var round = 0; round < (FaultForm.Long ? 10 : 2); round++)
        {
            var (way, after) = (Ways[round % Ways.Length], random.Next(1, 200_000));
            var id = await app.PostAsync(new { dataset = "far", format = "csv" });
            await app.RowsAsync(id, after);

            await source.StopAsync(way);
            await source.StartAsync();
            var up = Stopwatch.GetTimestamp();
            var document = await app.EndAsync(id);

            output.Holds($"Exact after {way} at row {after}, as attempt {document.GetProperty("attempt")}", up, TimeSpan.FromSeconds(60));
            Assert.InRange(document.GetProperty("attempt").GetInt32(), 2, 4);
            await whole.AssertSameAsync(app, document);
            Assert.Single(app.Stored(id));
        }
    }
}
