using ExportHub.Database;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExportHub.Tests.Database;

public sealed class DatabaseRoomTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_configured_database_is_used_migrated_and_not_seeded()
    {
        using var host = Configure(("ConnectionStrings:ExportHub", database.ConnectionString));
        await host.StartAsync();

        await using var connection = await host.Services.GetRequiredService<AppDatabase>().Pool.OpenConnectionAsync();
        Assert.Equal("exporthub", await connection.ExecuteScalarAsync<string>("SELECT current_setting('application_name')"));
        Assert.False(await connection.ExecuteScalarAsync<bool>("SELECT to_regnamespace('demo') IS NOT NULL"));
        Assert.True(await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('exporthub.migration') IS NOT NULL"));
        Assert.True(await host.Services.GetRequiredService<DatabaseProbe>().IsUpAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Sources_are_found_by_name_and_cannot_be_written_to()
    {
        using var host = Configure(
            ("ConnectionStrings:ExportHub", database.ConnectionString), ("ConnectionStrings:sales", database.ConnectionString), ("ConnectionStrings:empty", ""));
        var sources = host.Services.GetRequiredService<ISourceDatabases>();

        Assert.Equal(["sales"], sources.Names);
        Assert.Null(sources.Find("unknown"));
        Assert.Same(sources.Find("sales"), sources.Find("Sales"));
        foreach (var name in (string?[])[null, "sales"])
        {
            await using var command = sources.Find(name)!.CreateCommand("CREATE TABLE written ()");
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, refused.SqlState);
        }
    }

    [Fact]
    public void Pools_have_the_sizes_of_the_settings()
    {
        using var host = Configure(
            ("ConnectionStrings:ExportHub", database.ConnectionString), ("Database:AppPoolSize", "3"), ("Database:EnginePoolSize", "4"), ("Database:SourcePoolSize", "5"));

        Assert.Equal(3, Size(host.Services.GetRequiredService<AppDatabase>().Pool.ConnectionString));
        Assert.Equal(4, Size(host.Services.GetRequiredService<EngineDatabase>().ConnectionString));
        Assert.Equal(5, Size(host.Services.GetRequiredService<ISourceDatabases>().Find(null)!.ConnectionString));

        static int Size(string connection) => new NpgsqlConnectionStringBuilder(connection).MaxPoolSize;
    }

    [Theory]
    [InlineData("Database:StartTimeout", "00:00:00")]
    [InlineData("Database:StartTimeout", "soon")]
    [InlineData("Database:AppPoolSize", "1")]
    [InlineData("Database:EnginePoolSize", "many")]
    [InlineData("Database:SourcePoolSize", "5000")]
    [InlineData("Database:Folder", " ")]
    [InlineData("Database:ServerUser", "")]
    [InlineData("Demo:Seed", "perhaps")]
    [InlineData("ConnectionStrings:sales", "Host=db;Colour=green")]
    public async Task A_bad_setting_stops_the_start_and_is_named(string key, string value)
    {
        using var host = Configure(("ConnectionStrings:ExportHub", database.ConnectionString), (key, value));

        var refused = await Record.ExceptionAsync(() => host.StartAsync());

        Assert.True(refused is OptionsValidationException or InvalidOperationException, refused?.ToString());
        Assert.Contains(key, refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_configured_database_one_is_started_filled_and_stopped_with_the_app()
    {
        var folder = TestServer.NewFolder();
        HomeDatabase home;
        using (var host = Configure(("Database:Folder", folder)))
        {
            home = host.Services.GetRequiredService<HomeDatabase>();
            await host.StartAsync();

            await using var connection = await host.Services.GetRequiredService<ISourceDatabases>().Find(null)!.OpenConnectionAsync();
            Assert.Equal(250_000, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM demo.orders"));
            Assert.StartsWith($"Host={home.Embedded!.Folders.Socket}", host.Services.GetRequiredService<EngineDatabase>().ConnectionString, StringComparison.Ordinal);

            await host.StopAsync();
            Assert.False(RunningServer.IsUp(home.Embedded.Folders));
        }

        home.Embedded!.Folders.Delete();
    }

    private static IHost Configure(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = Path.GetTempPath() });
        builder.AddDatabase();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return builder.Build();
    }
}
