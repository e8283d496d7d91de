using System.Diagnostics;
using Xunit.Abstractions;

namespace ExportHub.Tests.Faults;

public sealed class FullDiskTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestApp app = new();
    private readonly DirectoryInfo disk = Directory.CreateTempSubdirectory("exporthub-disk-");

    public Task InitializeAsync() => app.InitializeAsync();

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        disk.Delete();
    }

    [TmpfsFact]
    public async Task A_full_disk_fails_the_export_at_once_with_the_reason_and_leaves_no_part()
    {
        Assert.True(TmpfsFactAttribute.Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.FullName));
        try
        {
            app.With("Files:Folder", disk.FullName);
            await app.WriteDatasetAsync("large", """{ "query": "SELECT n AS id, md5(n::text) AS hash FROM generate_series(1, 500000) AS n", "key": ["id"] }""");
            // Starting the application is not what is measured.
            await app.ExportAsync(new { dataset = "orders", format = "csv" });
            var before = Directory.GetFiles(disk.FullName, "*", SearchOption.AllDirectories);
            foreach (var format in new[] { "csv", "xlsx", "jsonl" })
            {
                await AssertFailsAtOnceAsync(format);
                Assert.Equal(before, Directory.GetFiles(disk.FullName, "*", SearchOption.AllDirectories));
            }

            Assert.Equal("completed", (await app.ExportAsync(new { dataset = "orders", format = "csv" })).Text("status"));
        }
        finally
        {
            await app.StopAsync();
            Assert.True(TmpfsFactAttribute.Run("umount", disk.FullName));
        }
    }

    private async Task AssertFailsAtOnceAsync(string format)
    {
        var since = Stopwatch.GetTimestamp();
        var document = await app.EndAsync(await app.PostAsync(new { dataset = "large", format }));
        output.Holds($"Failed on a full disk, {format}", since, TimeSpan.FromSeconds(5));

        Assert.Equal(("failed", "storage_full", 1), (document.Text("status"), document.ErrorCode(), document.GetProperty("attempt").GetInt32()));
    }
}
