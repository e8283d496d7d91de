using ExportHub.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Tests.Database;

public sealed class DatabaseWaitTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly DatabaseWait wait = new(TimeProvider.System, NullLogger<DatabaseWait>.Instance);

    [Fact]
    public async Task A_database_that_does_not_exist_is_refused_at_once()
    {
        await using var pool = NpgsqlDataSource.Create(database.ConnectionString + ";Database=not_there");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => wait.UntilUpAsync(pool, TimeSpan.FromMinutes(5), CancellationToken.None));

        Assert.Contains("refuses ConnectionStrings:ExportHub", refused.Message, StringComparison.Ordinal);
        Assert.Contains("not_there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_limit_and_named()
    {
        await using var pool = NpgsqlDataSource.Create("Host=/nowhere;Username=x;Database=sales");

        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => wait.UntilUpAsync(pool, TimeSpan.FromSeconds(1), CancellationToken.None));

        Assert.Contains("sales at /nowhere", late.Message, StringComparison.Ordinal);
        Assert.Contains("Database:StartTimeout", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_comes_up_late_is_waited_for()
    {
        await using var server = TestServer.Describe(TestServer.NewFolder());
        // Which is there as soon as the server is.
        await using var pool = NpgsqlDataSource.Create(server.ConnectionString + ";Database=postgres");
        try
        {
            var waiting = wait.UntilUpAsync(pool, TimeSpan.FromMinutes(1), CancellationToken.None);
            Assert.False(waiting.IsCompleted);

            await server.StartAsync(CancellationToken.None);
            await waiting;
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            server.Folders.Delete();
        }
    }

    [Fact]
    public async Task The_probe_says_no_while_the_server_is_away_and_yes_again_afterwards()
    {
        await using var server = TestServer.Describe(TestServer.NewFolder());
        await using var pool = NpgsqlDataSource.Create(server.ConnectionString);
        var probe = new DatabaseProbe(new AppDatabase(pool), TimeProvider.System);
        try
        {
            Assert.False(await probe.IsUpAsync(CancellationToken.None));
            await server.StartAsync(CancellationToken.None);
            Assert.True(await probe.IsUpAsync(CancellationToken.None));

            await RunningServer.KillAsync(server.Folders);
            Assert.False(await probe.IsUpAsync(CancellationToken.None));
            await server.StartAsync(CancellationToken.None);
            Assert.True(await probe.IsUpAsync(CancellationToken.None));
            Assert.False(await probe.IsUpAsync(new CancellationToken(canceled: true)));
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
            server.Folders.Delete();
        }
    }
}
