using Npgsql;

namespace ExportHub.Tests;

/// <summary>An empty, migrated database for one test class (`IClassFixture`) or one test; dropped afterwards.</summary>
public class TestDatabase : IAsyncLifetime
{
    private readonly bool demo;
    private readonly string name = $"test_{Guid.NewGuid():N}";
    private NpgsqlDataSource? pool;

    public TestDatabase()
    {
    }

    private protected TestDatabase(bool demo) => this.demo = demo;

    public string ConnectionString { get; private set; } = "";

    public NpgsqlDataSource Pool => pool ?? throw new InvalidOperationException("The database is not made yet.");

    public async Task InitializeAsync()
    {
        // Without this, what a test creates would land in the schema that is named like the user: ours.
        ConnectionString = await TestServer.CreateDatabaseAsync(name, demo) + ";Search Path=public";
        pool = NpgsqlDataSource.Create(ConnectionString);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Pool.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Pool.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task DisposeAsync()
    {
        await Pool.DisposeAsync();
        await TestServer.DropDatabaseAsync(name);
    }
}

/// <summary>The same with the demo data in it.</summary>
public sealed class DemoDatabase() : TestDatabase(demo: true);
