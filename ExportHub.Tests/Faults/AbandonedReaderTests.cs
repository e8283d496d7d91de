using ExportHub.Files;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

public sealed class AbandonedReaderTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    private readonly TestApp app = new();
    private Guid id;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        // A hundred bytes a row, so that the first write to the store comes with the row one thousand.
        await app.WriteDatasetAsync("long", """
            { "query": "SELECT n AS id, repeat(md5(n::text), 3) AS filler FROM (SELECT generate_series(1, 20000000) AS n) AS s", "key": ["id"] }
            """);
    }

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_write_error_at_row_1000_of_20_million_frees_the_worker_and_the_database_at_once()
    {
        var store = new FaultyStore(app.FilesFolder, new(StoreCall.Write, Damage.Fails, First: 1, Times: 1)) { BeforeStrike = BothWorkAsync };
        app.With("Exports:MaxAttempts", "1").With(services => services.AddSingleton<IFileStore>(store));
        id = await app.PostAsync(new { dataset = "long", format = "csv" });

        await Until.TrueAsync(async () => store.StruckAt > 0 && await app.Database.BackendsAsync(id) == 0, "no backend");
        output.Holds("No backend after the fault", store.StruckAt, Promised);
        var document = await app.EndAsync(id);
        output.Holds("Failed after the fault", store.StruckAt, Promised);

        Assert.Equal(("failed", "storage_unavailable"), (document.Text("status"), document.ErrorCode()));
        Assert.Empty(app.Stored(id));
    }

    /// <summary>One backend reads the rows, another counts them.</summary>
    private Task BothWorkAsync() => Until.TrueAsync(async () => id != default && await app.Database.BackendsAsync(id) == 2, "rows and count at work");
}
