using ExportHub.Database.Embedded;
using ExportHub.Tests.Processes;

namespace ExportHub.Tests.Database;

/// <summary>Two applications as processes of their own in one data folder.</summary>
public sealed class EmbeddedProcessTests : IAsyncLifetime
{
    private readonly EmbeddedPostgres observer = TestServer.Describe(TestServer.NewFolder());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await observer.StopAbandonedAsync(CancellationToken.None);
        observer.Folders.Delete();
    }

    [Fact]
    public async Task They_share_the_server_and_neither_a_kill_nor_a_restart_loses_anything()
    {
        var apps = await Task.WhenAll(StartAppAsync(), StartAppAsync());
        await using var killed = apps[0];
        await using var last = apps[1];
        var server = RunningServer.ProcessId(observer.Folders);
        await RunningServer.AskAsync<int>(observer, "CREATE TABLE kept AS SELECT 42 AS n; SELECT 1");

        await killed.KillAsync();
        Assert.True((await last.Client.GetAsync("/health/ready")).IsSuccessStatusCode);
        await last.KillAsync();
        Assert.True(RunningServer.IsUp(observer.Folders));

        await using var next = await StartAppAsync();
        Assert.Equal(server, RunningServer.ProcessId(observer.Folders));
        Assert.Equal(42, await RunningServer.AskAsync<int>(observer, "SELECT n FROM kept"));

        await next.TerminateAsync();
        Assert.False(RunningServer.IsUp(observer.Folders));
    }

    private Task<AppProcess> StartAppAsync() => AppProcess.StartAsync(("Database:Folder", observer.Folders.Root), ("Demo:Seed", "false"));
}
