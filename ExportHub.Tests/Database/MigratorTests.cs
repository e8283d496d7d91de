using ExportHub.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ExportHub.Tests.Database;

public sealed class MigratorTests : IAsyncLifetime
{
    // Numbers far from those of the product, whose migrations are in every test database.
    private static readonly SqlScript Table = new("9001_table.sql", "CREATE TABLE thing (n integer); INSERT INTO thing (n) VALUES (1);");
    private static readonly SqlScript Column = new("9002_column.sql", "ALTER TABLE thing ADD COLUMN name text;\n-- one more\nUPDATE thing SET n = n + 1;");

    private readonly TestDatabase database = new();

    public Task InitializeAsync() => database.InitializeAsync();

    public Task DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Scripts_run_once_in_the_order_of_their_numbers()
    {
        await MigrateAsync(Column, Table);
        await MigrateAsync(Table, Column);

        Assert.Equal(2, await AskAsync("SELECT n FROM thing"));
        Assert.Equal("9001_table.sql,9002_column.sql", await AskAsync("SELECT string_agg(name, ',' ORDER BY number) FROM exporthub.migration WHERE number > 9000"));
    }

    [Fact]
    public async Task Two_at_once_apply_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(Table, Column))));

        Assert.Equal(2, await AskAsync("SELECT sum(n)::integer FROM thing"));
    }

    [Fact]
    public async Task A_database_without_the_schema_gets_it()
    {
        await database.ExecuteAsync("DROP SCHEMA exporthub CASCADE");

        await MigrateAsync();

        Assert.Equal(0L, await AskAsync("SELECT count(*) FROM exporthub.migration"));
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_is_refused_by_name()
    {
        await MigrateAsync(Table);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(Table with { Text = Table.Text + " " }, Column));

        Assert.Contains("9001_table.sql", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await AskAsync("SELECT n FROM thing"));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind_and_can_run_again()
    {
        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync(Table, Column with { Text = "UPDATE thing SET n = 9; SELECT 1 / 0" }));
        Assert.Equal(1, await AskAsync("SELECT n FROM thing"));

        await MigrateAsync(Table, Column);
        Assert.Equal(2, await AskAsync("SELECT n FROM thing"));
    }

    [Fact]
    public async Task What_a_newer_version_has_applied_does_not_disturb()
    {
        await MigrateAsync(Table, Column);
        await MigrateAsync(Table);

        Assert.Equal(2, await AskAsync("SELECT n FROM thing"));
    }

    [Fact]
    public async Task Two_scripts_of_one_number_are_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(Table, new SqlScript("9001_other.sql", "SELECT 1")));

        Assert.Contains("9001_other.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_without_a_number_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new SqlScript("table.sql", ""));

    private Task MigrateAsync(params SqlScript[] scripts) =>
        new Migrator(scripts, NullLogger<Migrator>.Instance).RunAsync(database.Pool, CancellationToken.None);

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = database.Pool.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
