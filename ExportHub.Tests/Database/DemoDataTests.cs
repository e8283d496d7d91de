using System.Text.Json;
using ExportHub.Database;
using ExportHub.Datasets;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExportHub.Tests.Database;

public sealed class DemoDataTests(DemoDatabase database) : IClassFixture<DemoDatabase>
{
    private static readonly JsonSerializerOptions DefinitionFormat = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData("customer", 5_000, "2b8454ee070ac4749a92ddaa262b10cf")]
    [InlineData("products", 500, "20603bd203c447c616b273adf14e846a")]
    [InlineData("orders", 250_000, "5d85e423dad721be5e25d93a68209650")]
    public async Task The_rows_are_the_same_on_every_machine(string table, int rows, string checksum)
    {
        await using var connection = await database.Pool.OpenConnectionAsync();
        await connection.ExecuteAsync("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1");

        var found = await connection.QuerySingleAsync<(int Rows, string Checksum)>(
            $"SELECT count(*)::integer, md5(string_agg(md5(t::text), '' ORDER BY id)) FROM demo.{table} AS t");

        Assert.Equal((rows, checksum), found);
    }

    [Theory]
    [InlineData("note IS NULL", 90_000, 110_000)]
    [InlineData("note = ''", 5_000, 20_000)]
    [InlineData("note LIKE '%,%'", 10_000, 250_000)]
    [InlineData("note LIKE '%\"%'", 10_000, 250_000)]
    [InlineData("note LIKE '%' || chr(10) || '%'", 3_000, 250_000)]
    [InlineData("note LIKE '%' || chr(13) || chr(10) || '%'", 3_000, 250_000)]
    [InlineData("note LIKE '%' || chr(9) || '%'", 1_000, 250_000)]
    [InlineData("note ~ '[一-龯]'", 3_000, 250_000)]
    [InlineData("note ~ '[\U0001F300-\U0001FAFF]'", 3_000, 250_000)]
    [InlineData("note ~ '^[=+@-]'", 10_000, 250_000)]
    [InlineData("order_no LIKE '0000%'", 250_000, 250_000)]
    [InlineData("customer LIKE '%''%'", 1_000, 250_000)]
    [InlineData("customer ~ '[А-я]'", 1_000, 250_000)]
    [InlineData("due_on IS NULL", 10_000, 20_000)]
    [InlineData("weight_kg IS NULL", 1_000, 20_000)]
    [InlineData("tags = '{}'", 100_000, 150_000)]
    [InlineData("ordered_at >= '2024-01-01Z' AND ordered_at < '2027-01-01Z'", 250_000, 250_000)]
    [InlineData("amount <= 0", 0, 0)]
    public async Task The_orders_hold_what_real_orders_hold(string condition, int least, int most)
    {
        await using var connection = await database.Pool.OpenConnectionAsync();

        Assert.InRange(await connection.ExecuteScalarAsync<int>($"SELECT count(*) FROM demo.orders WHERE {condition}"), least, most);
    }

    [Fact]
    public async Task Every_status_and_country_occurs_and_the_planner_knows_the_size()
    {
        await using var connection = await database.Pool.OpenConnectionAsync();

        Assert.Equal(6, await connection.ExecuteScalarAsync<int>("SELECT count(DISTINCT status) FROM demo.orders"));
        Assert.Equal(22, await connection.ExecuteScalarAsync<int>("SELECT count(DISTINCT country) FROM demo.orders"));
        Assert.Equal(250_000, await connection.ExecuteScalarAsync<int>("SELECT reltuples FROM pg_class WHERE oid = 'demo.orders'::regclass"));
    }

    [Fact]
    public async Task An_existing_schema_is_left_as_it_is()
    {
        Assert.False(await Demo([]).SeedAsync(database.Pool, CancellationToken.None));
    }

    [Fact]
    public async Task Two_apps_at_once_seed_once_and_a_failure_leaves_nothing()
    {
        var fresh = new TestDatabase();
        await fresh.InitializeAsync();
        try
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
                Demo([new("0001_a.sql", "CREATE SCHEMA demo"), new("0002_b.sql", "SELECT 1 / 0")]).SeedAsync(fresh.Pool, CancellationToken.None));

            var seeded = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                Demo([new("0001_a.sql", "CREATE SCHEMA demo")]).SeedAsync(fresh.Pool, CancellationToken.None)));

            Assert.Single(seeded, did => did);
        }
        finally
        {
            await fresh.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("customers")]
    [InlineData("products")]
    public async Task Every_column_has_a_title_in_the_dataset_definition(string name)
    {
        var definition = JsonSerializer.Deserialize<DatasetDefinition>(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "datasets", "demo", $"{name}.json")), DefinitionFormat)!;
        await using var connection = await database.Pool.OpenConnectionAsync();
        var columns = await connection.QueryAsync<string>(
            "SELECT attname FROM pg_attribute WHERE attrelid = @From::regclass AND attnum > 0 ORDER BY attnum", new { definition.From });

        Assert.Equal(columns, definition.Columns.Keys);
        Assert.Contains(definition.DateColumn, columns);
        Assert.Equal(name, definition.Name);
    }

    private static DemoData Demo(IReadOnlyList<SqlScript> scripts) => new(scripts, TimeProvider.System, NullLogger<DemoData>.Instance);
}
