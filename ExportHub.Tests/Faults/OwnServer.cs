using System.Diagnostics;
using ExportHub.Database.Embedded;
using ExportHub.Tests.Database;

namespace ExportHub.Tests.Faults;

/// <summary>A PostgreSQL server of one test, to be stopped and started.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private readonly EmbeddedPostgres server = TestServer.Describe(TestServer.NewFolder());

    public string ConnectionString => server.ConnectionString;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        server.Folders.Delete();
    }

    public Task StartAsync() => server.StartAsync(CancellationToken.None);

    /// <summary>Returns when it is down. INT is PostgreSQL's fast shutdown, QUIT its immediate one, KILL a crash.</summary>
    public async Task StopAsync(string signal = "INT")
    {
        using var process = Process.GetProcessById(RunningServer.ProcessId(server.Folders));
        Assert.True(TmpfsFactAttribute.Run("kill", $"-{signal}", $"{process.Id}"));
        await process.WaitForExitAsync();
    }

    internal Task<T> AskAsync<T>(string sql) => RunningServer.AskAsync<T>(server, sql);
}
