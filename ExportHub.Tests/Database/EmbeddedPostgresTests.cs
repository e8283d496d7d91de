using System.Diagnostics;
using System.Globalization;
using ExportHub.Database.Embedded;

namespace ExportHub.Tests.Database;

public sealed class EmbeddedPostgresTests : IAsyncLifetime
{
    private readonly string folder = TestServer.NewFolder();
    private readonly EmbeddedPostgres first;
    private readonly EmbeddedPostgres second;

    public EmbeddedPostgresTests() =>
        (first, second) = (TestServer.Describe(folder, durable: true), TestServer.Describe(folder, durable: true));

    public Task InitializeAsync() => first.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await first.StopAsync(CancellationToken.None);
        await second.StopAsync(CancellationToken.None);
        first.Folders.Delete();
    }

    [Fact]
    public async Task The_server_is_private_and_speaks_UTF_8()
    {
        var settings = await RunningServer.AskAsync<string>(first,
            "SELECT concat_ws('|', current_setting('server_encoding'), current_setting('listen_addresses'), current_setting('fsync'), current_user, upper('ä'))");

        Assert.Equal("UTF8||on|exporthub|Ä", settings);
        Assert.Equal("drwx------", FolderOwner.Of(first.Folders.Socket)?.Mode);
        Assert.Equal("drwx------", FolderOwner.Of(first.Folders.Root)?.Mode);
    }

    [Fact]
    public async Task Two_apps_in_one_folder_share_a_server_that_stops_with_the_last()
    {
        var server = RunningServer.ProcessId(first.Folders);
        await Task.WhenAll(first.StartAsync(CancellationToken.None), second.StartAsync(CancellationToken.None));
        Assert.Equal(server, RunningServer.ProcessId(second.Folders));

        await first.StopAsync(CancellationToken.None);
        Assert.Equal(1, await RunningServer.AskAsync<int>(second, "SELECT 1"));

        await second.StopAsync(CancellationToken.None);
        Assert.False(RunningServer.IsUp(second.Folders));
    }

    [Fact]
    public async Task What_was_committed_survives_a_killed_server()
    {
        await RunningServer.AskAsync<int>(first, "CREATE TABLE kept AS SELECT 42 AS n; SELECT 1");
        await RunningServer.KillAsync(first.Folders);

        await second.StartAsync(CancellationToken.None);

        Assert.Equal(42, await RunningServer.AskAsync<int>(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_another_program_is_no_obstacle()
    {
        await first.StopAsync(CancellationToken.None);
        await File.WriteAllTextAsync(RunningServer.PidFile(first.Folders), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{first.Folders.Cluster}\n"));

        await second.StartAsync(CancellationToken.None);

        Assert.NotEqual(Environment.ProcessId, RunningServer.ProcessId(second.Folders));
    }

    [LinuxFact]
    public async Task Another_process_keeps_the_server_up_and_leaves_it_to_the_next_app_when_it_is_killed()
    {
        var server = RunningServer.ProcessId(first.Folders);
        using var other = Process.Start(new ProcessStartInfo("flock", ["--shared", first.Folders.AppsLock, "sh", "-c", "echo locked; exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Assert.Equal("locked", await other.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));

        await first.StopAsync(CancellationToken.None);
        Assert.True(RunningServer.IsUp(first.Folders));

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await second.StartAsync(CancellationToken.None);
        Assert.Equal(server, RunningServer.ProcessId(second.Folders));

        await second.StopAsync(CancellationToken.None);
        Assert.False(RunningServer.IsUp(second.Folders));
    }

    [LinuxFact]
    public async Task Ctrl_C_in_the_terminal_of_the_app_does_not_reach_the_server()
    {
        var server = RunningServer.ProcessId(first.Folders);

        Assert.Equal(server, await SessionOfAsync(server));
        Assert.NotEqual(server, await SessionOfAsync(Environment.ProcessId));
    }

    // The fourth field after the name in parentheses, see proc(5).
    private static async Task<int> SessionOfAsync(int process)
    {
        var stat = await File.ReadAllTextAsync($"/proc/{process}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
    }
}
